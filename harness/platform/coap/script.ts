/**
 * How a request is answered. `code` stands in place of the code the rules give; a registration, an update or
 * a deregistration takes effect only when its own success code goes out with the right token.
 * `delayMs` is the time before the answer, or, in a separate one, between the empty ACK and the response.
 */
export type Answer =
  | {
      readonly how: 'piggybacked';
      readonly code?: string;
      readonly delayMs?: number;
      readonly token?: 'right' | 'wrong';
      /** How often the same answer is sent; 1 unless told. */
      readonly copies?: number;
    }
  | {
      /** An empty ACK, then the response as a confirmable message of its own (RFC 7252 §5.2.2). */
      readonly how: 'separate';
      readonly code?: string;
      readonly delayMs?: number;
      readonly token?: 'right' | 'wrong';
    }
  | { readonly how: 'silence' }
  | { readonly how: 'empty-ack'; readonly delayMs?: number }
  | { readonly how: 'reset'; readonly delayMs?: number };

/** What a client's separate response to a read gets: the only thing the platform answers in a read. */
export type ReadAnswer =
  | { readonly how: 'acknowledge'; readonly delayMs?: number; readonly copies?: number }
  | { readonly how: 'silence' }
  | { readonly how: 'reset' };

/** The answers to be given at one step. */
export interface Script<A> {
  /** From now on, until changed. Forgets what `times` left over. */
  always(answer: A): void;
  /** For the next `times` requests; a retransmission is no new request. Then as before. */
  times(times: number, answer: A): void;
  /** The answer for the request that has just come. */
  next(): A;
}

export function createScript<A>(usual: A): Script<A> {
  let standing = usual;
  let queue: A[] = [];
  return {
    always(answer) {
      standing = answer;
      queue = [];
    },
    times(times, answer) {
      queue.push(...Array.from({ length: times }, () => answer));
    },
    next: () => queue.shift() ?? standing,
  };
}

/** As the rules say, at once. */
export const byTheRules: Answer = { how: 'piggybacked' };

/** What the rules give a client's separate response, at once. */
export const acknowledged: ReadAnswer = { how: 'acknowledge' };
