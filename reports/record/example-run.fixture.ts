import type { ClauseFacts, Deviation, Entry, ExchangeFacts, PlannedTest, RunFacts } from './entry.ts';
import type { Verdict } from './verdict.ts';

const facts: RunFacts = {
  rig: 'bench-1',
  rigFile: 'rigs/bench-1.yaml',
  driver: 'command',
  emulated: false,
  profile: 'nightly',
  clausePattern: null,
  budget: { nvramWrites: 500, reboots: 15 },
  seed: 7,
  clock: 1,
  commit: '0123456789ab',
  node: 'v20.20.2',
  startedAt: '2026-01-31T09:05:07.000Z',
};

export const clauseFacts = (id: string, status: ClauseFacts['status']): ClauseFacts => ({
  id,
  status,
  text: `What ${id} says.`,
  section: '2.1 AT+QDMPCFG',
});

export const planned = (title: string, ...clauses: string[]): PlannedTest => ({
  name: `server.suite.ts › ${title}`,
  file: 'server.suite.ts',
  title,
  clauses,
});

export const runStart = (
  tests: readonly PlannedTest[],
  clauses: readonly ClauseFacts[],
  own: Partial<RunFacts> = {},
  deviations: readonly Deviation[] = [],
): Entry => ({ type: 'run-start', facts: { ...facts, ...own }, clauses, planned: tests, deviations });

/** The entries of a test's start and end. */
export const ran = ({ name }: PlannedTest, verdict: Verdict, reason?: string): Entry[] => [
  { type: 'test-start', name },
  {
    type: 'test-end',
    name,
    verdict,
    durationMs: 20.5,
    trace: [10, 14],
    ...(reason !== undefined && { reason }),
  },
];

export const exchange = (own: Partial<ExchangeFacts> = {}): Entry => ({
  type: 'exchange',
  form: 'AT+QDMPCFG=4,1',
  command: 'AT+QDMPCFG',
  kind: 'read',
  lo: 9,
  hi: 10,
  answerWireMs: 3,
  disturbanceMs: 0,
  final: 'OK',
  nvramWrite: false,
  inTime: 'within',
  ...own,
});

export const runEnd: Entry = { type: 'run-end', durationMs: 71_234 };
export const portGone: Entry = {
  type: 'rig-error',
  code: 'PORT_GONE',
  message: 'the port vanished',
  remedy: 'plug it in again',
};
