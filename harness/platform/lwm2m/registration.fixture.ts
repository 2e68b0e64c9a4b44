import { request, type RequestDetails } from '../coap/coap-client.fixture.ts';
import type { Message } from '../coap/codec.ts';
import { option } from '../coap/options.ts';
import { encrypt, keysOf } from './secret.ts';

export const APP_KEY = 'M100000089';
export const PASSWORD = 'a-password';
export const IMEI = '863703030822519';

/** An endpoint name of the three-part generation. `last` is the DM version in `ep`, `****` in `epi`. */
export const endpointName = (last: string, password = PASSWORD, letter = 'I', imei = IMEI): string =>
  `${letter}@#@${encrypt(keysOf(password)[0]!, `${imei}-****-460001234567890-${last}`)}@#@${APP_KEY}`;

/** The registration that MTK's client sends (CMDMP.md §1.3). */
export const registerRequest = (details: RequestDetails = {}): Message =>
  request('0.02', '/rd', {
    query: [`ep=${endpointName('v2.0')}`, 'b=U', 'lt=86400'],
    payload: '</>;rt="oma.lwm2m",</0/0>',
    contentFormat: 40,
    ...details,
  });

/** The location in a 2.01 response, with slashes. */
export const locationOf = ({ options }: Message): string =>
  options
    .filter(({ number }) => number === option.locationPath)
    .map(({ value }) => `/${Buffer.from(value).toString('latin1')}`)
    .join('');
