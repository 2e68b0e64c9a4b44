import { HilError } from '../base/error.ts';
import type { Call } from './call.ts';
import { mayFollow } from './debt.ts';
import { endError } from './end-error.ts';
import type { Frame } from './framer.ts';
import type { AtLine } from './line.ts';
import { settle, type Settling, type Unsettled } from './settle.ts';
import type { Stop, Turn } from './turns.ts';

/** What a turn is about, once the line is sure. */
export interface Errand {
  /** Text of what is sent, without its terminator, latin1. */
  readonly command: string;
  readonly deadlineMs: number;
  /** How long making sure of the line may take. */
  readonly settleMs: number;
  /** Sends it and waits; ends by `done`. */
  start(): void;
  frame(frame: Frame): void;
  /** Cut short: the call has been rejected, or is by this. */
  stop(stop: Stop): void;
}

/** A turn: first it is made sure that the line owes nothing, then the errand is run. */
export interface CommandTurn extends Turn {
  /** The errand is done: the line is free. */
  done(): void;
}

/** @param call is rejected when the turn ends before its errand has begun */
export function createTurn(line: AtLine, call: Pick<Call<never>, 'reject'>, errand: Errand): CommandTurn {
  let state: 'waiting' | 'settling' | 'running' | 'over' = 'waiting';
  let settling: Settling | undefined;
  const what = line.shown(errand.command);

  const over = (): void => {
    if (state === 'over') return;
    state = 'over';
    settling?.cancel();
    line.turns.leave(turn);
  };

  const run = (): void => {
    state = 'running';
    errand.start();
  };

  const settled = (problem?: Unsettled): void => {
    if (!problem) return run();
    call.reject(unsettledError(line, what, problem));
    over();
  };

  const turn: CommandTurn = {
    begin() {
      if (mayFollow(line.debt, errand.command)) return run();
      state = 'settling';
      settling = settle(line, errand.settleMs, settled);
    },
    frame(frame) {
      if (state === 'settling') settling?.frame(frame);
      else errand.frame(frame);
    },
    stop(stop) {
      if (state === 'over') return;
      if (state === 'running') return errand.stop(stop);
      call.reject(
        endError(stop, {
          what,
          path: line.setup.port.path,
          deadlineMs: errand.deadlineMs,
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
    return new HilError('LINE_NOT_IDLE', `${what} was not sent: the line of ${path} does not fall silent`, {
      wire,
      remedy: 'look at the trace for what the module goes on sending',
    });
  }
  const owed = line.debt.commands.map((command) => line.shown(command)).join(', ') || 'AT';
  return new HilError(
    'AT_TIMEOUT',
    `${what} was not sent: the module on ${path} still owes the answer to ${owed}, and answers no AT`,
    { wire, remedy: 'the module is silent, asleep or stuck: reboot it' },
  );
}
