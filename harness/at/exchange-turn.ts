import { type Cancel, toMs } from '../base/clock.ts';
import { isHilError } from '../base/error.ts';
import type { SendOptions } from './at-client.ts';
import type { Call } from './call.ts';
import { type CommandTurn, createTurn, type Errand } from './command-turn.ts';
import { heard, owe } from './debt.ts';
import { endError } from './end-error.ts';
import type { Exchange, Unanswered } from './exchange.ts';
import { type End, type Life, type LifeEffect, type LifeEvent, live, newLife } from './exchange-life.ts';
import type { LateEnd } from './late-end.ts';
import { type LatenessWatch, watchLateness } from './lateness.ts';
import type { AtLine, Sent } from './line.ts';
import { atDeadline } from './timers.ts';
import { times } from './times.ts';
import { timingOf, wireMs } from './timing.ts';

/** What a command's turn is made of. */
interface ExchangeOrder {
  readonly line: AtLine;
  readonly command: string;
  readonly options: SendOptions;
  readonly call: Pick<Call<never>, 'reject'>;
  /** Numbers the exchange when it is sent. */
  readonly nextNumber: () => number;
  /** `lateEnd`: what became of the LF, where the final result came without. */
  readonly completed: (exchange: Exchange, lateEnd?: Promise<LateEnd>) => void;
  /** It was given up at its deadline. */
  readonly unanswered: (unanswered: Unanswered) => void;
}

/**
 * The interpreter of an exchange's life (`exchange-life.ts`): arms the waiter, writes, starts the clock; does
 * what the transitions ask for.
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

  const happen = (event: LifeEvent): void => {
    const step = live(life, event, line.surroundings);
    life = step.life;
    for (const effect of step.effects) perform(effect);
  };

  const perform = (effect: LifeEffect): void => {
    switch (effect.kind) {
      case 'unsolicited':
        return line.unsolicited.publish(effect.line);
      case 'stray':
        return line.strayed(effect.line);
      case 'boot-text':
        return line.bootText(effect.line);
      case 'ended':
        return end(effect.end);
    }
  };

  const end = (how: End): void => {
    cancelDeadline();
    const latenessMs = how.reason === 'final' ? (lateness?.of(how.at) ?? 0) : 0;
    lateness?.stop();
    stopListening();
    if (how.reason === 'final') answered(how, latenessMs);
    else unanswered(how);
    turn.done();
  };

  const answered = (how: Extract<End, { reason: 'final' }>, latenessMs: number): void => {
    line.answered();
    line.debt = heard(line.debt);
    if (!sent) return;
    const exchange = exchangeOf(life, how, { number, command, sent, latenessMs, line });
    order.completed(exchange, life.released && line.lateEnds.next(life.released.late));
  };

  const unanswered = (how: Exclude<End, { reason: 'final' }>): void => {
    const givenUpAt = clock.now();
    if (sent) line.debt = owe(line.debt, command, 1, givenUpAt);
    const what = line.shown(command);
    call.reject(endError(how, { what, path: port.path, deadlineMs, wire: line.wire() }));
    if (sent && how.reason === 'deadline') {
      const waitedMs = toMs(givenUpAt - sent.at) - wireMs(sent.bytes, port.baud);
      order.unanswered({ command, sentAt: sent.at, givenUpAt, waitedMs });
    }
  };

  const errand: Errand = {
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
        happen({ kind: 'end', end: { reason: 'deadline' } }),
      );
      sent.done.then(
        (at) => happen({ kind: 'written', at }),
        (error: unknown) => {
          if (isHilError(error)) happen({ kind: 'end', end: { reason: 'gone', error } });
        },
      );
    },
    frame: happen,
    stop: (stop) => happen({ kind: 'end', end: stop }),
  };
  const turn = createTurn(line, call, errand);
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
