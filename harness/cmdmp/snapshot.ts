import { isKnownUnsolicited } from '../at/classify.ts';
import type { Exchange } from '../at/exchange.ts';
import { hasCode } from '../base/error.ts';
import type { Sender } from './access.ts';
import { splitFields } from './answer.ts';
import { accessCommand } from './encode.ts';
import { type SavedRecord, savedRecords } from './records.ts';

/** The answer to the query of one record. Plain data, for JSON. */
export interface Reading {
  /** The information lines without the command's prefix, joined by LF; undefined if the query was refused. */
  readonly text: string | undefined;
  readonly final: string;
  /** The exchange it was read in. Not enumerable: it is neither compared nor stored. */
  readonly exchange?: Exchange;
}

export interface Snapshot {
  /** `AT+QDMPCFG?`: the values in use. */
  readonly inUse: Reading;
  /** The saved records by name (`savedRecords`). */
  readonly saved: Readonly<Record<string, Reading>>;
}

interface Difference {
  /** `in use`, or a record's name. */
  readonly record: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Reads everything that both commands show; writes nothing. Left out is what the run does not ask for, since the module
 * falls silent after the question (INPUT_SILENCES). Rejects as `AtClient.send` does.
 */
export const takeSnapshot = (sender: Sender): Promise<Snapshot> => snapshotBy(sender, readRecord);

/** The same, to know what a module holds (`readHeld`). */
export const takeHeldSnapshot = (sender: Sender): Promise<Snapshot> => snapshotBy(sender, readHeld);

async function snapshotBy(sender: Sender, read: typeof readRecord): Promise<Snapshot> {
  const inUse = (await unlessRefused(readInUse(sender))) ?? { text: undefined, final: 'not read' };
  const saved: Record<string, Reading> = {};
  for (const record of savedRecords) {
    const reading = await unlessRefused(read(sender, record));
    if (reading) saved[record.name] = reading;
  }
  return { inUse, saved };
}

async function unlessRefused(reading: Promise<Reading>): Promise<Reading | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (hasCode(error, 'INPUT_SILENCES')) return undefined;
    throw error;
  }
}

/** Reads the values in use; an error answer is a reading, too. */
export const readInUse = async (sender: Sender): Promise<Reading> =>
  readingOf(await sender.at(`${accessCommand}?`), accessCommand);

/** Reads one saved record; an error answer is a reading, too. */
export const readRecord = async (sender: Sender, record: SavedRecord): Promise<Reading> =>
  readingOf(await sender.at(record.query), record.command);

/**
 * Reads what a module holds in a record, to give it back. A firmware may name the line otherwise than the command; to the
 * clauses that is no answer, but what it shows is the user's all the same. Where the answer does not show the record, a line
 * counts that came with it and has the type and all fields of the record.
 */
export async function readHeld(sender: Sender, record: SavedRecord): Promise<Reading> {
  const reading = await readRecord(sender, record);
  const { exchange, text } = reading;
  if (text === undefined || !exchange || showsRecord(record, text)) return reading;
  const [shown, ...others] = exchange.raw
    .slice(exchange.echoEnd)
    .split(/[\r\n]+/)
    .filter((line) => !isKnownUnsolicited(line))
    .map((line) => line.replace(/^[+*^%#$][A-Z][A-Z0-9]* *[:=] */i, ''))
    .filter((line) => showsRecord(record, line));
  if (shown === undefined || others.length > 0) return reading;
  return Object.defineProperty({ ...reading, text: shown }, 'exchange', { value: exchange });
}

function showsRecord({ type, fields }: SavedRecord, text: string): boolean {
  const shown = splitFields(text, fields + 1).fields;
  return shown.length === fields + 1 && shown[0] === String(type);
}

function readingOf(exchange: Exchange, command: string): Reading {
  return Object.defineProperty(plainReading(exchange, command), 'exchange', { value: exchange });
}

/** A line without the prefix is kept as it is: a clause judges it, a snapshot must not fail. */
function plainReading({ final, information }: Exchange, command: string): Reading {
  if (final.kind !== 'OK') return { text: undefined, final: final.text };
  const prefix = `${command.slice('AT'.length)}: `;
  const texts = information.map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line));
  return { text: texts.join('\n'), final: final.text };
}

/** Two refusals are the same: the form of the error depends on AT+CMEE. */
export const isSameReading = (a: Reading, b: Reading): boolean => a.text === b.text;

/** The differences between two snapshots, the values in use included. */
export function sameConfiguration(before: Snapshot, after: Snapshot): readonly Difference[] {
  const pairs: [string, Reading | undefined, Reading | undefined][] = [
    ['in use', before.inUse, after.inUse],
    ...savedRecords.map(({ name }): [string, Reading | undefined, Reading | undefined] => [
      name,
      before.saved[name],
      after.saved[name],
    ]),
  ];
  return pairs.flatMap(([record, a, b]) =>
    a?.text === b?.text ? [] : [{ record, before: describeReading(a), after: describeReading(b) }],
  );
}

export const describeReading = (reading: Reading | undefined): string =>
  reading === undefined ? 'not read' : (reading.text ?? `refused (${reading.final})`);
