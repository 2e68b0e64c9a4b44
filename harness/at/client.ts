import { HilError, messageOf } from '../base/error.ts';
import type { AtClient, SendOptions, Transcript } from './at-client.ts';
import { type Call, openCall } from './call.ts';
import { endError } from './end-error.ts';
import type { Exchange, Unanswered } from './exchange.ts';
import { exchangeTurn } from './exchange-turn.ts';
import { type IdleWait, waitForIdle } from './idle.ts';
import { AtLine } from './line.ts';
import type { LineSetup } from './reception.ts';
import { createReporting, type DisturbanceOf } from './reporting.ts';
import { createTopic } from './topic.ts';
import { transmitTurn, type Until } from './transmit-turn.ts';
import type { Stop, Turn } from './turns.ts';

export interface AtClientOptions extends LineSetup {
  /** The emulated module's own account of its delays; absent on other boards. */
  readonly disturbanceOf?: DisturbanceOf;
}

/**
 * The AT line of an open port. It reads from now on, so make it before the board is powered. `nextStep` (settle.ts) has
 * the rule about answers that come after their command was given up.
 * @returns the client; its errors carry the last bytes on the wire, sent and received
 */
export function createAtClient({ disturbanceOf, ...setup }: AtClientOptions): AtClient {
  const line = new AtLine(setup);
  const idleWaits = new Set<IdleWait>();
  const noteFailure = (error: unknown): void =>
    line.note({ kind: 'listener-failed', text: messageOf(error) });
  const exchanges = createTopic<Exchange>(0, noteFailure);
  const unanswered = createTopic<Unanswered>(0, noteFailure);
  const reporting = createReporting(setup.clock, disturbanceOf, (exchange) => exchanges.publish(exchange));
  let numbers = 0;
  let closed = false;

  const stopIdle = (stop: Stop): void => {
    for (const wait of [...idleWaits]) wait.stop(stop);
  };
  const stopAll = (stop: Stop): void => {
    line.turns.stopAll(stop);
    stopIdle(stop);
  };
  // Subscribed before any other listener: when the others hear of a boot, nothing is pending any more.
  line.boots.subscribe(({ expected }) => stopIdle({ reason: 'boot', expected }));
  const forgetPort = setup.port.onGone((error) => stopAll({ reason: 'gone', error }));

  const refusal = (signal: AbortSignal | undefined): HilError | undefined => {
    const { gone, path } = setup.port;
    const wait = { what: 'a call', path, deadlineMs: 0, wire: line.wire() };
    if (gone) return endError({ reason: 'gone', error: gone }, wait);
    if (closed) return closedError(path);
    return signal?.aborted ? endError({ reason: 'abort', cause: signal.reason }, wait) : undefined;
  };

  /** Queues the turn of a call, or rejects the call at once. */
  const enqueue = <T>(turnCall: TurnCall<T>): Promise<T> => {
    let turn: Turn | undefined;
    const call = openCall<T>(
      turnCall.signal,
      (cause) => turn?.stop({ reason: 'abort', cause }),
      turnCall.api,
    );
    const refused = turnCall.mistake ?? refusal(turnCall.signal);
    if (refused) call.reject(refused);
    else line.turns.take((turn = turnCall.turn(call)));
    return call.promise;
  };

  function send(command: string, options: SendOptions = {}): Promise<Exchange> {
    return enqueue<Exchange>({
      api: send,
      signal: options.signal,
      mistake: commandMistake(command),
      turn: (call) =>
        exchangeTurn({
          line,
          command,
          options,
          call,
          nextNumber: () => ++numbers,
          completed: (exchange, lateEnd) => {
            call.resolve(exchange);
            reporting.completed(exchange, lateEnd);
          },
          unanswered: (found) => reporting.inTurn(() => unanswered.publish(found)),
        }),
    });
  }

  function transmit(bytes: Uint8Array, until: Until): Promise<Transcript> {
    return enqueue<Transcript>({
      api: transmit,
      signal: until.signal,
      turn: (call) => transmitTurn(line, bytes, until, call),
    });
  }

  function idle(quietMs: number, deadlineMs: number, signal?: AbortSignal): Promise<void> {
    const call = openCall<void>(signal, (cause) => own.stop({ reason: 'abort', cause }), idle);
    const refused = refusal(signal);
    if (refused) {
      call.reject(refused);
      return call.promise;
    }
    const own: IdleWait = waitForIdle(line, quietMs, deadlineMs, call, () => idleWaits.delete(own));
    idleWaits.add(own);
    return call.promise;
  }

  return {
    send,
    transmit,
    idle,
    expectBoot: () => line.expectBoot(),
    onUnsolicited: (listener) => line.unsolicited.subscribe(listener),
    onStray: (listener) => line.stray.subscribe(listener),
    onBoot: (listener) => line.boots.subscribe(listener),
    onExchange: (listener) => exchanges.subscribe(listener),
    onUnanswered: (listener) => unanswered.subscribe(listener),
    reported: () => reporting.reported(),
    close() {
      if (closed) return;
      closed = true;
      forgetPort();
      stopAll({ reason: 'closed' });
      line.close();
    },
  };
}

interface TurnCall<T> {
  readonly api: (...parameters: never[]) => unknown;
  readonly signal: AbortSignal | undefined;
  readonly mistake?: HilError | undefined;
  readonly turn: (call: Call<T>) => Turn;
}

/** @returns USAGE for text that is not one command line of one character a byte (latin1), else undefined */
function commandMistake(command: string): HilError | undefined {
  if (!/[\r\n]|[^\u0000-\u00ff]/.test(command)) return undefined;
  return new HilError('USAGE', 'a command is one line, one character a byte (latin1)', {
    remedy: 'encode other text as UTF-8 bytes first; use transmit for more than one line',
  });
}

const closedError = (path: string): HilError =>
  new HilError('PORT_CLOSED', `the AT client of ${path} is closed`, {
    remedy: 'make a new client each time the port is opened, and close it last',
  });
