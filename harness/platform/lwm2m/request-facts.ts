import type { Message } from '../coap/codec.ts';
import { option, texts, uintOf } from '../coap/options.ts';
import type { RequestFacts } from './events.ts';
import { stepOf } from './rules.ts';

const methods: Readonly<Record<string, string>> = {
  '0.01': 'GET',
  '0.02': 'POST',
  '0.03': 'PUT',
  '0.04': 'DELETE',
};

/** What a request says, in the platform's words. */
export function requestFacts(message: Message): RequestFacts {
  const method = methods[message.code] ?? message.code;
  // A slash inside a segment is none of the path's own (RFC 7252 §6.5).
  const segments = texts(message.options, option.uriPath).map((one) => one.replaceAll('/', '%2F'));
  const path = `/${segments.join('/')}`;
  return {
    step: stepOf(method, path),
    method,
    path,
    query: texts(message.options, option.uriQuery),
    contentFormat: uintOf(message.options, option.contentFormat),
    payload: Buffer.from(message.payload).toString('latin1'),
    messageId: message.messageId,
  };
}
