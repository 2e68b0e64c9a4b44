import type { Clock } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import type { AtClient } from '../at/at-client.ts';
import { accepted } from '../bc26/accepted.ts';
import { waitForAttach } from '../bc26/attach.ts';
import type { Bench } from '../bc26/bench.ts';
import type { Module } from '../bc26/module.ts';
import { pause } from '../bc26/pause.ts';
import { isSilence } from '../bc26/probe.ts';
import type { Rebooted } from '../bc26/reboot.ts';
import { createAccess } from '../cmdmp/access.ts';
import { createExtended } from '../cmdmp/extended.ts';
import { maskPrivateKey } from '../cmdmp/mask.ts';
import type { AbsentCommands } from './absent-commands.ts';
import type { TestAttempt, TestBench } from './attempt.ts';
import type { Emit } from './emit.ts';
import { createFitness } from './fitness.ts';
import type { Fixtures, Profile, TestModule } from './host.ts';
import type { SavedContacts } from './saved-contacts.ts';
import { createShown } from './shown.ts';
import type { LineWatch } from './line-watch.ts';
import { guardStrangers } from './strangers.ts';
import type { OpenTestPlatform, TestPlatform } from './test-platform.ts';
import type { WriteBudget } from './write-budget.ts';
import type { Asked } from '../../reports/timing.ts';

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
  /** Whom the module may contact once it boots. */
  readonly contacts: SavedContacts;
  /** What is to be said of answer times. */
  readonly asked: Asked;
  readonly platform: OpenTestPlatform | undefined;
  readonly attachDeadlineMs: number;
}

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
  const fitness = createFitness({
    bench,
    identity: module.identity,
    emit,
    contacts: parts.contacts,
    restarted: () => shown.forget(),
  });

  function testModule(
    view: Module,
    { signal, seen, number }: Pick<TestAttempt, 'signal' | 'seen' | 'number'>,
  ): TestModule {
    const send: TestModule['at'] = async (command, options) => {
      try {
        const exchange = await view.at(command, options);
        seen(exchange);
        return exchange;
      } catch (error) {
        if (isSilence(error)) fitness.suspect(error, command);
        throw error;
      }
    };
    const line = shown.counting(
      parts.budget.limit(
        parts.contacts.following({
          at: send,
          transmit: (bytes, until) => at.transmit(bytes, { ...until, signal }),
        }),
        number,
      ),
    );
    return {
      ...line,
      idle: (quietMs, deadlineMs) => at.idle(quietMs, deadlineMs, signal),
      snapshot: () => shown.snapshot(line),
      identity: view.identity,
      has: (command) => !parts.absent.has(command),
      access: createAccess(line),
      extended: createExtended(line),
    };
  }

  function fixtures(attempt: TestAttempt): Fixtures {
    const { signal, number, offTheClock } = attempt;
    const view = module.until(signal);
    const current = testModule(view, attempt);
    return {
      module: current,
      board: {
        capabilities: bench.control.capabilities,
        durableMs: parts.durableMs,
        async provoke(cause, present) {
          await bench.control.provoke?.(cause, present);
        },
        attached: () =>
          offTheClock(() =>
            waitForAttach(
              {
                send: (command, options) => current.at(command, options),
                onUnsolicited: (listener) => at.onUnsolicited(listener),
              },
              { clock: parts.clock, deadlineMs: parts.attachDeadlineMs, signal },
            ),
          ),
        async reboot(kind, { last, cutAfterMs = parts.durableMs } = {}) {
          await guardStrangers(current.access, parts.platform?.serverIP, last);
          if (last !== undefined) {
            await pause(bench.clock, parts.durableMs, signal);
            accepted(await current.at(last), maskPrivateKey(last));
          }
          const rebooted = await fitness.reboot(kind, () => view.reboot(kind, { cutAfterMs }));
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
      attempt: number,
    };
  }

  return {
    ready: (signal) => fitness.ready(signal),
    isolate: (signal) => fitness.isolate(signal),
    fixtures,
    get restarts() {
      return fitness.restarts;
    },
  };
}
