import { escapeBytes } from '../base/escape.ts';
import type { Transcript } from '../at/at-client.ts';
import { isSilence } from '../bc26/probe.ts';
import { maxResponseMs } from '../clauses/limits.ts';
import type { RunSoFar, TestModule } from './host.ts';
import { revive } from './revive.ts';
import type { Revived } from './revive.ts';

/** Bytes to be survived. */
export interface RawInput {
  /** One character a byte (latin1), the line end included where there is one. */
  readonly bytes: string;
  /**
   * How many final results they may bring once a CR has ended them, where that is not one: the fewest and the most, for
   * what may rightly be taken for no command line, or for two.
   */
  readonly answers?: readonly [fewest: number, most: number];
}

/** A module, and what the run sees of its line. */
interface Target {
  readonly module: Pick<TestModule, 'at' | 'transmit' | 'idle'>;
  readonly run: Pick<RunSoFar, 'lineFaults'>;
}

/** An answer comes within 300 ms (both commands, and the AT manual §1); thrice that. */
const ANSWER_MS = 1_000;
/** A line left open is left alone for so long before the CR: a module that answers it has begun by then. */
const OPEN_MS = 50;
/** After the last answer: what belongs to it follows within a USB latency timer (16 ms). */
const QUIET_MS = 20;

const lineEnd = Buffer.from('\r');
const oneAnswer = [1, 1] as const;

/** What bytes did to a module. */
export interface Survival {
  /** Why it is not alive: what became of the `AT` (clause ERR-ALIVE); undefined when that was answered OK. */
  readonly dead: string | undefined;
  /** What is wrong with the number of their answers (clause AT-ONE-FINAL). */
  readonly miscounted: readonly string[];
  /** Whether they were answered by OK alone, as a save is: they may have changed something then. */
  readonly accepted: boolean;
}

/** What came back of the bytes. */
interface Heard {
  readonly accepted: boolean;
  readonly miscounted: readonly string[];
}

/**
 * Sends bytes, ends them with a lone CR where they leave the line open, and asks `AT` once the line is idle. What is
 * one whole command line is sent as a command: so the clauses on time and framing hear of it, as of any other.
 * @throws what is not the module's silence: the port gone, the test ended
 */
export async function aliveAfter({ module, run }: Target, input: RawInput): Promise<Survival> {
  const before = surplus(run).length;
  const since = (): readonly string[] => surplus(run).slice(before);
  let heard: Heard | undefined;
  try {
    heard = isCommand(input) ? await ask(module, input) : await send(module, input);
    await module.idle(QUIET_MS, ANSWER_MS);
    const { final } = await module.at('AT');
    const dead = final.kind === 'OK' ? undefined : `AT was answered ${final.text}`;
    return { ...heard, dead, miscounted: [...heard.miscounted, ...since()] };
  } catch (error) {
    if (!isSilence(error)) throw error;
    const found = await revive(module, error);
    // A module that restarted or is silent owes no answer any more: that it is not alive says all.
    const unanswered = found === 'answers' && !heard ? [error.message] : [];
    const { accepted = false, miscounted = [] } = heard ?? {};
    return { accepted, miscounted: [...miscounted, ...unanswered, ...since()], dead: deadBy(found, heard) };
  }
}

/** @param heard undefined where the bytes themselves were not answered */
function deadBy(found: Revived, heard: Heard | undefined): string | undefined {
  if (found !== 'answers') return `the module ${found === 'silent' ? 'is silent' : 'restarted'}`;
  return heard && 'the first AT after it was not answered';
}

/** Lines that came after a final result, so far. */
const surplus = ({ lineFaults }: Pick<RunSoFar, 'lineFaults'>): readonly string[] =>
  lineFaults.filter(({ clause }) => clause === 'AT-ONE-FINAL').map(({ text }) => text);

/** One line that has to have one answer: whatever else becomes of it, it is a command. */
const isCommand = ({ bytes, answers }: RawInput): boolean => !answers && /^[^\r\n]+\r$/.test(bytes);

async function ask(module: Target['module'], { bytes }: RawInput): Promise<Heard> {
  const { final, information } = await module.at(bytes.slice(0, -1));
  return { accepted: isBareOk([final.text, ...information]), miscounted: [] };
}

async function send(module: Target['module'], { bytes, answers = oneAnswer }: RawInput): Promise<Heard> {
  const [fewest, most] = answers;
  const open = !bytes.endsWith('\r');
  // Where more answers than one may come, the next may take as long as the first.
  const ended = { finals: 1, quietMs: most > 1 ? maxResponseMs : QUIET_MS, deadlineMs: ANSWER_MS };
  const input = Buffer.from(bytes, 'latin1');
  const heard = open
    ? [
        await module.transmit(input, { finals: 0, quietMs: OPEN_MS, deadlineMs: ANSWER_MS }),
        await module.transmit(lineEnd, ended),
      ]
    : [await module.transmit(input, ended)];
  const finals = heard.reduce((sum, transcript) => sum + transcript.finals, 0);
  const right = finals >= fewest && finals <= most;
  return {
    accepted: heard.some(({ lines }) => isBareOk(lines.map(({ data }) => data))),
    miscounted: right ? [] : [`${finals} final results: ${shown(heard)}`],
  };
}

const isBareOk = (lines: readonly string[]): boolean =>
  lines.includes('OK') && !lines.some((line) => line.startsWith('+QDMPCFG'));

const shown = (heard: readonly Transcript[]): string =>
  escapeBytes(Buffer.from(heard.map(({ received }) => received).join(''), 'latin1')) || 'nothing came';
