import type { ClauseSpec, Preparation } from '../host/host.ts';

/** Which failed tests wait to be run again, and until when. */
export interface Repeats<Failed> {
  /**
   * A test was run for the first time, or left out.
   * @param failed what is kept of it, where it is to be run again
   * @returns what is to be run again now, in the order it failed
   */
  over(spec: Pick<ClauseSpec, 'shares'>, failed: Failed | undefined): readonly Failed[];
  /** @returns whatever waits still: it is not run again any more */
  giveUp(): readonly Failed[];
}

/**
 * A test by itself is run again at once. Those that judge one preparation are run again once all of them were run: so
 * every first attempt judges the first preparation and every second one the second, which are two in all. Were a test
 * run again before the others, they would judge what was prepared for its second attempt, and no second preparation
 * could confirm what they find there; or there would be one more for each that fails, and on metal its reboot.
 */
export function createRepeats<Failed>(): Repeats<Failed> {
  const open = new Map<Preparation, { run: number; failed: Failed[] }>();
  return {
    over({ shares }, failed) {
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
