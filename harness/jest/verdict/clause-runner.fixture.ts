import type { ClauseFacts, Entry } from '../../../reports/record/entry.ts';
import type { Exchange } from '../../at/exchange.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import type { Fixtures } from '../host/fixtures.ts';
import type { ClauseSpec } from '../host/host.ts';
import type { ClauseRunnerOptions } from './clause-runner.ts';
import { createEnough } from './enough.ts';

const facts: Record<string, ClauseFacts> = {
  'CFG-TEST': {
    id: 'CFG-TEST',
    status: 'S',
    text: 'answers a line that describes the parameters',
    section: '2.1',
  },
  'ERR-FORM': { id: 'ERR-FORM', status: 'S', text: 'an error is ERROR or +CME ERROR', section: '2.1' },
  'EX-READ-SAVED': { id: 'EX-READ-SAVED', status: 'E', text: 'shows what was just saved', section: '2.2' },
  'CFG-TYPE-3': { id: 'CFG-TYPE-3', status: 'U', text: 'type 3 is reserved', section: '2.1' },
};

const exchange = {
  number: 7,
  command: 'AT+QDMPCFG=4,1',
  raw: '\r\n+QDMPCFG: 1,\u0000\u001b]]>\r\n\r\nOK\r\n',
  final: { kind: 'OK', text: 'OK' },
  trace: [41, 43],
  timing: { hi: 12.34 },
} as unknown as Exchange;

/** What a clause runner needs: a module that is always fit, and fixtures that have made one exchange. */
export function runnerParts() {
  const clock = new ManualClock();
  const entries: Entry[] = [];
  const signals: AbortSignal[] = [];
  const options: ClauseRunnerOptions = {
    clock,
    emit: (entry) => entries.push(entry),
    lastLine: () => entries.length,
    enough: createEnough(() => 0, { maxFailures: null, stopAt: null, waived: new Set() }),
    networkClock: 1,
    clauseFacts: (id) => facts[id] as ClauseFacts,
    waived: new Set(),
    absent: new Set(),
    selection: {
      profile: 'nightly',
      clauses: null,
      capabilities: { powerKey: true, reset: true, supplyCut: true, powered: true, truth: true },
      platform: true,
      localCauses: true,
      unproven: new Map(),
    },
    fitness: {
      ready: () => Promise.resolve(),
      isolate: () => Promise.resolve(),
      examine: () => Promise.resolve(undefined),
      restarts: 0,
    },
    history: { mark: () => 0, backTo: () => undefined },
    fixtures({ signal, seen }) {
      signals.push(signal);
      seen(exchange);
      return { signal } as unknown as Fixtures;
    },
  };
  const ends = () => entries.filter((entry) => entry.type === 'test-end');
  return { clock, entries, signals, options, ends };
}

/** A test of the clause CFG-TEST, unless `more` names others. */
export const specOf = (body: ClauseSpec['body'], more: Partial<ClauseSpec> = {}): ClauseSpec => ({
  clauses: ['CFG-TEST'],
  title: 'answers',
  body,
  ...more,
});
