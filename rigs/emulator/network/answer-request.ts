import type { ClientPlan } from './client-plan.ts';
import {
  coapCode,
  type CoapMessage,
  type CoapOption,
  coapOption,
  textsOf,
  uintOf,
  uintOption,
} from './coap.ts';
import { tlvResource } from './tlv.ts';

/** The response to a request, without its id and token. */
export interface Reply {
  readonly code: number;
  readonly options: readonly CoapOption[];
  readonly payload: Buffer;
}

/** Content formats: text and opaque (RFC 7252 §12.3), TLV of LwM2M. */
const TEXT = 0;
const OPAQUE = 42;
const TLV = 11542;

/** The size exponent of Block2 for the 512 bytes of the CIS core (CMDMP.md §1.5). */
const LARGEST_EXPONENT = 5;

/** The critical options that are supported; another one is an error (RFC 7252 §5.4.1). */
const knownOptions: readonly number[] = [
  coapOption.uriHost,
  coapOption.uriPort,
  coapOption.uriPath,
  coapOption.uriQuery,
  coapOption.accept,
  coapOption.block2,
];

/** Answers a request of the platform. It can read object 666 instance 0, whole or one resource (CMDMP.md §1.5). */
export function answerRequest(request: CoapMessage, plan: ClientPlan): Reply {
  if (request.options.some(({ number }) => number % 2 === 1 && !knownOptions.includes(number))) {
    return emptyReply(coapCode.badOption);
  }
  const path = textsOf(request, coapOption.uriPath);
  if (plan.refusesDeviceInfo && path[0] === '666') return emptyReply(coapCode.methodNotAllowed);
  const resources = findResources(path, plan);
  if (!resources) return emptyReply(coapCode.notFound);
  if (request.code !== coapCode.get) return emptyReply(coapCode.methodNotAllowed);
  const format = uintOf(request, coapOption.accept) ?? (resources.single ? TEXT : TLV);
  const payload = encodeResources(resources, format);
  return payload ? replyInBlocks(request, format, payload) : emptyReply(coapCode.notAcceptable);
}

const emptyReply = (code: number): Reply => ({ code, options: [], payload: Buffer.alloc(0) });

interface Resources {
  /** Encrypted values, by resource. */
  readonly values: readonly (readonly [resource: number, value: string])[];
  readonly single: boolean;
}

/** The resources at a path; undefined: there are none. */
function findResources(
  path: readonly string[],
  { deviceInfo, encodeDeviceInfo }: ClientPlan,
): Resources | undefined {
  const [object, instance, resource, ...more] = path;
  if (!deviceInfo || object !== '666' || instance !== '0' || more.length > 0) return undefined;
  const wanted = [...deviceInfo].filter(([id]) => resource === undefined || resource === String(id));
  const values = wanted.map(([id, clear]) => [id, encodeDeviceInfo(clear)] as const);
  return values.length > 0 ? { values, single: resource !== undefined } : undefined;
}

/** Encodes resources in a content format; undefined: they cannot be encoded in it. */
function encodeResources({ values, single }: Resources, format: number): Buffer | undefined {
  if (format === TLV) {
    return Buffer.concat(values.map(([id, value]) => tlvResource(id, Buffer.from(value, 'latin1'))));
  }
  const [first] = values;
  const plain = single && (format === TEXT || format === OPAQUE);
  return plain && first ? Buffer.from(first[1], 'latin1') : undefined;
}

/** The whole payload, or the requested or first block of it (RFC 7959 §2.4). */
function replyInBlocks(request: CoapMessage, format: number, payload: Buffer): Reply {
  const requested = uintOf(request, coapOption.block2);
  const exponent = Math.min((requested ?? LARGEST_EXPONENT) & 7, LARGEST_EXPONENT);
  const size = 2 ** (exponent + 4);
  const contentFormat = uintOption(coapOption.contentFormat, format);
  if (requested === undefined && payload.length <= size) {
    return { code: coapCode.content, options: [contentFormat], payload };
  }
  // A larger size is reduced to ours, but the block number counts blocks of the requested size.
  const start = ((requested ?? 0) >>> 4) * 2 ** (((requested ?? LARGEST_EXPONENT) & 7) + 4);
  if (start >= payload.length) return emptyReply(coapCode.badOption);
  const more = start + size < payload.length ? 8 : 0;
  const block = uintOption(coapOption.block2, ((start / size) << 4) | more | exponent);
  return {
    code: coapCode.content,
    options: [contentFormat, block],
    payload: payload.subarray(start, start + size),
  };
}
