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
   * For `supply-cut`: how long after the last answer the supply is cut, ms. Default 1,000, as for the rig's settling
   * time (clause CFG-PERSIST-KINDS).
   */
  readonly cutAfterMs?: number;
  /** For `supply-cut`: the moment from which `cutAfterMs` counts, ns. Default: the last answer. */
  readonly cutSince?: bigint;
  /** For `supply-cut`: called once the supply was cut (`RebootPlan.onCut`). */
  readonly onCut?: () => void;
}

/** The BC26 as a test sees it, after bring-up. */
export interface Module {
  readonly identity: Identity;
  /** The last exchange made through this module or a view of it; undefined before the first. */
  readonly last: Exchange | undefined;
  /** Sends a command; an error answer is an exchange, too. Rejects as `AtClient.send` does. */
  at(command: string, options?: SendOptions): Promise<Exchange>;
  /** Reboots and brings up; rejects as `reboot` does. */
  reboot(kind: RebootKind, options?: RebootOptions): Promise<Rebooted>;
  /** Is called for boots that were not announced (`AtClient.expectBoot`). */
  onUnexpectedBoot(listener: (boot: Boot) => void): Unsubscribe;
  /** A view of the same module: once `signal` aborts, its pending and later calls reject ABORTED. */
  until(signal: AbortSignal): Module;
}

/** @param started what `start` found; it holds as long as the module is in use */
export function createModule(bench: Bench, started: Pick<Started, 'identity' | 'boots' | 'bootMs'>): Module {
  const { identity } = started;
  const before = bootsSeen(bench, started);
  return view({ bench, identity, before, last: undefined, since: bench.clock.now() }, undefined);
}

interface Shared {
  readonly bench: Bench;
  readonly identity: Identity;
  before: BootsBefore;
  last: Exchange | undefined;
  /** When the module was made, ns: used as the last answer's arrival while there is none. */
  readonly since: bigint;
}

function view(shared: Shared, signal: AbortSignal | undefined): Module {
  const { bench, identity } = shared;
  const lastAnswerAt = (): bigint => shared.last?.timing.endedAt ?? shared.since;
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
    async reboot(kind, { cutAfterMs = 1_000, cutSince = lastAnswerAt(), onCut } = {}) {
      const { before } = shared;
      const plan = { identity, cutSince, cutAfterMs, onCut, before, signal };
      const rebooted = await reboot(bench, kind, plan);
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
