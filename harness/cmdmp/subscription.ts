import type { AtClient } from '../at/at-client.ts';
import { isSilence } from '../bc26/probe.ts';

/** Whose SIM the module has, and in whose network it is. A field that the module does not show is undefined. */
export interface Subscription {
  /** The SIM's number, 6 to 15 digits. */
  readonly imsi: string | undefined;
  /** Country and network code, 5 or 6 digits: only where the module shows the network by its number. */
  readonly network: string | undefined;
}

/** The bare number, as BC26 prints it, or after its name (BC26.md §5, 27.007 §5.6). */
const imsiLine = /^(?:\+CIMI: *)?"?(\d{6,15})"?$/;
/** `+COPS: <mode>,2,"<number>",<AcT>`: 2 is the numeric form (27.007 §7.3). */
const networkLine = /^\+COPS: *\d, *2, *"?(\d{5,6})"?(?:,|$)/;

/**
 * Asks for the SIM's number and for the network. Both only inform: what is refused or not answered stays undefined.
 * @throws what `AtClient.send` rejects with, but silence
 */
export async function readSubscription(
  at: Pick<AtClient, 'send'>,
  signal?: AbortSignal,
): Promise<Subscription> {
  return {
    imsi: await shown(at, 'AT+CIMI', imsiLine, signal),
    network: await shown(at, 'AT+COPS?', networkLine, signal),
  };
}

async function shown(
  at: Pick<AtClient, 'send'>,
  command: string,
  pattern: RegExp,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const { information } = await at.send(command, { signal });
    return information.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined);
  } catch (error) {
    if (isSilence(error)) return undefined;
    throw error;
  }
}
