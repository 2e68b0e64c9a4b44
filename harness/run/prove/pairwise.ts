/** A value for each factor, by the factor's name. */
export type Choice = Readonly<Record<string, string>>;
/** The values that each factor may have. */
export type Factors = Readonly<Record<string, readonly string[]>>;

/** One value of one factor, as an index into all of them. */
interface Level {
  readonly factor: string;
  readonly value: string;
  readonly index: number;
}

/**
 * Choices among which each two values of each two factors meet at least once, in as few as a greedy search finds: every
 * choice begins with two values that have not met, and takes on the values that meet most others for the first time. The
 * same factors give the same choices.
 */
export function pairwise(factors: Factors): Choice[] {
  const levels = levelsOf(factors);
  const open = createOpenPairs([...levels.values()]);
  const choices: Choice[] = [];
  for (let first = open.first(); first; first = open.first()) {
    const chosen = [...first];
    const rest = [...levels].filter(([factor]) => chosen.every((level) => level.factor !== factor));
    for (const [, values] of rest) chosen.push(bestOf(values, chosen, open));
    open.meet(chosen);
    choices.push(Object.fromEntries(chosen.map(({ factor, value }) => [factor, value])));
  }
  return choices;
}

/** The levels of each factor, factors of many values first: they decide how many choices it takes. */
function levelsOf(factors: Factors): Map<string, Level[]> {
  let index = 0;
  const sorted = Object.entries(factors).sort(([, a], [, b]) => b.length - a.length);
  return new Map(
    sorted.map(([factor, values]) => [factor, values.map((value) => ({ factor, value, index: index++ }))]),
  );
}

/** Which levels have not met; of factors in an order, each holds its levels. */
function createOpenPairs(factors: readonly (readonly Level[])[]) {
  const all = factors.flat();
  const partners = all.map(() => new Set<number>());
  for (const a of all) {
    for (const b of all) if (a.factor !== b.factor) partners[a.index]!.add(b.index);
  }
  return {
    isOpen: (a: Level, b: Level): boolean => partners[a.index]!.has(b.index),
    /** With how many others it has not met. */
    left: ({ index }: Level): number => partners[index]!.size,
    meet(chosen: readonly Level[]): void {
      for (const a of chosen) for (const b of chosen) partners[a.index]!.delete(b.index);
    },
    /** Two levels that have not met, of those that have most before them; undefined when all have met. */
    first(): readonly [Level, Level] | undefined {
      const most = (levels: readonly Level[]): Level =>
        levels.reduce((best, level) => (this.left(level) > this.left(best) ? level : best));
      const a = most(all);
      return this.left(a) === 0 ? undefined : [a, most(all.filter((b) => this.isOpen(a, b)))];
    },
  };
}

/** The level that meets most of the chosen for the first time; of equals, the one with most meetings before it. */
function bestOf(
  levels: readonly Level[],
  chosen: readonly Level[],
  { isOpen, left }: ReturnType<typeof createOpenPairs>,
): Level {
  const news = (level: Level): number => chosen.filter((other) => isOpen(level, other)).length;
  return levels.reduce((best, level) =>
    (news(level) - news(best) || left(level) - left(best)) > 0 ? level : best,
  );
}
