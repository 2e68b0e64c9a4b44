import type { Clock } from '../base/clock.ts';
import { hasCode, HilError, isHilError } from '../base/error.ts';
import type { Exchange } from '../at/exchange.ts';
import type { AtClient } from '../at/at-client.ts';
import { accepted } from '../bc26/accepted.ts';
import { waitForAttach } from '../bc26/attach.ts';
import type { Bench } from '../bc26/bench.ts';
import { bringUp } from '../bc26/bring-up.ts';
import type { Module } from '../bc26/module.ts';
import { pause } from '../bc26/pause.ts';
import { isSilence } from '../bc26/probe.ts';
import { ladderOf, recover } from '../bc26/recovery.ts';
import type { Rebooted, RebootKind } from '../bc26/reboot.ts';
import { createAccess } from '../cmdmp/access.ts';
import { createExtended } from '../cmdmp/extended.ts';
import { maskPrivateKey } from '../cmdmp/mask.ts';
import type { AbsentCommands } from './absent-commands.ts';
import type { Emit } from './emit.ts';
import type { Fixtures, Profile, TestModule } from './host.ts';
import { createShown } from './shown.ts';
import type { LineWatch } from './line-watch.ts';
import { guardStrangers } from './strangers.ts';
import type { OpenTestPlatform, TestPlatform } from './test-platform.ts';
import type { TestBench } from './test-runner.ts';
import type { WriteBudget } from './write-budget.ts';
import type { Asked } from '../../reports/timing.ts';

/** Between two tests the line has to be quiet for so long, ms: 100 character times at 115200 baud. */
const QUIET_MS = 10;
const IDLE_DEADLINE_MS = 5_000;

export interface BenchParts {
  readonly bench: Bench;
  readonly at: AtClient;
  readonly module: Module;
  readonly watch: LineWatch;
  readonly clock: Clock;
  readonly emit: Emit;
  /** T of the rig, ms. */
  readonly durableMs: number;
  readonly profile: Profile;
  readonly seed: number;
  readonly budget: WriteBudget;
  readonly absent: AbsentCommands;
  /** What is to be said of answer times. */
  readonly asked: Asked;
  readonly platform: OpenTestPlatform | undefined;
  readonly attachDeadlineMs: number;
}

/** It answered before: until nothing brings it back (`recover`), this is the module's failure and not the rig's. */
const rebootFailed = (kind: RebootKind, cause: HilError): HilError =>
  new HilError('REBOOT_FAILED', `the module did not come back after a reboot (${kind}): ${cause.message}`, {
    cause,
  });

/** Stands where a rig has no platform: a test that needs one is not run there, if it says so. */
const noPlatform = new Proxy({} as TestPlatform, {
  get() {
    throw new HilError('USAGE', 'a test that needs the platform did not say so', {
      remedy: "add needs: ['platform'] to its options",
    });
  },
});

/** Makes fixtures, and keeps the module fit between tests. */
export function createTestBench(parts: BenchParts): TestBench {
  const { bench, at, module, watch, emit } = parts;
  const reboots: Rebooted[] = [];
  const shown = createShown();
  /** Why the module may not be in the state a test begins with. */
  let doubt: HilError | 'rebooted' | undefined;
  at.onBoot(({ expected }) => {
    if (!expected) doubt = 'rebooted';
  });

  async function ready(signal: AbortSignal): Promise<void> {
    await at.idle(QUIET_MS, IDLE_DEADLINE_MS, signal);
    // What the run has seen so far is judged by tests, too: nothing of it may be on its way still.
    await at.reported();
    if (doubt === 'rebooted') doubt = await broughtUp(signal);
    if (!isHilError(doubt)) return;
    emit({ type: 'message', text: `${doubt.code}: ${ladderOf(await recover(bench, doubt, signal))}` });
    doubt = undefined;
  }

  /** After a restart: nothing, or why the module is in trouble. */
  async function broughtUp(signal: AbortSignal): Promise<HilError | undefined> {
    try {
      await bringUp(bench, bench.clock.now(), signal);
      return undefined;
    } catch (error) {
      if (hasCode(error, 'BOOT_TIMEOUT')) return error;
      throw error;
    }
  }

  function testModule(view: Module, signal: AbortSignal, seen: (exchange: Exchange) => void): TestModule {
    const send: TestModule['at'] = async (command, options) => {
      try {
        const exchange = await view.at(command, options);
        seen(exchange);
        return exchange;
      } catch (error) {
        if (isSilence(error)) doubt ??= error;
        throw error;
      }
    };
    const line = shown.counting(
      parts.budget.limit({ at: send, transmit: (bytes, until) => at.transmit(bytes, { ...until, signal }) }),
    );
    return {
      ...line,
      snapshot: () => shown.snapshot(line),
      identity: view.identity,
      has: (command) => !parts.absent.has(command),
      access: createAccess(line),
      extended: createExtended(line),
    };
  }

  function fixtures(signal: AbortSignal, seen: (exchange: Exchange) => void, attempt: number): Fixtures {
    const view = module.until(signal);
    const current = testModule(view, signal, seen);
    return {
      module: current,
      board: {
        capabilities: bench.control.capabilities,
        durableMs: parts.durableMs,
        async provoke(cause, present) {
          await bench.control.provoke?.(cause, present);
        },
        attached: () =>
          waitForAttach(
            {
              send: (command, options) => current.at(command, options),
              onUnsolicited: (listener) => at.onUnsolicited(listener),
            },
            { clock: parts.clock, deadlineMs: parts.attachDeadlineMs, signal },
          ),
        async reboot(kind, { last, cutAfterMs = parts.durableMs } = {}) {
          await guardStrangers(current.access, parts.platform?.serverIP, last);
          if (last !== undefined) {
            await pause(bench.clock, parts.durableMs, signal);
            accepted(await current.at(last), maskPrivateKey(last));
          }
          doubt = 'rebooted';
          shown.forget();
          const rebooted = await view.reboot(kind, { cutAfterMs }).catch((error: unknown) => {
            throw hasCode(error, 'BOOT_TIMEOUT') ? (doubt = rebootFailed(kind, error)) : error;
          });
          doubt = undefined;
          reboots.push(rebooted);
          emit({ type: 'reboot', kind, bootMs: Math.round(rebooted.bootMs) });
          return rebooted;
        },
      },
      run: {
        profile: parts.profile,
        seed: parts.seed,
        exchanges: watch.exchanges,
        lineFaults: watch.faults,
        reboots,
        timing: (command) => watch.timing(parts.asked).filter((said) => said.command === command),
      },
      platform: parts.platform?.fixture(signal) ?? noPlatform,
      observe(key, value) {
        if (signal.aborted) throw new HilError('ABORTED', `the test has ended: nothing observed of ${key}`);
        emit({ type: 'observation', key, value });
      },
      signal,
      attempt,
    };
  }

  return { ready, fixtures };
}
