import { type Cancel, toMs } from '../base/clock.ts';
import { isHilError } from '../base/error.ts';
import type { SendOptions } from './at-client.ts';
import type { Call } from './call.ts';
import { type CommandTurn, createTurn, type Task } from './command-turn.ts';
import { addDebt, markAnswered } from './debt.ts';
import { endError } from './end-error.ts';
import type { Exchange, Unanswered } from './exchange.ts';
import {
  advanceLife,
  type End,
  type Life,
  type LifeEffect,
  type LifeEvent,
  newLife,
} from './exchange-life.ts';
import type { LateEnd } from './late-end.ts';
import { type LatenessWatch, watchLateness } from './lateness.ts';
import type { AtLine, Sent } from './line.ts';
import { atDeadline } from './timers.ts';
import { times } from './times.ts';
import { timingOf, wireMs } from './timing.ts';

interface ExchangeOrder {
  readonly line: AtLine;
  readonly command: string;
  readonly options: SendOptions;
  readonly call: Pick<Call<never>, 'reject'>;
  readonly nextNumber: () => number;
  /** `lateEnd`: what became of the LF, if the final result came without it. */
  readonly completed: (exchange: Exchange, lateEnd?: Promise<LateEnd>) => void;
  /** Is called if the command was given up at its deadline. */
  readonly unanswered: (unanswered: Unanswered) => void;
}

/**
 * The turn of one exchange. Writes the command, passes each event to the exchange's life (`exchange-life.ts`), and
 * performs the effects.
 */
export function exchangeTurn(order: ExchangeOrder): CommandTurn {
  const { line, command, options, call } = order;
  const { clock, port } = line.setup;
  const deadlineMs = options.deadlineMs ?? times.answerMs;
  const bytes = Buffer.from(command + (options.terminator ?? '\r'), 'latin1');
  let life: Life = newLife(command);
  let sent: Sent | undefined;
  let number = 0;
  let lateness: LatenessWatch | undefined;
  let cancelDeadline: Cancel = () => {};
  let stopListening: () => void = () => {};

  const handle = (event: LifeEvent): void => {
    const step = advanceLife(life, event, line.surroundings);
    life = step.life;
    for (const effect of step.effects) perform(effect);
  };

  const perform = (effect: LifeEffect): void => {
    switch (effect.kind) {
      case 'unsolicited':
        return line.unsolicited.publish(effect.line);
      case 'stray':
        return line.publishStray(effect.line);
      case 'boot-text':
        return line.takeBootText(effect.line);
      case 'ended':
        return end(effect.end);
    }
  };

  const end = (how: End): void => {
    cancelDeadline();
    const latenessMs = how.reason === 'final' ? (lateness?.of(how.at) ?? 0) : 0;
    lateness?.stop();
    stopListening();
    if (how.reason === 'final') completeWith(how, latenessMs);
    else failWith(how);
    turn.done();
  };

  const completeWith = (how: Extract<End, { reason: 'final' }>, latenessMs: number): void => {
    line.endBooting();
    line.debt = markAnswered(line.debt);
    if (!sent) return;
    const exchange = exchangeOf(life, how, { number, command, sent, latenessMs, line });
    order.completed(exchange, life.released && line.lateEnds.next(life.released.late));
  };

  const failWith = (how: Exclude<End, { reason: 'final' }>): void => {
    const givenUpAt = clock.now();
    if (sent) line.debt = addDebt(line.debt, command, 1, givenUpAt);
    const what = line.shown(command);
    call.reject(endError(how, { what, path: port.path, deadlineMs, wire: line.wire() }));
    if (sent && how.reason === 'deadline') {
      const waitedMs = toMs(givenUpAt - sent.at) - wireMs(sent.bytes, port.baud);
      order.unanswered({ command, sentAt: sent.at, givenUpAt, waitedMs });
    }
  };

  const task: Task = {
    command,
    deadlineMs,
    settleMs: Math.min(deadlineMs, times.settleMs),
    start() {
      number = order.nextNumber();
      const watch = watchLateness(clock);
      lateness = watch;
      stopListening = line.onChunk(({ at }) => watch.arrived(at));
      sent = line.write(bytes);
      cancelDeadline = atDeadline(clock, deadlineMs, () =>
        handle({ kind: 'end', end: { reason: 'deadline' } }),
      );
      sent.done.then(
        (at) => handle({ kind: 'written', at }),
        (error: unknown) => {
          if (isHilError(error)) handle({ kind: 'end', end: { reason: 'gone', error } });
        },
      );
    },
    frame: handle,
    stop: (stop) => handle({ kind: 'end', end: stop }),
  };
  const turn = createTurn(line, call, task);
  return turn;
}

interface Facts {
  readonly number: number;
  readonly command: string;
  readonly sent: Sent;
  readonly latenessMs: number;
  readonly line: AtLine;
}

function exchangeOf(
  life: Life,
  how: Extract<End, { reason: 'final' }>,
  { number, command, sent, latenessMs, line }: Facts,
): Exchange {
  return {
    number,
    command,
    raw: life.raw,
    echoed: life.echoed,
    echoEnd: life.echoed ? life.echoEnd : 0,
    information: life.information,
    final: how.final,
    unsolicited: life.unsolicited,
    timing: timingOf({
      sentAt: sent.at,
      sentBytes: sent.bytes,
      callbackAt: life.callbackAt,
      answeredAt: life.answeredAt ?? how.at,
      endedAt: how.at,
      answerBytes: life.raw.length - life.echoBytes,
      baud: line.setup.port.baud,
      latenessMs,
      adapter: line.setup.port.adapter,
    }),
    trace: [sent.trace, line.lastTrace],
  };
}
