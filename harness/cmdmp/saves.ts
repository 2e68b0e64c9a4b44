import type { Port } from '../../rigs/port/port.ts';
import { latin1 } from '../at/latin1.ts';
import { type Clock, toMs, toNs } from '../base/clock.ts';
import { pause } from '../bc26/pause.ts';
import { describeCommand } from './form.ts';
import { type SavedRecord, savedRecords } from './records.ts';

export interface Saves {
  /** The watched port: use only this one to send to the module. */
  readonly port: Port;
  /**
   * Waits until every save and erase is durable, so that the supply may be cut: the rig's `durableMs` after the last OK,
   * or after the command if no OK came. If `signal` aborts before, it resolves with a line that says what may be lost.
   */
  durable(signal?: AbortSignal): Promise<string | undefined>;
  /** Whether a line that was sent may have saved something in the record. */
  mayHaveSaved(this: void, record: SavedRecord): boolean;
}

/** A longer line is no command: the longest command has about 400 characters. */
const longestLine = 4_096;

const finalOk = /(?:^|\n)OK\r/;

/** Of a malformed line the name may be all that is left whole. */
const named = /QDMPCFG/i;

/**
 * Whether a command line may write to NVRAM. Of the two commands under test every line but a plain read counts: a module
 * may accept a malformed line.
 */
function maySave(line: string): boolean {
  const { kind, nvramWrite } = describeCommand(line.trim());
  return nvramWrite || (kind !== 'read' && named.test(line));
}

/** The records in which such a line may save: none if it erases or is another command, any if it is malformed. */
function recordsOf(line: string): readonly SavedRecord[] {
  const text = line.trim();
  if (!named.test(text) || savedRecords.some(({ erase }) => erase === text)) return [];
  const written = savedRecords.filter(({ command, type }) => text.startsWith(`${command}=${type},`));
  return written.length > 0 ? written : savedRecords;
}

interface SavesSetup {
  readonly port: Port;
  readonly clock: Clock;
  /** How long after its OK a save may take to be durable, ms: the rig file's `module.durableMs`. */
  readonly durableMs: number;
}

/** Watches the port for commands that save or erase, and for their answers. */
export function watchSaves({ port, clock, durableMs }: SavesSetup): Saves {
  /** The last command that may have saved: its form, and when it was sent or answered OK, ns. */
  let last: { readonly form: string; since: bigint } | undefined;
  /** Whether the answer that comes now may be the answer to it. */
  let answering = false;
  const saved = new Set<SavedRecord>();
  let sent = '';
  let received = '';

  function takeSent(text: string, at: bigint): void {
    const lines = (sent + text).split(/[\r\n]/);
    sent = (lines.pop() ?? '').slice(-longestLine);
    const saving = lines.filter((line) => line.trim() !== '').map((line) => maySave(line) && line);
    if (saving.length === 0) return;
    received = '';
    const latest = saving.findLast(Boolean);
    answering = Boolean(latest);
    if (latest) last = { form: describeCommand(latest.trim()).form, since: at };
    for (const line of saving) if (line) recordsOf(line).forEach((record) => saved.add(record));
  }

  function takeReceived(text: string, at: bigint): void {
    if (!answering || !last) return;
    received += text;
    if (finalOk.test(received)) last.since = at;
    // The last bytes may be the beginning of another OK: two commands in one write get two answers.
    received = received.slice(-'\nOK'.length);
  }

  port.onData(({ bytes, at }) => takeReceived(latin1(bytes), at));

  const leftMs = (): number => (last ? toMs(last.since + toNs(durableMs) - clock.now()) : 0);

  return {
    port: withWrite(port, (bytes) => {
      const write = port.write(bytes);
      takeSent(latin1(bytes), write.before);
      return write;
    }),
    async durable(signal) {
      // An OK that comes meanwhile starts the time again.
      for (let ms = leftMs(); ms > 0; ms = leftMs()) {
        if (!(await hasPassed(clock, ms, signal)))
          return notDurable(last?.form ?? '', durableMs - leftMs(), durableMs);
      }
      return undefined;
    },
    mayHaveSaved: (record) => saved.has(record),
  };
}

/** Waits; false if the signal aborted before the end. */
const hasPassed = (clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<boolean> =>
  pause(clock, ms, signal).then(
    () => true,
    () => false,
  );

const notDurable = (form: string, elapsedMs: number, durableMs: number): string =>
  `${form} may not be durable: the supply is cut ${Math.round(elapsedMs)} ms after it, and a save may take ` +
  `${durableMs} ms (module.durableMs); read it back before you rely on it`;

const withWrite = (port: Port, write: Port['write']): Port =>
  new Proxy(port, {
    get(target, key) {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
