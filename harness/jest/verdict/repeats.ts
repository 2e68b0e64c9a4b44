import type { ClauseSpec, Preparation } from '../host/host.ts';

/** Which failed tests wait to be run again, and until when. */
export interface Repeats<Failed> {
  /**
   * Call it after the first run of a test, or after it was skipped.
   * @param failed the test, if it is to be run again
   * @returns the tests to be run again now, in the order they failed
   */
  afterFirstRun(spec: Pick<ClauseSpec, 'shares'>, failed: Failed | undefined): readonly Failed[];
  /** @returns the tests that still wait; they are not run again any more */
  giveUp(): readonly Failed[];
}

/**
 * A test by itself is run again at once. Tests that judge one preparation are run again after all of them were run: so
 * every first attempt judges the first preparation and every second attempt the second, and there are no more than two.
 * If a test were run again before the others, these would judge the preparation of its second attempt, and no second
 * preparation could confirm their failures; or each failure would need one more, which costs a reboot.
 */
export function createRepeats<Failed>(): Repeats<Failed> {
  const open = new Map<Preparation, { run: number; failed: Failed[] }>();
  return {
    afterFirstRun({ shares }, failed) {
      const found = failed === undefined ? [] : [failed];
      if (!shares) return found;
      const sharing = open.get(shares) ?? { run: 0, failed: [] };
      sharing.run++;
      sharing.failed.push(...found);
      open.set(shares, sharing);
      return sharing.run < shares.clauses ? [] : sharing.failed.splice(0);
    },
    giveUp: () => [...open.values()].flatMap(({ failed }) => failed.splice(0)),
  };
}
