import type { AtClient } from '../at/at-client.ts';
import type { Exchange } from '../at/exchange.ts';
import { type HilError, isHilError } from '../base/error.ts';

/** Whether a module answered a single command. */
type Probe =
  | { readonly kind: 'answered'; readonly exchange: Exchange }
  | { readonly kind: 'silent'; readonly error: HilError };

/** What a module that is off, booting or resetting makes of a command; the rest concerns the port or the caller. */
const silences: ReadonlySet<string> = new Set([
  'AT_TIMEOUT',
  'AT_RAN_ON',
  'UNEXPECTED_RESET',
  'LINE_NOT_IDLE',
]);

/**
 * Whether the error only says that no answer came. A boot in the middle of a command counts, as does a line
 * full of noise (an unpowered module holds it low, which reads as NUL bytes: BC26.md §8).
 */
export const isSilence = (error: unknown): error is HilError => isHilError(error) && silences.has(error.code);

/**
 * Sends one `AT`, or another command, and says whether it was answered, by whatever final result.
 * @throws PORT_GONE, PORT_CLOSED, ABORTED
 */
export async function probe(
  at: AtClient,
  deadlineMs: number,
  signal?: AbortSignal,
  command = 'AT',
): Promise<Probe> {
  try {
    return { kind: 'answered', exchange: await at.send(command, { deadlineMs, signal }) };
  } catch (error) {
    if (isSilence(error)) return { kind: 'silent', error };
    throw error;
  }
}
