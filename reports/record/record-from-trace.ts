import { readTrace, type TraceLine } from '../files/trace-file.ts';
import type { Entry } from './entry.ts';
import { lacksPlan, planBeside } from './plan-file.ts';

/** Every kind of entry; the compiler reports a missing one. */
const kinds: Record<Entry['type'], true> = {
  'run-start': true,
  identity: true,
  exchange: true,
  'line-fault': true,
  reboot: true,
  start: true,
  waiting: true,
  observation: true,
  'own-share': true,
  'test-start': true,
  'test-again': true,
  'test-end': true,
  'raw-writes': true,
  'cut-sweep': true,
  'budget-spent': true,
  wear: true,
  bytes: true,
  silence: true,
  wiring: true,
  'module-error': true,
  'rig-error': true,
  'usage-error': true,
  interrupted: true,
  message: true,
  'run-end': true,
};

const isEntry = (body: object): body is Entry =>
  'type' in body && typeof body.type === 'string' && Object.hasOwn(kinds, body.type);

function entryOf({ n: _n, at: _at, source, ...body }: TraceLine, file: string): Entry | undefined {
  const whole = lacksPlan(body) ? { ...body, ...planBeside(file) } : body;
  return (source === 'test' || source === 'note') && isEntry(whole) ? whole : undefined;
}

/**
 * The entries in a trace, in order, to complete the record of an interrupted run. Other notes are skipped.
 * @throws RECORD_UNREADABLE
 */
export function* entriesOfTrace(file: string): Generator<Entry> {
  for (const line of readTrace(file)) {
    const entry = entryOf(line, file);
    if (entry) yield entry;
  }
}
