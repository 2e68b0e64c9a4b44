import type { Peer } from '../coap/peer.ts';
import type { Answer } from '../coap/script.ts';
import type { Endpoint } from './endpoint-name.ts';
import type { Registration } from './registry.ts';
import type { KeyForm } from './secret.ts';

/** What a client asks of the platform; `other` is no part of the protocol. */
export type Step = 'register' | 'update' | 'deregister' | 'other';

/** A request as it was received. Texts have one character a byte (latin1); escape them before showing them. */
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

/** The result of reading a resource. `raw` is the value as received, one character a byte (latin1). */
export type ReadResult =
  /** `text` is the decrypted value (UTF-8) as AT+QDMPCFGEX saved it; `NULL` if it was never set. */
  | { readonly outcome: 'value'; readonly text: string; readonly raw: string; readonly keyForm: KeyForm }
  /** A value that the registration's key does not decrypt. */
  | { readonly outcome: 'undecryptable'; readonly raw: string }
  /** The client answered with an error. 4.04 means: no such resource, or no object 666 at all. */
  | { readonly outcome: 'refused'; readonly code: string }
  /** The answer has no value: TLV cut short, blocks out of order. */
  | { readonly outcome: 'malformed'; readonly reason: string }
  | { readonly outcome: 'reset' }
  | { readonly outcome: 'silent' };

export type EventBody =
  /** A new request was received (a copy is no new request). The first event of each request. */
  | { readonly type: 'requested'; readonly request: RequestFacts; readonly endpoint: Endpoint | undefined }
  | { readonly type: 'registered'; readonly registration: Registration }
  /** `endpoint` is the name in the update; undefined if it has no `epi`. */
  | {
      readonly type: 'updated';
      readonly registration: Registration;
      readonly endpoint: Endpoint | undefined;
    }
  | { readonly type: 'deregistered'; readonly registration: Registration }
  /** The answer was sent, and its code is not the success code of the step: by the rules or by the script. */
  | {
      readonly type: 'refused';
      readonly step: Step;
      readonly code: string;
      readonly reason: string;
    }
  /** By the script, the request gets no response that the client can use. */
  | { readonly type: 'unanswered'; readonly step: Step; readonly how: Answer['how'] | 'wrong-token' }
  | {
      readonly type: 'read';
      readonly registration: Registration;
      readonly resource: number;
      readonly result: ReadResult;
    }
  /** The operating system did not send a datagram, or the socket has an error. */
  | { readonly type: 'undelivered'; readonly reason: string };

/** An event for suites: numbered from 1, stamped (monotonic ns), with the peer that it concerns. */
export type PlatformEvent = EventBody & {
  readonly number: number;
  readonly at: bigint;
  readonly peer: Peer;
};
