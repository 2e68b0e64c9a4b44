import { isBootText } from '../../../at/boot-text.ts';
import { finalResult } from '../../../at/classify.ts';
import type { Clock } from '../../../base/clock.ts';
import type { HilError } from '../../../base/error.ts';
import { escapeBytes } from '../../../base/escape.ts';
import { abortError } from '../../../bc26/pause.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { broken, type Finding, note, ok } from '../findings/finding.ts';
import type { ProbeContext } from './probe-context.ts';

/** How many bytes are kept; all are counted. */
const KEPT_BYTES = 4_096;
/** How many of them a finding shows. */
const SHOWN_BYTES = 40;

interface Received {
  readonly bytes: number;
  readonly start: Buffer;
}

const printable = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a;

/** `+NAME: …` or `*NAME: …`: unsolicited (BC26.md §2). */
const report = /^[+*][A-Z0-9]+:/;

/**
 * Judges what was received while nothing was sent. Bytes that no module prints are noise; an answer means that another
 * program sent a command; a boot text means that the module restarted by itself.
 */
export function judgeSilence({ bytes, start }: Received, seconds: number): Finding {
  const sentence = `${bytes} bytes in ${seconds} s of silence: ${escapeBytes(start.subarray(0, SHOWN_BYTES))}`;
  if (bytes === 0) return ok('noise', `nothing in ${seconds} s of silence`);
  if (!start.every(printable)) {
    return broken(
      'noise',
      `noise on the line, ${sentence}`,
      'join the grounds, shorten or shield the wires, switch the level shifter off while VDD_EXT is down, pull RX up',
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
      'the supply dips under load (it needs 0.5 A), the reset line floats, or the firmware crashes',
    );
  }
  if (lines.some((line) => finalResult(line) !== undefined)) {
    return broken(
      'noise',
      `answers to commands that were not ours, ${sentence}`,
      'another program writes to the port: see port-users, getty and modem-manager; sudo fuser -v PORT names it',
    );
  }
  if (lines.every((line) => report.test(line)))
    return note('noise', `the module reports by itself, ${sentence}`);
  return broken(
    'noise',
    `text of unknown origin, ${sentence}`,
    'check whether a console or a debug UART shares the line',
  );
}

/** Listens to raw bytes for `ms`. @throws ABORTED, PORT_GONE */
function listen(
  port: ProbeContext['port'],
  clock: Clock,
  ms: number,
  signal: AbortSignal,
): Promise<Received> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const ends: (() => void)[] = [];
  return new Promise<Received>((resolve, reject) => {
    const abort = (): void => reject(abortError('listening', signal));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    ends.push(
      () => signal.removeEventListener('abort', abort),
      port.onData((chunk) => {
        if (bytes < KEPT_BYTES) chunks.push(chunk.bytes);
        bytes += chunk.bytes.length;
      }),
      port.onGone((error: HilError) => reject(error)),
      clock.after(ms, () => resolve({ bytes, start: Buffer.concat(chunks).subarray(0, KEPT_BYTES) })),
    );
  }).finally(() => ends.forEach((end) => end()));
}

/** Sends nothing for `seconds` and judges what is received. @throws ABORTED */
export async function silence(
  { bench, port, signal, figures, begin }: ProbeContext,
  seconds: number,
): Promise<Finding> {
  begin('listening to the silent line', seconds * 1_000);
  try {
    const heard = await listen(port, bench.clock, seconds * 1000, signal);
    figures.silence = { seconds, bytes: heard.bytes };
    return judgeSilence(heard, seconds);
  } catch (error) {
    if (signal.aborted) throw error;
    return brokenBy('noise', error, 'check the adapter and its cable');
  }
}
