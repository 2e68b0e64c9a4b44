import type { Bench } from '../../bc26/bench.ts';
import { isSilence, probe } from '../../bc26/probe.ts';
import type { Input, Line } from './input-log.ts';

/** Three times the limit for an answer, 300 ms (both commands, and the AT manual §1). */
const ANSWER_MS = 1_000;
/** How long the line may take to settle after an unanswered command (`at/settle.ts`), and `AT` to be answered. */
const ALIVE_MS = 5_000;
const QUIET_MS = 20;

/** One line, ended by CR: it is given as a command, so that it is judged and followed as any other. */
const oneLine = /^([^\r\n]+)\r$/;

/** Gives an input once more, alone. Whether it is answered does not matter. @throws errors that are not silence */
export async function giveAgain(line: Line, { bytes }: Input): Promise<void> {
  const command = oneLine.exec(bytes)?.[1];
  try {
    if (command !== undefined) await line.at(command, { deadlineMs: ANSWER_MS });
    else {
      // A lone CR ends a line that was left open, as clause ERR-ALIVE has it.
      const ended = /[\r\n]$/.test(bytes) ? bytes : `${bytes}\r`;
      const until = { finals: 1, quietMs: QUIET_MS, deadlineMs: ANSWER_MS };
      await line.transmit(Buffer.from(ended, 'latin1'), until);
    }
  } catch (error) {
    if (!isSilence(error)) throw error;
  }
}

/**
 * Whether the module answers: two `AT`, since the first may be lost (BC26.md §8), and a reading command where the two
 * commands alone had fallen silent.
 */
export async function isAlive(
  { at }: Pick<Bench, 'at'>,
  asks: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const answers = async (command?: string): Promise<boolean> =>
    (await probe(at, ALIVE_MS, signal, command)).kind === 'answered';
  if (!(await answers()) && !(await answers())) return false;
  return asks === undefined || answers(asks);
}
