import { answerText } from './answer-text.ts';
import { commandsOf } from './command-line.ts';
import { dispatch } from './commands/registry.ts';
import { loadActive } from './dmp/config.ts';
import { layeredFirmware } from './firmware.ts';
import type { Answer, Behaviour, BootCause, Call, Module } from './handler.ts';
import type { ClientPlan } from './network/plan.ts';
import type { Nvram, NvramChanges } from './nvram.ts';
import { newSession } from './session.ts';
import { applySetting, defaultSettings } from './settings.ts';
import type { Settings } from './settings.ts';

/** The command layer alone, without wire, clock or power: for its tests. */
export interface Bench {
  /** The module since its last boot. */
  readonly module: Module;
  /** Every transaction that reached NVRAM. */
  readonly commits: readonly NvramChanges[];
  /** The answer to the last command. */
  readonly last: Answer | undefined;
  /** Sends one command; the answer's lines, then `OK`, `none`, `ERROR` or the code. */
  send(command: string): readonly string[];
  /** Sends one command; the bytes of its answer. */
  bytes(command: string): string;
  /** The latency of a command whose plan is 10 ms. */
  latencyMs(command: string): number;
  /** What the module's LwM2M client goes by. */
  client(): ClientPlan;
  /** Reboots; how often the module booted. */
  reboot(cause?: BootCause): number;
}

/**
 * @param faults laid over the healthy module, oldest first
 * @param changed settings other than their defaults, as typed
 */
export function openBench(faults: readonly Behaviour[] = [], changed: Record<string, string> = {}): Bench {
  const settings = Object.entries(changed).reduce<Settings>(
    (made, [name, value]) => applySetting(made, name, value),
    defaultSettings,
  );
  const firmware = layeredFirmware(dispatch, () => faults);
  const flash = openFlash();
  const boot = (cause: BootCause): Module => {
    firmware.booting(flash, cause);
    const nvram: Nvram = {
      read: (item) => flash.read(item),
      commit: (changes) => firmware.commit(changes, module, (passed) => flash.commit(passed)),
    };
    const module: Module = {
      settings,
      nvram,
      session: newSession(nvram),
      active: loadActive(nvram, settings),
      dmState: 0,
      random: () => 0.5,
    };
    return module;
  };
  let module = boot('power-key');
  let last: Answer | undefined;
  const answer = (call: Call): Answer => {
    last = firmware.answer(call, module);
    return last;
  };
  const reboot = (cause: BootCause = 'soft'): number => {
    module = boot(cause);
    return firmware.booted(module, cause) ? 1 + reboot('soft') : 1;
  };
  if (firmware.booted(module, 'power-key')) reboot('soft');
  return {
    get module() {
      return module;
    },
    get last() {
      return last;
    },
    commits: flash.commits,
    send: (command) => plain(answer(callOf(command))),
    bytes: (command) => {
      const call = callOf(command);
      const { lines, result } = answer(call);
      return firmware.bytes(answerText([lines], result, module.session.cmee), call, module);
    },
    client: () => firmware.client(module),
    latencyMs: (command) => firmware.latencyMs(10, callOf(command), module),
    reboot,
  };
}

interface Flash extends Nvram {
  readonly commits: readonly NvramChanges[];
}

function openFlash(): Flash {
  const items = new Map<string, string>();
  const commits: NvramChanges[] = [];
  return {
    commits,
    read: (item) => items.get(item),
    commit: (changes) => {
      commits.push(changes);
      for (const [item, value] of changes) {
        if (value === undefined) items.delete(item);
        else items.set(item, value);
      }
    },
  };
}

function callOf(command: string): Call {
  const calls = commandsOf(command);
  if (calls.length !== 1 || !calls[0]) throw new Error(`${JSON.stringify(command)} is not one command`);
  return calls[0];
}

function plain({ lines, result }: Answer): readonly string[] {
  if (typeof result === 'string') return [...lines, result];
  return [...lines, result.error === undefined ? 'ERROR' : String(result.error)];
}
