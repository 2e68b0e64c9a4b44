import type { TraceSink, TraceSource } from '../../harness/base/trace.ts';
import { changeTexts, changeTextsExcept } from '../text/change-texts.ts';
import { HIDDEN, KeyPlace } from './key-place.ts';
import { byteSpellingsOf, createMask, maskText, spellingsOf } from './mask.ts';

/** Keeps private keys out of the files and the output of a run. */
export interface Redactor {
  /** Adds secrets. */
  learn(keys: readonly string[]): void;
  /** Masks the next characters from the module; their number stays. A key that a module leaks becomes a secret. */
  received(chunk: string): string;
  /** Masks a text of the harness. */
  text(text: string): string;
  /** Masks all secrets in an entry or another plain value. */
  record<T>(value: T): T;
  /** Returns a trace that masks everything before it writes to `sink`. */
  trace(sink: TraceSink): TraceSink;
}

/** The most leaked keys that are kept: a module must not use up memory or time. */
const MOST_LEARNED = 256;

/**
 * Keys of an entry whose values come from the harness. Leaked keys are not masked there: a module can print anything at
 * the position of a key, and must not change the names of tests, clauses and forms.
 */
const ours: ReadonlySet<string> = new Set([
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
  'unseen',
  'imei',
  'revision',
  'driver',
  'facts',
  'planned',
  'deviations',
]);

/** @param named the private keys that the rig file names */
export function createRedactor(named: readonly string[]): Redactor {
  const given = spellingsOf(named);
  const learned = new Set<string>();
  const place = new KeyPlace();

  function add(spelled: readonly string[]): void {
    for (const each of spelled) if (learned.size < MOST_LEARNED) learned.add(each);
  }

  /** The leaked keys, including one that is just being printed. */
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

  /** Masks the bytes of a trace line. The bytes of a note are a complete line from the module. */
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
        // Bytes first: a key that they leak must be masked in the rest of the line.
        const masked = data === undefined ? {} : { data: bytes(source, data) };
        return sink.write(source, at, { ...record(rest), ...masked });
      },
    }),
  };
}
