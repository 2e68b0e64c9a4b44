import { hasCode, HilError, isHilError } from '../base/error.ts';
import type { Bench } from '../bc26/bench.ts';
import { bringUp } from '../bc26/bring-up.ts';
import type { Identity } from '../bc26/identity.ts';
import { sameIdentity } from '../bc26/identity.ts';
import { isSilence } from '../bc26/probe.ts';
import type { RebootKind } from '../bc26/reboot.ts';
import type { RungTried } from '../bc26/recovery.ts';
import { endsRecovery, ladderOf, recover } from '../bc26/recovery.ts';
import { extended } from '../clauses/limits.ts';
import { accessCommand, extendedCommand, extendedWrite } from '../cmdmp/encode.ts';
import { describeCommand } from '../cmdmp/form.ts';
import type { Emit } from './emit.ts';
import type { SavedContacts } from './saved-contacts.ts';

/** Between two tests the line has to be quiet for so long, ms: 100 character times at 115200 baud. */
const QUIET_MS = 10;
const IDLE_DEADLINE_MS = 5_000;

/** What a command that was not answered is asked by once more: a form of it that writes nothing. */
const readForms: Readonly<Record<string, string>> = {
  [accessCommand]: `${accessCommand}?`,
  [extendedCommand]: extendedWrite(0, extended.acts.read),
};

interface FitnessParts {
  readonly bench: Bench;
  /** Who the module was at the start. */
  readonly identity: Identity;
  readonly emit: Emit;
  readonly contacts: Pick<SavedContacts, 'stranger'>;
  /** Told when the module may have restarted: what it showed before is no longer true. */
  readonly restarted: () => void;
}

/** Keeps the module in the state a test begins with. */
export interface Fitness {
  /**
   * Before a test: the line is idle, and the module is brought back where something spoke against it.
   * @throws MODULE_DEAD, IDENTITY_MISMATCH, PORT_GONE, PORT_CLOSED, ABORTED
   */
  ready(signal: AbortSignal): Promise<void>;
  /**
   * Before a failed test is run again: set up anew whatever was seen, and by the next rungs of the ladder (reset,
   * power cycle) where that does not do. No reboot of a module that answers well: reboots are what a run costs, and a
   * scenario reboots by itself. Rejects as `ready` does.
   */
  isolate(signal: AbortSignal): Promise<void>;
  /** A command was not answered: before the next test the module is seen to. */
  suspect(error: HilError, command: string): void;
  /**
   * Reboots by `act`. The module answered before: until nothing brings it back, a failure is its own and not the rig's.
   * @throws REBOOT_FAILED when it did not come back, or not to an idle line; and what `act` rejects with
   */
  reboot<T>(kind: RebootKind, act: () => Promise<T>): Promise<T>;
  /** How often the module restarted so far though nobody asked for it. */
  readonly restarts: number;
}

export function createFitness({ bench, identity, emit, contacts, restarted }: FitnessParts): Fitness {
  const { at, clock } = bench;
  /** Why the module may not be in the state a test begins with. */
  let doubt: HilError | 'rebooted' | undefined;
  /** What has to be answered besides `AT` before the module counts as brought back, by the error it is in doubt for. */
  const askedFor = new WeakMap<HilError, string>();
  /** What no rung made it answer: it is not taken up the whole ladder for that again. */
  const unanswered = new Set<string>();
  let restarts = 0;
  at.onBoot(({ expected }) => {
    if (expected) return;
    restarts++;
    doubt = 'rebooted';
  });

  async function ready(signal: AbortSignal): Promise<void> {
    await quiet(signal);
    // What the run has seen so far is judged by tests, too: nothing of it may be on its way still.
    await at.reported();
    if (doubt === undefined) return;
    restarted();
    if (doubt === 'rebooted') doubt = await broughtUp(signal);
    if (!isHilError(doubt)) return;
    const { code } = doubt;
    say(code, await climb(code, signal, doubt));
  }

  /** A line that does not fall silent belongs to a module that babbles or boots over and over: it is in trouble. */
  async function quiet(signal: AbortSignal): Promise<void> {
    try {
      await at.idle(QUIET_MS, IDLE_DEADLINE_MS, signal);
    } catch (error) {
      if (!isSilence(error)) throw error;
      doubt ??= error;
    }
  }

  /** After a restart: nothing, or why the module is in trouble. */
  async function broughtUp(signal: AbortSignal): Promise<HilError | undefined> {
    try {
      const found = await bringUp(bench, clock.now(), signal);
      sameIdentity(identity, found.identity);
      return undefined;
    } catch (error) {
      if (!isHilError(error) || endsRecovery(error)) throw error;
      return error;
    }
  }

  async function climb(
    because: string,
    signal: AbortSignal,
    cause?: HilError,
  ): Promise<readonly RungTried[]> {
    // A reboot somebody asked for may yet come, however late.
    const announced = hasCode(cause, 'REBOOT_FAILED') ? at.expectBoot() : () => undefined;
    try {
      const mayNotBoot = contacts.stranger();
      const asks = cause && askedFor.get(cause);
      const trouble = { because, identity, mayNotBoot, asks, ...(cause && { cause }) };
      const tried = await recover(bench, trouble, signal);
      if (asks !== undefined && !tried.at(-1)?.helped) unanswered.add(asks);
      doubt = undefined;
      return tried;
    } finally {
      announced();
      restarted();
    }
  }

  const say = (why: string, tried: readonly RungTried[]): void =>
    void emit({ type: 'message', text: `${why}: ${ladderOf(tried)}` });

  return {
    ready,
    async isolate(signal) {
      await ready(signal);
      const tried = await climb('confirmation', signal);
      if (tried.length > 1) say('before a failed test was run again', tried);
    },
    suspect(error, command) {
      doubt ??= error;
      const form = readForms[describeCommand(command).command];
      if (form !== undefined && !unanswered.has(form)) askedFor.set(error, form);
    },
    async reboot(kind, act) {
      doubt = 'rebooted';
      restarted();
      try {
        const rebooted = await act();
        doubt = undefined;
        return rebooted;
      } catch (error) {
        if (!hasCode(error, 'BOOT_TIMEOUT') && !hasCode(error, 'LINE_NOT_IDLE')) throw error;
        throw (doubt = rebootFailed(kind, error));
      }
    },
    get restarts() {
      return restarts;
    },
  };
}

const rebootFailed = (kind: RebootKind, cause: HilError): HilError =>
  new HilError('REBOOT_FAILED', `the module did not come back after a reboot (${kind}): ${cause.message}`, {
    cause,
  });
