import { getWhole } from '../coap/blocks.ts';
import type { Message } from '../coap/codec.ts';
import { option, uintOf } from '../coap/options.ts';
import type { GetOptions, Requester } from '../coap/requester.ts';
import type { ReadResult } from './events.ts';
import type { Registration } from './registry.ts';
import { decrypt, type SecretKey } from './secret.ts';
import { findResource } from './tlv.ts';

/** The object with the values that AT+QDMPCFGEX saved (CMDMP.md §1.5). */
const DEVICE_INFO_OBJECT = 666;

/** The resources that stand for a field of AT+QDMPCFGEX: appInfo to location. */
export const deviceInfoResources: readonly number[] = [
  6602, 6603, 6604, 6605, 6606, 6607, 6608, 6609, 6610, 6611, 6612, 6613, 6614,
];

/**
 * Reads one resource of the device's object 666.
 * @param key the key that the device registered with
 * @throws ABORTED, PLATFORM_CLOSED
 */
export async function readResource(
  requester: Requester,
  {
    registration,
    resource,
    key,
  }: { registration: Registration; resource: number; key: SecretKey | undefined },
  options: GetOptions,
): Promise<ReadResult> {
  const path = `/${DEVICE_INFO_OBJECT}/0/${resource}`;
  const outcome = await getWhole((getOptions) => requester.get(registration.peer, path, getOptions), options);
  if (typeof outcome === 'string') return { outcome };
  if ('malformed' in outcome) return { outcome: 'malformed', reason: outcome.malformed };
  return resultFrom(outcome, resource, key);
}

/** The Content-Formats of TLV: in DMP, and in older clients (CMDMP.md §1.5). Any other format is read as text. */
const tlvFormats = new Set<number | undefined>([11542, 1542]);

export function resultFrom(response: Message, resource: number, key: SecretKey | undefined): ReadResult {
  if (!response.code.startsWith('2.')) return { outcome: 'refused', code: response.code };
  const isTlv = tlvFormats.has(uintOf(response.options, option.contentFormat));
  const value = isTlv ? findResource(response.payload, resource) : response.payload;
  if (!value) return { outcome: 'malformed', reason: `no resource ${resource} in the TLV` };
  const raw = Buffer.from(value).toString('latin1');
  const clear = key && decrypt(key, raw);
  const text = clear && decodeUtf8(clear);
  if (!key || text === undefined) return { outcome: 'undecryptable', raw };
  return { outcome: 'value', text, raw, keyForm: key.form };
}

/** Decodes UTF-8 text; undefined for any other bytes, which is what a wrong key gives. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}
