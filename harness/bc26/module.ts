import type { Boot, SendOptions, Unsubscribe } from '../at/at-client.ts';
import type { Exchange } from '../at/exchange.ts';
import type { Bench } from './bench.ts';
import type { Identity } from './identity.ts';
import { reboot, type Rebooted } from './reboot.ts';
import type { RebootKind } from './reboot-kinds.ts';
import { type BootsBefore, bootsSeen } from './restarted.ts';
import type { Started } from './start.ts';

export interface RebootOptions {
  /**
   * For `supply-cut`: how long after the last answer the supply is cut, ms; 1,000 unless told, the default of
   * the rig's setting T (clause CFG-PERSIST-KINDS).
   */
  readonly cutAfterMs?: number;
}

/** The BC26 as a test sees it: a module that was brought up. */
export interface Module {
  readonly identity: Identity;
  /** The last exchange made through this module or a view of it; undefined before the first. */
  readonly last: Exchange | undefined;
  /** Sends a command; an error answer is an answer. Rejects as `AtClient.send` does. */
  at(command: string, options?: SendOptions): Promise<Exchange>;
  /** Reboots and brings up; rejects as `reboot` does. */
  reboot(kind: RebootKind, options?: RebootOptions): Promise<Rebooted>;
  /** Hears of boots that nobody announced. */
  onUnexpectedBoot(listener: (boot: Boot) => void): Unsubscribe;
  /** The same module, for the time until `signal` aborts: then every pending and later call rejects ABORTED. */
  until(signal: AbortSignal): Module;
}

/** @param started what `start` found: the module's for as long as it is in use */
export function createModule(bench: Bench, started: Started): Module {
  const { identity } = started;
  const before = bootsSeen(bench, started);
  return view({ bench, identity, before, last: undefined, since: bench.clock.now() }, undefined);
}

/** What all views of one module share. */
interface Shared {
  readonly bench: Bench;
  readonly identity: Identity;
  before: BootsBefore;
  last: Exchange | undefined;
  /** Stands for the last answer's arrival before there is one, ns. */
  readonly since: bigint;
}

function view(shared: Shared, signal: AbortSignal | undefined): Module {
  const { bench, identity } = shared;
  return {
    identity,
    get last() {
      return shared.last;
    },
    async at(command, options = {}) {
      const exchange = await bench.at.send(command, { ...options, signal: either(signal, options.signal) });
      shared.last = exchange;
      return exchange;
    },
    async reboot(kind, { cutAfterMs = 1_000 } = {}) {
      const lastAnswerAt = shared.last?.timing.endedAt ?? shared.since;
      const { before } = shared;
      const rebooted = await reboot(bench, kind, { identity, lastAnswerAt, cutAfterMs, before, signal });
      if (rebooted.boots > 0) shared.before = { ...before, text: true };
      return rebooted;
    },
    onUnexpectedBoot: (listener) =>
      bench.at.onBoot((boot) => {
        if (!boot.expected) listener(boot);
      }),
    until: (end) => view(shared, either(signal, end)),
  };
}

const either = (a: AbortSignal | undefined, b: AbortSignal | undefined): AbortSignal | undefined =>
  a && b ? AbortSignal.any([a, b]) : (a ?? b);
