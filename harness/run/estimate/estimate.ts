import type { RunTimes } from '../../../rigs/state/run-times.ts';
import type { Profile } from '../../jest/host/profile.ts';
import { waitsInFull } from '../../jest/host/waits-in-full.ts';
import type { Expected } from '../progress/expected.ts';
import type { BoardFacts } from './board-facts.ts';
import { earlierTimes } from './earlier.ts';
import { type ChapterCost, costsOf, END, measuredOn, REAL_PACE, START } from './measured-costs.ts';

/** What a part of a run is expected to take. */
export interface PartEstimate {
  /** A suite file, or what comes before the first and after the last. */
  readonly part: string;
  readonly tests: number;
  readonly ms: number;
  /** Of `ms`: waits for the module's network time. */
  readonly networkMs: number;
  readonly nvramWrites: number;
  readonly reboots: number;
}

/** What an estimate is made of. */
export interface Asked {
  readonly profile: Profile;
  readonly board: BoardFacts;
  /** How many tests of each suite file would be run; files in the order in which they are run. */
  readonly tests: ReadonlyMap<string, number>;
  /** What earlier whole runs of the rig in this profile took; none: by what was measured elsewhere. */
  readonly earlier: readonly RunTimes[];
}

/** What each part of a run is expected to take, by earlier runs of its rig, else by measured costs. */
export function estimate({ profile, board, tests, earlier }: Asked): readonly PartEstimate[] {
  const costs = costsOf(profile);
  const known = earlierTimes(earlier);
  const partOf = (part: string, n: number, knownMs: number | undefined): PartEstimate => {
    const cost = costs.get(part);
    const share = cost ? shareOf(n, board, cost) : 1;
    const networkMs = cost ? share * networkMsOn(board, profile, cost) : 0;
    const ms = knownMs ?? (cost ? share * ownMsOn(board, cost) + networkMs : 0);
    return {
      part,
      tests: n,
      ms,
      networkMs: Math.min(ms, networkMs),
      nvramWrites: Math.round(share * (cost?.nvramWrites ?? 0)),
      reboots: Math.round(share * (cost?.reboots ?? 0)),
    };
  };
  const chapterOf = (file: string, n: number): PartEstimate => {
    const eachMs = known.perTestMs(file);
    return partOf(file, n, eachMs && n * eachMs);
  };
  return [
    partOf(START, 0, known.startMs),
    ...[...tests].map(([file, n]) => chapterOf(file, n)),
    partOf(END, 0, known.endMs),
  ];
}

/**
 * An estimate as the progress of a run needs it.
 * @param planned how many tests of each file are counted down: those that the board cannot do as well, which take no time
 */
export function expectedOf(parts: readonly PartEstimate[], planned: ReadonlyMap<string, number>): Expected {
  const byPart = new Map(parts.map((part) => [part.part, part]));
  const msOf = (part: string): number => byPart.get(part)?.ms ?? 0;
  return {
    startMs: msOf(START),
    endMs: msOf(END),
    perTestMs: (file) => msOf(file) / (planned.get(file) ?? 1),
  };
}

/** The part of what a chapter's tests cost on this board that `n` of them cost. */
function shareOf(n: number, { emulated }: BoardFacts, { tests, localCauseTests }: ChapterCost): number {
  const all = tests - (emulated ? 0 : localCauseTests);
  return all > 0 ? n / all : 1;
}

/** What a run waits for the module's network. */
function networkMsOn({ clock, emulated }: BoardFacts, profile: Profile, cost: ChapterCost): number {
  const allS = waitsInFull(profile, clock) ? cost.networkS : cost.shorterS;
  return ((allS - (emulated ? 0 : cost.localCausesS)) * 1000) / clock;
}

/** What a measured part takes on another board besides: its boots and answers, and all else. */
function ownMsOn(board: BoardFacts, cost: ChapterCost): number {
  const boots = cost.reboots + cost.boots;
  const measuredNetworkMs = (cost.networkS * 1000) / measuredOn.clock;
  const restMs = cost.ms - boots * measuredOn.bootMs - measuredNetworkMs;
  return (
    restMs * (board.emulated ? 1 : REAL_PACE) +
    cost.exchanges * (board.answerMs - measuredOn.answerMs) +
    boots * board.bootMs
  );
}
