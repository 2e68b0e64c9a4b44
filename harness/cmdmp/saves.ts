import type { Port } from '../../rigs/port/port.ts';
import { latin1 } from '../at/latin1.ts';
import { type Clock, toMs, toNs } from '../base/clock.ts';
import { pause } from '../bc26/pause.ts';
import { describeCommand } from './form.ts';

/** What was saved last on a port, and when it can be relied on. */
export interface Saves {
  /** The port, watched: speak to the module through this one only. */
  readonly port: Port;
  /**
   * Resolves when all that was sent to be saved or erased is durable, which comes before the supply may be cut: the
   * rig's `durableMs` after the last OK (after the command where none came). Ends early when `signal` aborts, and
   * then resolves with a line that says what may be lost.
   */
  durable(signal?: AbortSignal): Promise<string | undefined>;
}

/** A line longer than this is no command (cmdmp-commands.md: the longest has some 400 characters). */
const longestLine = 4_096;

const finalOk = /(?:^|\n)OK\r/;

/**
 * Whether a command line may write to NVRAM. Of the two commands all that is no plain read counts, since nobody
 * knows what a module makes of a malformed line.
 */
function maySave(line: string): boolean {
  const { kind, nvramWrite } = describeCommand(line.trim());
  return nvramWrite || (kind !== 'read' && /\+QDMPCFG/i.test(line));
}

interface SavesSetup {
  readonly port: Port;
  readonly clock: Clock;
  /** How long after its OK a save may take to be durable, ms: the rig file's `module.durableMs`. */
  readonly durableMs: number;
}

/** Watches what is sent to a module for commands that save or erase, and what it answers them. */
export function watchSaves({ port, clock, durableMs }: SavesSetup): Saves {
  /** The last that may have saved: its form, and since when it has been under way, ns. */
  let last: { readonly form: string; since: bigint } | undefined;
  /** Whether what is answered now may be the answer to it. */
  let answering = false;
  let sent = '';
  let received = '';

  function hearSent(text: string, at: bigint): void {
    const lines = (sent + text).split(/[\r\n]/);
    sent = (lines.pop() ?? '').slice(-longestLine);
    const saving = lines.filter((line) => line.trim() !== '').map((line) => maySave(line) && line);
    if (saving.length === 0) return;
    received = '';
    const saved = saving.findLast(Boolean);
    answering = Boolean(saved);
    if (saved) last = { form: describeCommand(saved.trim()).form, since: at };
  }

  function hearReceived(text: string, at: bigint): void {
    if (!answering || !last) return;
    received += text;
    if (finalOk.test(received)) last.since = at;
    // Only what may be the beginning of another OK is kept: two commands in one write are answered twice.
    received = received.slice(-'\nOK'.length);
  }

  port.onData(({ bytes, at }) => hearReceived(latin1(bytes), at));

  const leftMs = (): number => (last ? toMs(last.since + toNs(durableMs) - clock.now()) : 0);

  return {
    port: withWrite(port, (bytes) => {
      const write = port.write(bytes);
      hearSent(latin1(bytes), write.before);
      return write;
    }),
    async durable(signal) {
      // An OK that comes meanwhile begins it anew.
      for (let ms = leftMs(); ms > 0; ms = leftMs()) {
        if (!(await waited(clock, ms, signal)))
          return notDurable(last?.form ?? '', durableMs - leftMs(), durableMs);
      }
      return undefined;
    },
  };
}

/** Whether the time has passed before the signal came. */
const waited = (clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<boolean> =>
  pause(clock, ms, signal).then(
    () => true,
    () => false,
  );

const notDurable = (form: string, heldMs: number, durableMs: number): string =>
  `${form} may not be durable: the supply goes ${Math.round(heldMs)} ms after it, and a save may take ` +
  `${durableMs} ms (module.durableMs); read it back before you rely on it`;

/** The same port with another `write`; whatever else it has passes through. */
const withWrite = (port: Port, write: Port['write']): Port =>
  new Proxy(port, {
    get(target, key) {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
