import { escapeBytes } from '../../base/escape.ts';
import { type Decoded, kindOf, type Message } from './codec.ts';
import { type CoapOption, option, optionName } from './options.ts';

const names: Readonly<Record<string, string>> = {
  '0.00': 'Empty',
  '0.01': 'GET',
  '0.02': 'POST',
  '0.03': 'PUT',
  '0.04': 'DELETE',
  '2.01': 'Created',
  '2.02': 'Deleted',
  '2.04': 'Changed',
  '2.05': 'Content',
  '4.00': 'Bad Request',
  '4.01': 'Unauthorized',
  '4.02': 'Bad Option',
  '4.03': 'Forbidden',
  '4.04': 'Not Found',
  '4.05': 'Method Not Allowed',
  '4.12': 'Precondition Failed',
  '4.13': 'Request Entity Too Large',
  '5.00': 'Internal Server Error',
  '5.03': 'Service Unavailable',
  '5.05': 'Proxying Not Supported',
};

/** A code with its name, if it has one: `2.01 Created`. */
export const codeText = (code: string): string => (names[code] ? `${code} ${names[code]}` : code);

/** The longest value that is shown whole, bytes: an endpoint name fits, a long payload is cut. */
const MAX_SHOWN = 255;

const bytesText = (bytes: Uint8Array): string =>
  bytes.length > MAX_SHOWN
    ? `${escapeBytes(bytes.subarray(0, MAX_SHOWN))}… (${bytes.length} bytes)`
    : escapeBytes(bytes);

const numberOptions = new Set<number>([
  option.uriPort,
  option.contentFormat,
  14,
  option.accept,
  option.block2,
  option.block1,
  option.size1,
]);

const optionText = ({ number, value }: CoapOption): string =>
  numberOptions.has(number) && value.length <= 4
    ? `${optionName(number)}=${value.reduce((sum, byte) => sum * 256 + byte, 0)}`
    : `${optionName(number)}=${bytesText(value)}`;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** More options than any DM client sends; further ones are only counted. */
const MAX_OPTIONS = 16;

function messageText(message: Message): string {
  const pieces = [message.type, codeText(message.code), `id=${message.messageId}`];
  if (message.token.length > 0) pieces.push(`token=${hex(message.token)}`);
  pieces.push(...message.options.slice(0, MAX_OPTIONS).map(optionText));
  if (message.options.length > MAX_OPTIONS)
    pieces.push(`and ${message.options.length - MAX_OPTIONS} options`);
  if (kindOf(message) !== 'empty' && message.payload.length > 0)
    pieces.push(`payload=${bytesText(message.payload)}`);
  return pieces.join(' ');
}

/** A datagram on one line: escaped, and at most a few thousand characters long. */
export const summarize = (decoded: Decoded, bytes: Uint8Array): string =>
  'message' in decoded
    ? messageText(decoded.message)
    : `malformed (${decoded.malformed}), ${bytes.length} bytes: ${bytesText(bytes)}`;
