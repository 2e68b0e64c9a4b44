import type { Sample, Share } from './proof.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** How many of how many, as a share and with its interval. */
export const shareInWords = ({ caught, judged, low, high }: Share): string =>
  `${caught} of ${judged} (${percent(caught / judged)}, 95 % interval ${percent(low)} to ${percent(high)})`;

/** A sample for people: its share with its interval, then each operator and place of which one was not caught. */
export function sampleLines({ all, drawn, of, operators, places }: Sample): string[] {
  if (all.judged === 0) return [`None of the ${drawn} generated faults drawn from ${of} was judged`];
  return [
    `Of ${drawn} generated faults, drawn from ${of}, the suites caught ${shareInWords(all)}`,
    ...missed('operator', operators),
    ...missed('place', places),
  ];
}

const missed = (what: string, shares: readonly Share[]): string[] =>
  shares
    .filter(({ caught, judged }) => caught < judged)
    .map((share) => `  ${what} ${share.name}: ${shareInWords(share)}`);

/** The whole of it, for a file. */
export const sampleTable = ({ operators, places }: Sample): string[] => [
  '',
  'Generated faults that were caught, by operator',
  ...operators.map((share) => `  ${share.name}: ${shareInWords(share)}`),
  '',
  'Generated faults that were caught, by place',
  ...places.map((share) => `  ${share.name}: ${shareInWords(share)}`),
];
