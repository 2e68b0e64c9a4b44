import { ManualClock } from '../base/manual-clock.fixture.ts';
import { dispatch } from '../commands/registry.ts';
import type { Fault } from '../faults/fault.ts';
import { answerText } from '../module/answer-text.ts';
import { parseCommandLine } from '../module/command-line.ts';
import type { Answer, BootCause, Call, Module } from '../module/handler.ts';
import { type NvramChanges, NvramFlash, type NvramStore } from '../module/nvram.ts';
import type { ClientPlan } from '../network/client-plan.ts';
import { applySetting, defaultSettings, type Settings } from '../settings/settings.ts';
import { layeredFirmware } from './firmware.ts';
import { newModule } from './new-module.ts';

/** Longer than any save takes to be durable with the settings of tests. */
const DURABLE_MS = 1_000;

/** Commands, faults and NVRAM without wire or power; each save gets its time. */
export interface CommandLayer {
  /** The module since its last boot. */
  readonly module: Module;
  /** What each transaction changed in NVRAM. */
  readonly commits: readonly NvramChanges[];
  /** The answer to the last command. */
  readonly last: Answer | undefined;
  /** Sends one command; the answer's lines, then `OK`, `none`, `ERROR` or the code. */
  send(command: string): readonly string[];
  /** Sends one command; the bytes of its answer. */
  bytes(command: string): string;
  /** The latency of a command whose plan is 10 ms. */
  latencyMs(command: string): number;
  /** The plan of the module's LwM2M client. */
  clientPlan(): ClientPlan;
  /** Reboots (`power-key`: after a cut of the supply) and returns how often the module booted. */
  reboot(cause?: BootCause): number;
}

/**
 * @param faults oldest first
 * @param changed settings that differ from their defaults, as typed
 */
export function openCommandLayer(
  faults: readonly Fault[] = [],
  changed: Record<string, string> = {},
): CommandLayer {
  const settings = Object.entries(changed).reduce<Settings>(
    (made, [name, value]) => applySetting(made, name, value),
    defaultSettings,
  );
  const firmware = layeredFirmware(dispatch, () => faults);
  const clock = new ManualClock();
  const { store, commits } = recordingStore();
  const flash = new NvramFlash(clock, store, {
    itemMs: () => settings.nvramItemMs,
    waitMs: () => firmware.writeDelayMs(settings),
  });
  const boot = (cause: BootCause): Module => {
    firmware.booting(flash, cause);
    return newModule({ flash, firmware, settings: () => settings, random: () => 0.5 });
  };
  let module = boot('power-key');
  let last: Answer | undefined;
  const answer = (call: Call): Answer => {
    last = firmware.answer(call, module);
    clock.advance(DURABLE_MS);
    return last;
  };
  const booted = (cause: BootCause): number => {
    const again = firmware.booted(module, cause);
    clock.advance(DURABLE_MS);
    return again ? 1 + reboot('soft') : 1;
  };
  const reboot = (cause: BootCause = 'soft'): number => {
    if (cause === 'power-key') flash.cut();
    else flash.flush();
    module = boot(cause);
    return booted(cause);
  };
  booted('power-key');
  return {
    get module() {
      return module;
    },
    get last() {
      return last;
    },
    commits,
    send: (command) => plain(answer(callOf(command))),
    bytes: (command) => {
      const call = callOf(command);
      const { lines, result } = answer(call);
      return firmware.bytes(
        answerText([lines], result, module.session.cmee, settings.emptyLines),
        call,
        module,
      );
    },
    clientPlan: () => firmware.clientPlan(module),
    latencyMs: (command) => firmware.latencyMs(10, callOf(command), module),
    reboot,
  };
}

/** An empty store that records what each save changed. */
function recordingStore(): { store: NvramStore; commits: readonly NvramChanges[] } {
  const commits: NvramChanges[] = [];
  let kept = new Map<string, string>();
  return {
    commits,
    store: {
      load: () => kept,
      save(items) {
        const names = new Set([...kept.keys(), ...items.keys()]);
        const changed = [...names].filter((item) => kept.get(item) !== items.get(item));
        commits.push(new Map(changed.map((item) => [item, items.get(item)])));
        kept = new Map(items);
      },
    },
  };
}

function callOf(command: string): Call {
  const calls = parseCommandLine(command);
  if (calls.length !== 1 || !calls[0]) throw new Error(`${JSON.stringify(command)} is not one command`);
  return calls[0];
}

function plain({ lines, result }: Answer): readonly string[] {
  if (typeof result === 'string') return [...lines, result];
  return [...lines, result.error === undefined ? 'ERROR' : String(result.error)];
}
