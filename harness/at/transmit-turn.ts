import type { Cancel } from '../base/clock.ts';
import type { AtClient, Transcript } from './at-client.ts';
import type { Call } from './call.ts';
import { classify, pendingCommand } from './classify.ts';
import { type CommandTurn, createTurn, type Task } from './command-turn.ts';
import { addDebt } from './debt.ts';
import { endError } from './end-error.ts';
import type { Line } from './exchange.ts';
import { maxAnswerBytes } from './exchange-life.ts';
import type { Frame } from './framer.ts';
import { latin1 } from './latin1.ts';
import type { AtLine, Sent } from './line.ts';
import { atDeadline, whenQuiet } from './timers.ts';
import { times } from './times.ts';

export type Until = Parameters<AtClient['transmit']>[1];

/**
 * Sends bytes as they are and keeps what comes back. Unsolicited lines are also published; the transcript holds every
 * line. No more than the first `maxAnswerBytes` are kept.
 */
export function transmitTurn(
  line: AtLine,
  bytes: Uint8Array,
  until: Until,
  call: Call<Transcript>,
): CommandTurn {
  const { clock, port } = line.setup;
  const text = latin1(bytes);
  const pending = pendingCommand(text.replace(/[\r\n]+$/, ''));
  const lines: Line[] = [];
  let received = '';
  let finals = 0;
  let sent: Sent | undefined;
  let cancelDeadline: Cancel = () => {};
  let cancelQuiet: Cancel = () => {};
  let stopListening: () => void = () => {};

  const over = (): void => {
    cancelDeadline();
    cancelQuiet();
    stopListening();
    if (finals < until.finals) line.debt = addDebt(line.debt, text, until.finals - finals, clock.now());
    turn.done();
  };

  const complete = (): void => {
    call.resolve({ sent: text, received, lines, finals, trace: [sent?.trace ?? 0, lastTrace()] });
    over();
  };

  const lastTrace = (): number => Math.max(sent?.trace ?? 0, line.lastTrace);

  /** Counts quiet from the write at the earliest. */
  const awaitQuiet = (): void => {
    if (sent) cancelQuiet = whenQuiet(line.silence, until.quietMs, sent.at, complete);
  };

  const take = ({ line: found, released }: Extract<Frame, { kind: 'line' }>): void => {
    if (received.length <= maxAnswerBytes) lines.push(found);
    const { is } = classify(found.data, { ...line.surroundings, pending });
    if (is === 'unsolicited') line.unsolicited.publish(found);
    else if (is === 'boot') line.takeBootText(found);
    else if (is === 'final') {
      if (released) void line.lateEnds.next(released.late);
      if (++finals === until.finals) awaitQuiet();
    }
  };

  const task: Task = {
    command: text,
    deadlineMs: until.deadlineMs,
    settleMs: times.settleMs,
    start() {
      stopListening = line.onChunk((chunk) => {
        if (received.length < maxAnswerBytes) received += latin1(chunk.bytes);
      });
      sent = line.write(bytes);
      cancelDeadline = atDeadline(clock, until.deadlineMs, complete);
      // A port that is gone stops the turn.
      sent.done.catch(() => {});
      if (until.finals === 0) awaitQuiet();
    },
    frame(frame) {
      if (frame.kind === 'line') take(frame);
    },
    stop(stop) {
      const what = line.shown(text);
      call.reject(endError(stop, { what, path: port.path, deadlineMs: until.deadlineMs, wire: line.wire() }));
      over();
    },
  };
  const turn = createTurn(line, call, task);
  return turn;
}
