import type { Reply } from './answer-request.ts';
import {
  type CoapMessage,
  type CoapOption,
  coapOption,
  decodeCoap,
  emptyMessage,
  encodeCoap,
  isRequest,
  isResponse,
  textOption,
  uintOption,
} from './coap.ts';
import { Exchange, type Outcome } from './exchange.ts';
import type { Address, Datagrams, OpenSocket } from './loopback-socket.ts';
import type { NetworkTime } from './network-time.ts';
import { RequestCache } from './request-cache.ts';

interface ConnectionParts {
  readonly server: Address;
  readonly time: NetworkTime;
  readonly openSocket: OpenSocket;
  /** Whether the radio has a network now. */
  readonly hasCoverage: () => boolean;
  /** Returns the next message id, 0 to 65535. */
  readonly nextId: () => number;
  /** T, s. */
  readonly timeoutS: () => number;
  readonly answer: (request: CoapMessage) => Reply;
  readonly onOpen: () => void;
  /** The socket could not be opened, or is lost. */
  readonly onFailed: () => void;
}

export interface Request {
  readonly code: number;
  readonly path: readonly string[];
  readonly query?: readonly string[];
  readonly contentFormat?: number;
  readonly payload?: string;
}

/** The client's messages to and from one server, over a socket of its own; ends with `close`. */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #socket: Datagrams;
  readonly #answered: RequestCache;
  #exchange: Exchange | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#answered = new RequestCache(parts.time);
    this.#socket = parts.openSocket({
      opened: parts.onOpen,
      failed: parts.onFailed,
      arrived: (bytes, from) => this.#handleDatagram(bytes, from),
    });
  }

  get isBusy(): boolean {
    return this.#exchange !== undefined;
  }

  /** Sends a confirmable request; a new one cancels the one before (NSTART 1, RFC 7252 §4.7). */
  request(request: Request, onEnd: (outcome: Outcome) => void): void {
    this.#exchange?.cancel();
    this.#exchange = new Exchange({
      request: this.#messageOf(request),
      time: this.#parts.time,
      timeoutS: this.#parts.timeoutS(),
      transmit: (message) => this.#send(message),
      onEnd: (outcome) => {
        this.#exchange = undefined;
        onEnd(outcome);
      },
    });
  }

  /** Sends a request once, without waiting for a response. */
  sendOnce(request: Request): void {
    this.#send(this.#messageOf(request));
  }

  close(): void {
    this.#exchange?.cancel();
    this.#exchange = undefined;
    this.#socket.close();
  }

  #messageOf({ code, path, query = [], contentFormat, payload = '' }: Request): CoapMessage {
    const id = this.#parts.nextId();
    const options: CoapOption[] = path.map((segment) => textOption(coapOption.uriPath, segment));
    if (contentFormat !== undefined) options.push(uintOption(coapOption.contentFormat, contentFormat));
    options.push(...query.map((item) => textOption(coapOption.uriQuery, item)));
    return { type: 'CON', code, id, token: this.#newToken(id), options, payload: Buffer.from(payload) };
  }

  /** Message id, then the low 16 bits of the clock, as in MTK's client (CMDMP.md §1.3). */
  #newToken(id: number): Buffer {
    const token = Buffer.alloc(4);
    token.writeUInt16LE(id, 0);
    token.writeUInt16LE(Math.floor(this.#parts.time.now()) & 0xffff, 2);
    return token;
  }

  #send(message: CoapMessage): void {
    if (this.#parts.hasCoverage()) this.#socket.send(encodeCoap(message), this.#parts.server);
  }

  #handleDatagram(bytes: Buffer, from: Address): void {
    const { server, hasCoverage } = this.#parts;
    if (from.address !== server.address || from.port !== server.port || !hasCoverage()) return;
    const message = decodeCoap(bytes);
    if (!message) return;
    const again = message.type === 'CON' ? this.#answered.find(message.id) : undefined;
    if (again) this.#send(again);
    else if (isRequest(message)) this.#handleRequest(message);
    else this.#handleResponse(message);
  }

  /** A message that is not a request and belongs to no exchange is refused (RFC 7252 §4.2, §5.3.2). */
  #handleResponse(message: CoapMessage): void {
    const { type, id } = message;
    if (type !== 'CON') {
      this.#exchange?.handle(message);
      return;
    }
    const reply = emptyMessage(this.#isAwaited(message) ? 'ACK' : 'RST', id);
    this.#answered.keep(id, reply);
    // First, because the end of the exchange may close the socket.
    this.#send(reply);
    this.#exchange?.handle(message);
  }

  #isAwaited(message: CoapMessage): boolean {
    return isResponse(message) && (this.#exchange?.hasToken(message.token) ?? false);
  }

  /** The answer to a confirmable request is in its ACK, any other in a message of its own (RFC 7252 §5.2). */
  #handleRequest(request: CoapMessage): void {
    if (request.type !== 'CON' && request.type !== 'NON') return;
    const reply: CoapMessage = {
      ...this.#parts.answer(request),
      type: request.type === 'CON' ? 'ACK' : 'NON',
      id: request.type === 'CON' ? request.id : this.#parts.nextId(),
      token: request.token,
    };
    if (request.type === 'CON') this.#answered.keep(request.id, reply);
    this.#send(reply);
  }
}
