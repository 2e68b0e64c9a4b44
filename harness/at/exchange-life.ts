import type { HilError } from '../base/error.ts';
import { classify, type LineContext, type PendingCommand, pendingCommand } from './classify.ts';
import type { FinalResult, Line } from './exchange.ts';
import type { Frame } from './framer.ts';
import { type EchoRest, matchEcho } from './match-echo.ts';

/** How an exchange ended. Only `final` is an answer. */
export type End =
  | { readonly reason: 'final'; readonly final: FinalResult; readonly at: bigint }
  /** A line or the whole answer is longer than the limit. */
  | { readonly reason: 'ran-on' }
  | { readonly reason: 'deadline' }
  | { readonly reason: 'abort'; readonly cause: unknown }
  /** The module restarted; `expected`: the boot was announced. */
  | { readonly reason: 'boot'; readonly expected: boolean }
  | { readonly reason: 'gone'; readonly error: HilError }
  | { readonly reason: 'closed' };

export type LifeEvent =
  | Frame
  | { readonly kind: 'written'; readonly at: bigint }
  | { readonly kind: 'end'; readonly end: Exclude<End, { reason: 'final' | 'ran-on' }> };

export type LifeEffect =
  | { readonly kind: 'unsolicited' | 'stray' | 'boot-text'; readonly line: Line }
  | { readonly kind: 'ended'; readonly end: End };

export interface Life {
  readonly pending: PendingCommand;
  readonly echoRest: EchoRest;
  readonly echoed: boolean;
  /** Where what has come of the echo ends in `raw`. */
  readonly echoEnd: number;
  /** Bytes of the echo and of its line end. */
  readonly echoBytes: number;
  readonly raw: string;
  /** Set when the last line was released with the CR of its line end alone (`Framer.release`). */
  readonly released: { readonly late: boolean } | undefined;
  readonly information: readonly string[];
  readonly unsolicited: readonly Line[];
  readonly callbackAt: bigint | undefined;
  /** The first sign that the module had the whole command (`timing.ts`). */
  readonly answeredAt: bigint | undefined;
  /** Once it is set, nothing changes any more. */
  readonly end: End | undefined;
}

interface LifeStep {
  readonly life: Life;
  readonly effects: readonly LifeEffect[];
}

/** What the meaning of a line depends on besides the command in flight. */
export type Surroundings = Omit<LineContext, 'pending'>;

/**
 * The longest answer, bytes. The longest correct one, `AT+QDMPCFG?`, is well under 1 KB; 64 KB take longer on the wire
 * at 115200 baud than the client waits. So only a module that sends without end reaches it.
 */
export const maxAnswerBytes = 65_536;

/** @param command without its terminator, latin1 */
export const newLife = (command: string): Life => ({
  pending: pendingCommand(command),
  echoRest: command,
  echoed: false,
  echoEnd: 0,
  echoBytes: 0,
  raw: '',
  released: undefined,
  information: [],
  unsolicited: [],
  callbackAt: undefined,
  answeredAt: undefined,
  end: undefined,
});

/**
 * An exchange's life as a transition: pure, no I/O, no timers. It ends exactly once; later events change nothing and
 * have no effect.
 */
export function advanceLife(life: Life, event: LifeEvent, surroundings: Surroundings): LifeStep {
  if (life.end) return { life, effects: [] };
  switch (event.kind) {
    case 'written':
      return { life: { ...life, callbackAt: event.at }, effects: [] };
    case 'end':
      return ended(life, event.end);
    case 'discarded':
      return discarded(life, event);
    case 'late-end':
      return bounded({ ...life, raw: life.raw + event.end, released: undefined });
    case 'blank':
      return bounded({ ...life, raw: life.raw + event.end });
    case 'line':
      return takeLine(
        { ...life, raw: life.raw + event.line.data + event.end, released: event.released },
        event,
        surroundings,
      );
  }
}

const ended = (life: Life, end: End): LifeStep => ({
  life: { ...life, end },
  effects: [{ kind: 'ended', end }],
});

const bounded = (life: Life, effects: readonly LifeEffect[] = []): LifeStep => {
  if (life.raw.length <= maxAnswerBytes) return { life, effects };
  const over = ended(life, { reason: 'ran-on' });
  return { life: over.life, effects: [...effects, ...over.effects] };
};

/** A line that is too long ends the exchange. Noise without a line end, given up before the command was sent, does not. */
const discarded = (life: Life, frame: Extract<Frame, { kind: 'discarded' }>): LifeStep =>
  frame.reason === 'too-long'
    ? ended({ ...life, raw: life.raw + frame.data }, { reason: 'ran-on' })
    : { life: { ...life, raw: life.raw + frame.data }, effects: [] };

function takeLine(life: Life, frame: Extract<Frame, { kind: 'line' }>, surroundings: Surroundings): LifeStep {
  const { line, end } = frame;
  const echo = matchEcho(line.data, life.echoRest);
  switch (echo.is) {
    case 'none':
      return classified(life, line, surroundings);
    case 'echo':
      return {
        life: {
          ...withEcho(life, echo.rest, line, line.data.length + end.length),
          echoEnd: life.raw.length - end.length,
        },
        effects: [],
      };
    case 'glued': {
      const after = withEcho(life, '', line, line.data.length - echo.line.length);
      const echoEnd = life.raw.length - end.length - echo.line.length;
      return classified({ ...after, echoEnd }, { ...line, data: echo.line }, surroundings);
    }
  }
}

/** Only the whole echo shows that the module had the whole command. */
const withEcho = (life: Life, rest: EchoRest, line: Line, bytes: number): Life => ({
  ...life,
  echoRest: rest,
  echoed: rest === '',
  echoBytes: life.echoBytes + bytes,
  answeredAt: rest === '' ? (life.answeredAt ?? line.endedAt) : life.answeredAt,
});

function classified(life: Life, line: Line, surroundings: Surroundings): LifeStep {
  const found = classify(line.data, { ...surroundings, pending: life.pending });
  const answered = { ...life, answeredAt: life.answeredAt ?? line.startedAt };
  switch (found.is) {
    case 'final':
      return ended(answered, { reason: 'final', final: found.final, at: line.endedAt });
    case 'information':
      return bounded({ ...answered, information: [...life.information, line.data] });
    case 'stray':
      return bounded(life, [{ kind: 'stray', line }]);
    case 'unsolicited':
      return bounded({ ...life, unsolicited: [...life.unsolicited, line] }, [{ kind: 'unsolicited', line }]);
    case 'boot':
      return bounded({ ...life, unsolicited: [...life.unsolicited, line] }, [{ kind: 'boot-text', line }]);
  }
}
