import type { CoapMessage } from './coap.ts';
import type { NetworkTime } from './network-time.ts';

/** EXCHANGE_LIFETIME, s (RFC 7252 §4.8.2). */
const LIFETIME_S = 247;
/** More than a server sends within that time. */
const LIMIT = 64;

interface Entry {
  readonly until: number;
  readonly reply: CoapMessage;
}

/** The replies to the server's confirmable messages: a duplicate gets the same reply (RFC 7252 §4.5). */
export class RequestCache {
  readonly #time: NetworkTime;
  #kept: ReadonlyMap<number, Entry> = new Map();

  constructor(time: NetworkTime) {
    this.#time = time;
  }

  /** The reply to the message with this id; undefined: it is no duplicate. */
  find(id: number): CoapMessage | undefined {
    const kept = this.#kept.get(id);
    return kept && kept.until > this.#time.now() ? kept.reply : undefined;
  }

  keep(id: number, reply: CoapMessage): void {
    const now = this.#time.now();
    const current = [...this.#kept].filter(([other, { until }]) => until > now && other !== id);
    this.#kept = new Map([...current.slice(1 - LIMIT), [id, { until: now + LIFETIME_S, reply }]]);
  }
}
