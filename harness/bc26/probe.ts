import type { AtClient } from '../at/at-client.ts';
import type { Exchange } from '../at/exchange.ts';
import { type HilError, isHilError } from '../base/error.ts';

type Probe =
  | { readonly kind: 'answered'; readonly exchange: Exchange }
  | { readonly kind: 'silent'; readonly error: HilError };

/** The errors of a command to a module that is off or boots. Other codes concern the port or the caller. */
const silences: ReadonlySet<string> = new Set([
  'AT_TIMEOUT',
  'AT_RAN_ON',
  'UNEXPECTED_RESET',
  'LINE_NOT_IDLE',
]);

/**
 * Whether the error only says that no answer came. That includes a boot during the command, and noise on the line
 * (an unpowered module holds it low, which reads as NUL bytes: BC26.md §8).
 */
export const isSilence = (error: unknown): error is HilError => isHilError(error) && silences.has(error.code);

/**
 * Sends one `AT`, or another command. Any final result counts as an answer.
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
