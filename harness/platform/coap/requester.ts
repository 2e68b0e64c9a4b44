import type { Cancel, Clock } from '../../base/clock.ts';
import type { HilError } from '../../base/error.ts';
import type { Message } from './codec.ts';
import {
  badOptionText,
  type CoapOption,
  findBadResponseOption,
  option,
  textOption,
  uintOption,
} from './options.ts';
import type { Outbox } from './outbox.ts';
import { type Peer, peerText } from './peer.ts';
import { aborted, platformClosed } from './platform-errors.ts';
import { type Random, randomBytes } from './random.ts';

/** RFC 7252 §4.8.2, MAX_TRANSMIT_WAIT: the longest wait for an answer. A module in power saving sends none. */
const MAX_TRANSMIT_WAIT_MS = 93_000;

/** Bytes. RFC 7252 §5.3.1 allows 0 to 8; the known clients use four (CMDMP.md §1.3). */
const TOKEN_LENGTH = 4;

export interface GetOptions {
  /** Limit for the whole exchange; by default 93,000 ms (MAX_TRANSMIT_WAIT). */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** The value of the Block2 option: the block to request and its size (RFC 7959 §2.2). */
  readonly block2?: number;
}

/** The result of a GET: the response, why it cannot be used, a Reset, or no answer before the deadline. */
export type GetOutcome = Message | { readonly malformed: string } | 'reset' | 'silent';

/** Sends requests to the module: here the platform is the client. */
export interface Requester {
  /**
   * Sends a confirmable GET.
   * @param path with slashes: `/666/0/6602`
   * @throws ABORTED by the signal, PLATFORM_CLOSED when the platform is closed
   */
  get(peer: Peer, path: string, options?: GetOptions): Promise<GetOutcome>;
  /** Takes a response, piggybacked or separate. Returns whether it answers an open request and is accepted. */
  takeResponse(peer: Peer, message: Message): boolean;
  close(): void;
}

interface OpenRequest {
  readonly peer: Peer;
  readonly messageId: number;
  readonly settle: (outcome: GetOutcome) => void;
  readonly fail: (error: HilError) => void;
}

export function createRequester(tools: {
  outbox: Outbox;
  clock: Clock;
  random: Random;
  nextMessageId(): number;
}): Requester {
  const byToken = new Map<string, OpenRequest>();
  let closed = false;

  function get(
    peer: Peer,
    path: string,
    { deadlineMs = MAX_TRANSMIT_WAIT_MS, signal, block2 }: GetOptions = {},
  ): Promise<GetOutcome> {
    const what = `reading ${path}`;
    return new Promise((resolve, reject) => {
      if (closed) return reject(platformClosed(what));
      if (signal?.aborted) return reject(aborted(what, signal));
      const token = randomBytes(tools.random, TOKEN_LENGTH);
      const messageId = tools.nextMessageId();
      const ends: Cancel[] = [];
      const end = (): void => {
        byToken.delete(keyOf(token));
        ends.forEach((cancel) => cancel());
      };
      const settle = (outcome: GetOutcome): void => {
        end();
        resolve(outcome);
      };
      const fail = (error: HilError): void => {
        end();
        reject(error);
      };
      const onAbort = (): void => fail(aborted(what, signal));
      byToken.set(keyOf(token), { peer, messageId, settle, fail });
      signal?.addEventListener('abort', onAbort, { once: true });
      ends.push(() => signal?.removeEventListener('abort', onAbort));
      ends.push(tools.clock.after(deadlineMs, () => settle('silent')));
      ends.push(
        tools.outbox.deliver(
          peer,
          {
            type: 'CON',
            code: '0.01',
            messageId,
            token,
            options: getOptions(path, block2),
            payload: new Uint8Array(),
          },
          // After an empty ACK the response comes as a message of its own (RFC 7252 §5.2.2).
          (delivery) => delivery !== 'acknowledged' && settle(delivery),
        ),
      );
    });
  }

  return {
    get,
    takeResponse(peer, message) {
      const open = byToken.get(keyOf(message.token));
      if (!open || peerText(open.peer) !== peerText(peer)) return false;
      // RFC 7252 §5.3.2: a piggybacked response has to match in its message id, too.
      if (message.type === 'ACK' && message.messageId !== open.messageId) return false;
      const bad = findBadResponseOption(message.options);
      open.settle(bad ? { malformed: badOptionText(bad) } : message);
      return !bad;
    },
    close() {
      closed = true;
      [...byToken.values()].forEach(({ fail }) => fail(platformClosed('reading from the module')));
    },
  };
}

const keyOf = (token: Uint8Array): string => Buffer.from(token).toString('hex');

const getOptions = (path: string, block2: number | undefined): CoapOption[] => [
  ...path
    .split('/')
    .slice(1)
    .map((segment) => textOption(option.uriPath, segment)),
  ...(block2 === undefined ? [] : [uintOption(option.block2, block2)]),
];
