import { HilError } from '../base/error.ts';
import type { Call } from './call.ts';
import { maySend } from './debt.ts';
import { endError } from './end-error.ts';
import type { Frame } from './framer.ts';
import type { AtLine } from './line.ts';
import { settle, type Settling, type Unsettled } from './settle.ts';
import type { Stop, Turn } from './turns.ts';

/** What a turn does once the line owes no answer. */
export interface Task {
  /** The text that is sent, without its terminator, latin1. */
  readonly command: string;
  readonly deadlineMs: number;
  readonly settleMs: number;
  /** Sends the command; ends with a call of `CommandTurn.done`. */
  start(): void;
  frame(frame: Frame): void;
  /** Ends the started task early and rejects its call. */
  stop(stop: Stop): void;
}

/** A turn of two steps: the line is settled, then the task runs. Neither begins while an answer has not ended (`late-end.ts`). */
export interface CommandTurn extends Turn {
  /** Ends the turn: the line is free. */
  done(): void;
}

/** @param call is rejected if the turn ends before its task has started */
export function createTurn(line: AtLine, call: Pick<Call<never>, 'reject'>, task: Task): CommandTurn {
  let state: 'waiting' | 'held back' | 'settling' | 'running' | 'over' = 'waiting';
  let settling: Settling | undefined;
  const what = line.shown(task.command);

  const over = (): void => {
    if (state === 'over') return;
    state = 'over';
    settling?.cancel();
    line.turns.leave(turn);
  };

  /** In a task of its own if it has to wait: the frames of the chunk that ends the wait are handed out first. */
  const onceAnswerEnded = (act: () => void): void => {
    const { heldBack } = line.lateEnds;
    if (!heldBack) return act();
    state = 'held back';
    void heldBack.then(() => {
      if (state === 'held back') act();
    });
  };

  const run = (): void => {
    state = 'running';
    task.start();
  };

  const begin = (): void => {
    if (maySend(line.debt, task.command)) return run();
    state = 'settling';
    settling = settle(line, task.settleMs, settled);
  };

  const settled = (problem?: Unsettled): void => {
    if (!problem) return onceAnswerEnded(run);
    call.reject(unsettledError(line, what, problem));
    over();
  };

  const turn: CommandTurn = {
    begin: () => onceAnswerEnded(begin),
    frame(frame) {
      if (state === 'held back') line.takeUnclaimed(frame);
      else if (state === 'settling') settling?.frame(frame);
      else task.frame(frame);
    },
    stop(stop) {
      if (state === 'over') return;
      if (state === 'running') return task.stop(stop);
      call.reject(
        endError(stop, {
          what,
          path: line.setup.port.path,
          deadlineMs: task.deadlineMs,
          wire: line.wire(),
        }),
      );
      over();
    },
    done: over,
  };
  return turn;
}

function unsettledError(line: AtLine, what: string, problem: Unsettled): HilError {
  const { path } = line.setup.port;
  const wire = line.wire();
  if (problem === 'busy') {
    return new HilError('LINE_NOT_IDLE', `${what} was not sent: the line of ${path} does not become quiet`, {
      wire,
      remedy: 'see the trace for what the module keeps sending',
    });
  }
  const owed = line.debt.commands.map((command) => line.shown(command)).join(', ') || 'AT';
  return new HilError(
    'AT_TIMEOUT',
    `${what} was not sent: the module on ${path} still owes the answer to ${owed} and does not answer AT`,
    { wire, remedy: 'the module is silent, asleep or stuck: reboot it' },
  );
}
