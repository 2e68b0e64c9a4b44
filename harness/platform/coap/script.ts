/**
 * How a request is answered. `code` replaces the code that the rules give. A request takes effect only if its
 * success code is sent with the right token. `delayMs` is the time before the answer; in a separate answer, the
 * time between the empty ACK and the response.
 */
export type Answer =
  | {
      readonly how: 'piggybacked';
      readonly code?: string;
      readonly delayMs?: number;
      readonly token?: 'right' | 'wrong';
      /** How many times the same answer is sent; by default once. */
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

/** How a client's separate response to a read is answered. The platform answers nothing else in a read. */
export type ReadAnswer =
  | { readonly how: 'acknowledge'; readonly delayMs?: number; readonly copies?: number }
  | { readonly how: 'silence' }
  | { readonly how: 'reset' };

export interface Script<A> {
  /** Sets the answer from now on, until it is changed. Drops what is left of `times`. */
  always(answer: A): void;
  /**
   * Sets the answer for the next `times` requests; then the answer before holds again. A retransmission is no new
   * request.
   */
  times(times: number, answer: A): void;
  /** Takes the answer for a request that has just been received. */
  next(): A;
}

export function createScript<A>(normal: A): Script<A> {
  let standing = normal;
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

/** The code that the rules give, at once. */
export const normalAnswer: Answer = { how: 'piggybacked' };

export const normalReadAnswer: ReadAnswer = { how: 'acknowledge' };
