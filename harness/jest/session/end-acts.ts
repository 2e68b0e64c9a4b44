import type { Board } from '../../../rigs/board.ts';
import { runAll } from '../../base/run-all.ts';
import { readIdentity, requireSameIdentity } from '../../bc26/identity.ts';
import type { Saves } from '../../cmdmp/saves.ts';
import type { RigPlatform } from '../fixtures/rig-platform.ts';
import type { Emit } from '../host/emit.ts';
import type { FoundModule } from './found-module.ts';
import { measureOwnShare } from './own-share.ts';
import { putBack, putPowerSavingBack } from './put-back.ts';

/** What has to be done at the end of a session; `release.ts` decides when, and what is left out. */
export interface EndActs {
  /** After the last test: recovers the module and checks that it is the one of the start (IDENTITY_MISMATCH). */
  settle(signal: AbortSignal): Promise<void>;
  /** Puts the module back as it was found; ends when `signal` aborts. */
  restore(signal: AbortSignal): Promise<void>;
  /** Measures our own share of an exchange. It closes the port, so it comes after the restore. */
  measureOwnShare(signal: AbortSignal): Promise<void>;
  /**
   * Waits until everything saved is durable, before the supply goes. If all of it was put back, nothing is kept on disk any
   * longer.
   * @returns what may be lost (`Saves`)
   */
  durable(signal: AbortSignal): Promise<string | undefined>;
  /** Puts the board at rest and closes everything. */
  close(): Promise<void>;
}

interface EndActsParts {
  readonly board: Board;
  readonly saves: Saves;
  readonly platform: RigPlatform | undefined;
  readonly found: FoundModule;
  /** The known deviations of the firmware. */
  readonly waived: readonly string[];
  /** Whether our own share is measured. */
  readonly ownShare: boolean;
  readonly emit: Emit;
}

export function createEndActs(parts: EndActsParts): EndActs {
  const { board, saves, platform, found, waived, emit, ownShare } = parts;
  const { control } = board;
  const { module, state, powerSaving, wear, book, fitness, silences } = found;
  const { at } = found.bench;
  let whole = false;
  return {
    async settle(signal) {
      if (silences.dead) return;
      await fitness.ready(signal);
      requireSameIdentity(module.identity, await readIdentity(at, { known: module.identity, signal }));
    },
    async restore(signal) {
      const rule = {
        ...state.credentials,
        extendedShownLate: waived.includes('EX-READ-SAVED'),
        mayHaveSaved: saves.mayHaveSaved,
      };
      // The module does not answer: what it held was told when it was given up.
      if (silences.dead) return;
      const view = found.sender(signal);
      let isBack = false;
      await runAll([
        async () => void (isBack = await putBack(view, state.original.snapshot, rule, emit)),
        async () => void (isBack = (await putPowerSavingBack(view, powerSaving, emit)) && isBack),
      ]);
      whole = isBack;
    },
    async measureOwnShare(signal) {
      if (silences.dead || !ownShare) return;
      if (!control.capabilities.truth) {
        const reason = 'this board does not report when it had a command and gave its answer';
        emit({ type: 'own-share', own: { measurable: false, reason } });
        return;
      }
      const view = module.until(signal);
      const own = await measureOwnShare({ at, module: view, port: saves.port, book, signal });
      emit({ type: 'own-share', own });
    },
    async durable(signal) {
      const lost = await saves.durable(signal);
      if (whole && lost === undefined) state.original.drop();
      return lost;
    },
    close: () =>
      runAll([
        () => at.reported(),
        () => wear.close(),
        () => at.close(),
        () => control.rest(),
        () => board.close(),
        () => platform?.close(),
      ]),
  };
}
