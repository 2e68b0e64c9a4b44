import type { Message } from '../coap/codec.ts';
import {
  badOptionText,
  type CoapOption,
  findBadOption,
  hasReservedBlockSize,
  isForProxy,
  option,
  textsOf,
  uintOf,
  uintOption,
} from '../coap/options.ts';
import type { Peer } from '../coap/peer.ts';
import {
  type ReceivedRequest,
  type RequestHandler,
  type Responder,
  type ResponseParts,
  sendAnswer,
} from '../coap/reply.ts';
import type { Answer, Script } from '../coap/script.ts';
import { applyGrant } from './apply-grant.ts';
import { type CredentialBook, isRefusal, type Refusal } from './credentials.ts';
import type { Endpoint } from './endpoint-name.ts';
import type { EventBody, RequestFacts, Step } from './events.ts';
import type { Registry } from './registry.ts';
import { judgeRequest, queryValue, type Ruling, stepOf, successCode } from './rules.ts';

interface RequestContext {
  readonly book: CredentialBook;
  readonly registry: Registry;
  readonly scripts: Readonly<Record<Step, Script<Answer>>>;
  now(): bigint;
  readonly emit: (peer: Peer, body: EventBody) => void;
}

export function createRequestHandler(context: RequestContext): RequestHandler {
  const { book, registry, scripts, emit } = context;

  const judge = (request: RequestFacts, message: ReceivedRequest): Ruling => {
    const refusal = optionRefusal(message.options) ?? (message.bodyTooLarge ? tooLarge : undefined);
    if (refusal) return { step: request.step, refusal };
    return judgeRequest(request, { book, find: (at) => registry.find(at, context.now()) });
  };

  /** Responds to a request when the response is due, and emits the event when it has been sent. */
  function responderFor(ruling: Ruling, code: string, peer: Peer, request: RequestFacts): Responder {
    let event: EventBody;
    const refuse = ({ code, reason, options = [] }: Refusal): ResponseParts => {
      event = { type: 'refused', step: request.step, code, reason };
      return { code, options, payload: '' };
    };
    return {
      respond() {
        if ('refusal' in ruling && ruling.refusal.code === code) return refuse(ruling.refusal);
        if ('refusal' in ruling || code !== successCode[ruling.step]) {
          return refuse({ code, reason: 'by the script' });
        }
        const effect = applyGrant(ruling, { peer, objects: request.payload }, registry, context.now());
        if (!effect)
          return refuse({ code: '4.04', reason: 'the registration was removed before the answer was due' });
        event = effect.event;
        return effect.response;
      },
      onSent: () => emit(peer, event),
    };
  }

  return (peer, message, tools) => {
    const request = factsOf(message);
    const { step } = request;
    emit(peer, { type: 'requested', request, endpoint: endpointOf(request, book) });
    const ruling = judge(request, message);
    // RFC 7252 §5.4.1: a non-confirmable request with a bad option is rejected, here by silence.
    if ('refusal' in ruling && ruling.refusal.code === '4.02' && message.type === 'NON') return;
    const answer = scripts[step].next();
    const withheld = withheldHow(answer);
    if (withheld) emit(peer, { type: 'unanswered', step, how: withheld });
    const code = codeOf(ruling, answer);
    const responder = withheld ? responderWithoutEffect(code) : responderFor(ruling, code, peer, request);
    sendAnswer(answer, message, responder, tools);
  };
}

/** The largest body of RFC 7252 §4.6, bytes: no client has to send a larger one. */
const MAX_BODY = 1_024;

/** RFC 7252 §5.9.2.9: the response says how large a body may be. */
const tooLarge: Refusal = {
  code: '4.13',
  reason: 'the body is too large',
  options: [uintOption(option.size1, MAX_BODY)],
};

/** Refuses a request for its options, before the rules see it. */
function optionRefusal(options: readonly CoapOption[]): Refusal | undefined {
  // RFC 7959 §2.2.
  if (hasReservedBlockSize(options)) return { code: '4.00', reason: 'a block option of reserved size' };
  const bad = findBadOption(options);
  if (bad) return { code: '4.02', reason: badOptionText(bad) };
  // RFC 7252 §5.10.2.
  return isForProxy(options) ? { code: '5.05', reason: 'the platform is no proxy' } : undefined;
}

const codeOf = (ruling: Ruling, answer: Answer): string => {
  if ('code' in answer && answer.code !== undefined) return answer.code;
  return 'refusal' in ruling ? ruling.refusal.code : successCode[ruling.step];
};

/** How the script withholds a usable response; undefined if it does not. */
function withheldHow(answer: Answer): Answer['how'] | 'wrong-token' | undefined {
  if (answer.how !== 'piggybacked' && answer.how !== 'separate') return answer.how;
  return answer.token === 'wrong' ? 'wrong-token' : undefined;
}

/** A response that the client cannot match to its request, so it changes nothing here. */
const responderWithoutEffect = (code: string): Responder => ({
  respond: () => ({ code, options: [], payload: '' }),
  onSent: () => undefined,
});

function endpointOf(request: RequestFacts, book: CredentialBook): Endpoint | undefined {
  const name = queryValue(request, request.step === 'register' ? 'ep' : 'epi');
  const endpoint = name === undefined ? undefined : book.authenticate(name);
  return endpoint && !isRefusal(endpoint) ? endpoint : undefined;
}

const methods: Readonly<Record<string, string>> = {
  '0.01': 'GET',
  '0.02': 'POST',
  '0.03': 'PUT',
  '0.04': 'DELETE',
};

function factsOf(message: Message): RequestFacts {
  const method = methods[message.code] ?? message.code;
  // A slash inside a segment does not separate segments (RFC 7252 §6.5).
  const segments = textsOf(message.options, option.uriPath).map((one) => one.replaceAll('/', '%2F'));
  const path = `/${segments.join('/')}`;
  return {
    step: stepOf(method, path),
    method,
    path,
    query: textsOf(message.options, option.uriQuery),
    contentFormat: uintOf(message.options, option.contentFormat),
    payload: Buffer.from(message.payload).toString('latin1'),
    messageId: message.messageId,
  };
}
