import type { Cancel, Clock } from '../../base/clock.ts';
import type { HilError } from '../../base/error.ts';
import type { Message } from './codec.ts';
import { type CoapOption, option, textOption, uintOption } from './options.ts';
import type { Outbox } from './outbox.ts';
import { type Peer, peerText } from './peer.ts';
import { aborted, platformClosed } from './platform-errors.ts';
import { type Random, randomBytes } from './random.ts';

/**
 * RFC 7252 §4.8.2, MAX_TRANSMIT_WAIT: the longest a sender waits for an answer. A module in power saving
 * answers nothing at all.
 */
const MAX_TRANSMIT_WAIT_MS = 93_000;

/** Eight bytes as RFC 7252 §5.3.1 has it at most; four, as the known clients have (CMDMP.md §1.3). */
const TOKEN_LENGTH = 4;

export interface GetOptions {
  /** For the whole exchange; MAX_TRANSMIT_WAIT unless told. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** The block to begin with (RFC 7959 §2.2), as the Block2 option's number. */
  readonly block2?: number;
}

/** What a GET got: the response, a Reset, or nothing in time. */
export type GetOutcome = Message | 'reset' | 'silent';

/** The platform as a client of the module. */
export interface Requester {
  /**
   * A confirmable GET.
   * @param path with slashes
   * @throws ABORTED with the signal, PLATFORM_CLOSED with the platform
   */
  get(peer: Peer, path: string, options?: GetOptions): Promise<GetOutcome>;
  /** A response has come, piggybacked or on its own. Whether somebody had asked for it. */
  responded(peer: Peer, message: Message): boolean;
  close(): void;
}

interface Open {
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
  const byToken = new Map<string, Open>();
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
        ends.forEach((one) => one());
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
          // An empty ACK leaves the response to come on its own, until the deadline (RFC 7252 §5.2.2).
          (delivery) => delivery !== 'acknowledged' && settle(delivery),
        ),
      );
    });
  }

  return {
    get,
    responded(peer, message) {
      const open = byToken.get(keyOf(message.token));
      if (!open || peerText(open.peer) !== peerText(peer)) return false;
      // RFC 7252 §5.3.2: in a piggybacked response the message id has to match, too.
      if (message.type === 'ACK' && message.messageId !== open.messageId) return false;
      open.settle(message);
      return true;
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
