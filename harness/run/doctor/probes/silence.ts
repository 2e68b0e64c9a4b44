import { isBootText } from '../../../at/boot-text.ts';
import { finalResult } from '../../../at/final-result.ts';
import type { Clock } from '../../../base/clock.ts';
import type { HilError } from '../../../base/error.ts';
import { escapeBytes } from '../../../base/escape.ts';
import { aborted } from '../../../bc26/pause.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { broken, type Finding, note, ok } from '../findings/finding.ts';
import type { Patient } from './probe-context.ts';

/** What is kept of a line that never falls silent; the count goes on. */
const kept = 4_096;
/** How much of it a finding shows. */
const shown = 40;

interface Heard {
  readonly bytes: number;
  readonly start: Buffer;
}

const printable = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a;

/** `+NAME: …` or `*NAME: …`: what a module says unasked (BC26.md §2). */
const report = /^[+*][A-Z0-9]+:/;

/**
 * What came while nobody asked. Bytes that no module prints are noise; an answer was asked for by somebody else;
 * a boot text says that the module restarted by itself.
 */
export function judgeSilence({ bytes, start }: Heard, seconds: number): Finding {
  const sentence = `${bytes} bytes in ${seconds} s of silence: ${escapeBytes(start.subarray(0, shown))}`;
  if (bytes === 0) return ok('noise', `nothing in ${seconds} s of silence`);
  if (!start.every(printable)) {
    return broken(
      'noise',
      `noise on the line, ${sentence}`,
      'join the grounds, shorten or shield the wires, keep the level shifter off while VDD_EXT is down, pull RX up',
    );
  }
  const lines = start
    .toString('latin1')
    .split(/[\r\n]+/)
    .filter(Boolean);
  if (lines.some(isBootText)) {
    return broken(
      'noise',
      `the module restarted by itself, ${sentence}`,
      'a supply that dips under load (0.5 A at least), a reset line that floats, or a firmware that crashes',
    );
  }
  if (lines.some((line) => finalResult(line) !== undefined)) {
    return broken(
      'noise',
      `answers to commands that were not ours, ${sentence}`,
      'another program writes to the port: see port-users, getty and modem-manager; sudo fuser -v on it names it',
    );
  }
  if (lines.every((line) => report.test(line)))
    return note('noise', `the module reports by itself, ${sentence}`);
  return broken(
    'noise',
    `text of unknown origin, ${sentence}`,
    'does a console or a debug UART share the line?',
  );
}

/** Listens to raw bytes for `ms`. @throws ABORTED, PORT_GONE */
function listen(port: Patient['port'], clock: Clock, ms: number, signal: AbortSignal): Promise<Heard> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const ends: (() => void)[] = [];
  return new Promise<Heard>((resolve, reject) => {
    const abort = (): void => reject(aborted('listening', signal));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    ends.push(
      () => signal.removeEventListener('abort', abort),
      port.onData((chunk) => {
        if (bytes < kept) chunks.push(chunk.bytes);
        bytes += chunk.bytes.length;
      }),
      port.onGone((error: HilError) => reject(error)),
      clock.after(ms, () => resolve({ bytes, start: Buffer.concat(chunks).subarray(0, kept) })),
    );
  }).finally(() => ends.forEach((end) => end()));
}

/** Sends nothing for `seconds`, and looks at what comes all the same. @throws ABORTED */
export async function silence({ bench, port, signal, figures }: Patient, seconds: number): Promise<Finding> {
  try {
    const heard = await listen(port, bench.clock, seconds * 1000, signal);
    figures.silence = { seconds, bytes: heard.bytes };
    return judgeSilence(heard, seconds);
  } catch (error) {
    if (signal.aborted) throw error;
    return brokenBy('noise', error, 'check the adapter and its cable');
  }
}
