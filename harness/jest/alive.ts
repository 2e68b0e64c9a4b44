import type { Transcript } from '../at/at-client.ts';
import { isSilence } from '../bc26/probe.ts';
import type { TestModule } from './host.ts';
import { revive } from './revive.ts';

/** Bytes to be survived; one character a byte (latin1), the line end included where there is one. */
export interface RawInput {
  readonly bytes: string;
  /** How many final results it should bring: as many as there are command lines in it; 0 for a line left open. */
  readonly answers: number;
}

/** An answer comes within 300 ms (both commands, and the AT manual §1); thrice that. */
const ANSWER_MS = 1_000;
/** A line left open is left alone for so long before the CR: a module that answers it has begun by then. */
const OPEN_MS = 50;
/** After the last answer: what belongs to it follows within a USB latency timer (16 ms). */
const QUIET_MS = 20;

const lineEnd = Buffer.from('\r');

/** What bytes did to a module. */
export interface Survival {
  /** Why it is not alive: what became of the `AT`; undefined when that was answered OK. */
  readonly dead: string | undefined;
  /** Whether the bytes were answered by OK alone, as a save is: they may have changed something then. */
  readonly accepted: boolean;
}

/** What the module did instead of answering. */
const silences = {
  answers: 'an answer was lost',
  restarted: 'the module restarted',
  silent: 'the module is silent',
};

const isBareOk = ({ lines }: Transcript): boolean =>
  lines.some(({ data }) => data === 'OK') && !lines.some(({ data }) => data.startsWith('+QDMPCFG'));

/**
 * Sends bytes as they are, ends them with a lone CR where they leave the line open, and asks `AT` once the line is
 * idle (clause ERR-ALIVE).
 * @throws what is not the module's silence: the port gone, the test ended
 */
export async function aliveAfter(
  module: Pick<TestModule, 'at' | 'transmit'>,
  { bytes, answers }: RawInput,
): Promise<Survival> {
  let accepted = false;
  try {
    const quietMs = answers === 0 ? OPEN_MS : QUIET_MS;
    const input = Buffer.from(bytes, 'latin1');
    const heard = [await module.transmit(input, { finals: answers, quietMs, deadlineMs: ANSWER_MS })];
    if (answers === 0) {
      heard.push(await module.transmit(lineEnd, { finals: 1, quietMs: QUIET_MS, deadlineMs: ANSWER_MS }));
    }
    accepted = heard.some(isBareOk);
    const { final } = await module.at('AT');
    return { dead: final.kind === 'OK' ? undefined : `AT was answered ${final.text}`, accepted };
  } catch (error) {
    if (!isSilence(error)) throw error;
    return { dead: silences[await revive(module, error)], accepted };
  }
}
