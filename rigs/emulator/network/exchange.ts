import type { Cancel } from '../base/clock.ts';
import { coapCode, type CoapMessage, isResponse } from './coap.ts';
import type { NetworkTime } from './network-time.ts';

export type Outcome = CoapMessage | 'reset' | 'timeout';

interface ExchangeParts {
  readonly request: CoapMessage;
  readonly time: NetworkTime;
  /** T, the response timeout compiled into the client, s. */
  readonly timeoutS: number;
  readonly transmit: (request: CoapMessage) => void;
  /** Called once; never after `cancel`. */
  readonly onEnd: (outcome: Outcome) => void;
}

/** MAX_RETRANSMIT 4 (RFC 7252 §4.8). */
const TRANSMISSIONS = 5;
/** A 4.01 after the third transmission ends the exchange (CMDMP.md §2.3). */
const UNAUTHORIZED_TRANSMISSIONS = 3;

/**
 * One confirmable request until its end, as in the CIS core (CMDMP.md §2.3). The wait after a transmission begins
 * with T and doubles, without a random factor. An empty ACK, or a response with another token, stops the
 * retransmission and adds T to the current wait; a 4.01 adds T and does not stop it.
 */
export class Exchange {
  readonly #parts: ExchangeParts;
  #sent = 0;
  #deadline: number;
  #acknowledged = false;
  /** The transmission whose wait a 4.01 has extended. */
  #unauthorized = 0;
  #timer: Cancel | undefined;

  /** Sends the request at once. */
  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.#deadline = parts.time.now();
    this.#transmit();
  }

  hasToken(token: Buffer): boolean {
    return token.equals(this.#parts.request.token);
  }

  /** Handles a message from the server; one that does not belong to this request changes nothing. */
  handle(message: CoapMessage): void {
    const answers = isResponse(message) && this.hasToken(message.token);
    const separate = message.type === 'CON' || message.type === 'NON';
    if (!separate && message.id !== this.#parts.request.id) return;
    if (message.type === 'RST') this.#end('reset');
    else if (answers) this.#handleAnswer(message);
    else if (!separate) this.#handleAck();
  }

  cancel(): void {
    this.#timer?.();
  }

  #transmit(): void {
    this.#sent += 1;
    this.#wait(this.#parts.timeoutS * 2 ** (this.#sent - 1));
    this.#parts.transmit(this.#parts.request);
  }

  /** Counts from the deadline before, so that late timers do not add up. */
  #wait(seconds: number): void {
    this.#timer?.();
    this.#deadline += seconds;
    this.#timer = this.#parts.time.at(this.#deadline, () => this.#onDeadline());
  }

  #onDeadline(): void {
    if (this.#acknowledged || this.#sent === TRANSMISSIONS) this.#end('timeout');
    else this.#transmit();
  }

  #handleAck(): void {
    if (this.#acknowledged) return;
    this.#acknowledged = true;
    this.#wait(this.#parts.timeoutS);
  }

  #handleAnswer(response: CoapMessage): void {
    if (response.code !== coapCode.unauthorized || this.#sent === UNAUTHORIZED_TRANSMISSIONS) {
      this.#end(response);
    } else if (this.#unauthorized !== this.#sent) {
      this.#unauthorized = this.#sent;
      this.#wait(this.#parts.timeoutS);
    }
  }

  #end(outcome: Outcome): void {
    this.cancel();
    this.#parts.onEnd(outcome);
  }
}
