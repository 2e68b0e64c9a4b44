import type { Peer } from '../coap/peer.ts';
import type { Answer } from '../coap/script.ts';
import type { Endpoint } from './endpoint-name.ts';
import type { Registration } from './registry.ts';
import type { KeyForm } from './secret.ts';

/** What a client asks of the platform; `other` is no part of the protocol. */
export type Step = 'register' | 'update' | 'deregister' | 'other';

/** A request as it came. Texts hold one character a byte (latin1), unescaped: escape them to show them. */
export interface RequestFacts {
  readonly step: Step;
  readonly method: string;
  /** With slashes: `/rd`. */
  readonly path: string;
  /** The Uri-Query options, in order. */
  readonly query: readonly string[];
  readonly contentFormat: number | undefined;
  readonly payload: string;
  readonly messageId: number;
}

/** What came of reading a resource. Texts of `clear` and `raw` hold one character a byte (latin1). */
export type ReadResult =
  /** A value, decrypted (UTF-8), as AT+QDMPCFGEX saved it; `NULL` where it was never set. */
  | { readonly outcome: 'value'; readonly text: string; readonly raw: string; readonly keyForm: KeyForm }
  /** A value that the registration's key does not decrypt. */
  | { readonly outcome: 'undecryptable'; readonly raw: string }
  /** The client answered with an error; 4.04: it has no such resource, or no object 666 at all. */
  | { readonly outcome: 'refused'; readonly code: string }
  /** An answer that is no value: TLV cut short, blocks out of order. */
  | { readonly outcome: 'malformed'; readonly reason: string }
  | { readonly outcome: 'reset' }
  | { readonly outcome: 'silent' };

export type EventBody =
  /** A request has come (its copies are no new request); before anything else is said of it. */
  | { readonly type: 'requested'; readonly request: RequestFacts; readonly endpoint: Endpoint | undefined }
  | { readonly type: 'registered'; readonly registration: Registration }
  /** `endpoint` is what the update said of itself; undefined when it came without `epi`. */
  | {
      readonly type: 'updated';
      readonly registration: Registration;
      readonly endpoint: Endpoint | undefined;
    }
  | { readonly type: 'deregistered'; readonly registration: Registration }
  /** An answer other than the step's success went out, by the rules or by the script. */
  | {
      readonly type: 'refused';
      readonly step: Step;
      readonly code: string;
      readonly reason: string;
    }
  /** By the script no usable response went out. */
  | { readonly type: 'unanswered'; readonly step: Step; readonly how: Answer['how'] | 'wrong-token' }
  /** A resource of object 666 was asked for; what came of it. */
  | {
      readonly type: 'read';
      readonly registration: Registration;
      readonly resource: number;
      readonly result: ReadResult;
    }
  /** The operating system took a datagram of ours not, or the socket has a fault. */
  | { readonly type: 'undelivered'; readonly reason: string };

/** What suites wait for: numbered from 1, stamped (monotonic ns), with the peer it is about. */
export type PlatformEvent = EventBody & {
  readonly number: number;
  readonly at: bigint;
  readonly peer: Peer;
};
