import type { Message } from './codec.ts';
import { option, uintOf } from './options.ts';
import type { GetOptions, GetOutcome } from './requester.ts';

/** More than any value of object 666 needs: 255 bytes are 344 in base64 (CMDMP.md §1.5). */
const MOST_BYTES = 4_096;

/** A response whose payload came whole or was put together from blocks; or why it could not be. */
type WholeOutcome = GetOutcome | { readonly torn: string };

/**
 * Gets a resource, block after block where the client sends blocks (RFC 7959 §2.4).
 * @param get one GET; the deadline is each block's own
 */
export async function getWhole(
  get: (options: GetOptions) => Promise<GetOutcome>,
  options: GetOptions,
): Promise<WholeOutcome> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let response = await get(options);
  for (let number = 0; ; number++) {
    if (typeof response === 'string') return response;
    const block = blockOf(response);
    if (!block && number === 0) return response;
    if (!response.code.startsWith('2.')) return response;
    if (block?.number !== number) return { torn: `block ${block?.number ?? 'none'} instead of ${number}` };
    parts.push(response.payload);
    bytes += response.payload.length;
    if (bytes > MOST_BYTES) return { torn: `more than ${MOST_BYTES} bytes` };
    if (!block.more) return { ...response, payload: Buffer.concat(parts) };
    response = await get({ ...options, block2: (number + 1) * 16 + block.sizeExponent });
  }
}

/** The Block2 option of a response: number, whether more follow, SZX (RFC 7959 §2.2). */
function blockOf(response: Message): { number: number; more: boolean; sizeExponent: number } | undefined {
  const value = uintOf(response.options, option.block2);
  if (value === undefined) return undefined;
  return { number: Math.floor(value / 16), more: (value & 8) !== 0, sizeExponent: value & 7 };
}
