import type { TraceSink, TraceSource } from '../../harness/base/trace.ts';
import { changeTexts, changeTextsExcept } from '../text/change-texts.ts';
import { HIDDEN, KeyPlace } from './key-place.ts';
import { byteSpellingsOf, createMask, maskText, spellingsOf } from './mask.ts';

/** Keeps private keys out of what a run leaves and says. */
export interface Redactor {
  /** Takes these for secrets from now on. */
  learn(keys: readonly string[]): void;
  /** The next characters from the module, masked; keeps their number. What a module leaks is a secret from then on. */
  received(chunk: string): string;
  /** A text of ours, masked. */
  text(text: string): string;
  /** An entry, or any other plain value, masked wherever a secret stands. */
  record<T>(value: T): T;
  /** A trace in which everything is masked. */
  trace(sink: TraceSink): TraceSink;
}

/** Keys a module may make us learn: what it sends must not use up our memory or our time. */
const MOST_LEARNED = 256;

/**
 * What in an entry is ours, and stays whatever a module leaked: what a module prints in the place of a key must not
 * change the names by which tests, clauses and forms are found.
 */
const ours: ReadonlySet<string> = new Set([
  ...[
    'type',
    'name',
    'kind',
    'form',
    'command',
    'key',
    'code',
    'verdict',
    'inTime',
    'clause',
    'clauses',
    'deviates',
  ],
  ...['imei', 'revision', 'driver', 'facts', 'planned', 'deviations'],
]);

/** @param named the private keys that the rig file names */
export function createRedactor(named: readonly string[]): Redactor {
  const given = spellingsOf(named);
  const learned = new Set<string>();
  const place = new KeyPlace();

  function add(spelled: readonly string[]): void {
    for (const each of spelled) if (learned.size < MOST_LEARNED) learned.add(each);
  }

  /** What was leaked, the key that is just being printed included. */
  const found = (): readonly string[] => [...learned, ...byteSpellingsOf(place.leaked)];
  const all = (): readonly string[] => [...given, ...found()];
  const fromModule = createMask(all);
  const toModule = createMask(all);

  function received(chunk: string): string {
    const placed = Array.from(chunk, (character) => {
      if (character === '\r' || character === '\n') add(byteSpellingsOf(place.leaked));
      return place.push(character);
    }).join('');
    const known = fromModule.push(chunk);
    return Array.from(chunk, (character, at) => (placed[at] === character ? known[at] : HIDDEN)).join('');
  }

  /** Bytes of a line of the trace. A note of bytes holds a line of the module's, whole. */
  function bytes(source: TraceSource, data: string): string {
    if (source === 'uart.rx') return received(data);
    if (source === 'uart.tx') return toModule.push(data);
    return text(source === 'note' ? new KeyPlace().push(data) : data);
  }

  const text = (whole: string): string => maskText(whole, all());

  function record<T>(value: T): T {
    const known = changeTexts(value, (each) => maskText(each, given));
    return changeTextsExcept(known, (each) => maskText(each, found()), ours);
  }

  return {
    learn: (keys) => add(spellingsOf(keys)),
    received,
    text,
    record,
    trace: (sink) => ({
      get last() {
        return sink.last;
      },
      write(source, at, { data, ...rest }) {
        // The bytes first: what they leak is a secret in what is said of them.
        const masked = data === undefined ? {} : { data: bytes(source, data) };
        return sink.write(source, at, { ...record(rest), ...masked });
      },
    }),
  };
}
