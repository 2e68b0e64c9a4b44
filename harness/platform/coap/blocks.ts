import type { Message } from './codec.ts';
import { option, RESERVED_SIZE_EXPONENT, sizeExponentOf, uintOf } from './options.ts';
import type { GetOptions, GetOutcome } from './requester.ts';

/** More than any value of object 666 needs: 255 bytes are 344 in base64 (CMDMP.md §1.5). */
const MAX_BYTES = 4_096;

/** As many as `MAX_BYTES` has in the smallest blocks, of 16 bytes (RFC 7959 §2.2). */
const MAX_BLOCKS = MAX_BYTES / 16;

/**
 * Gets a complete resource. If the client answers with blocks, requests one block after the other (RFC 7959 §2.4).
 * @param get sends one GET; the deadline in `options` holds for each block
 */
export async function getWhole(
  get: (options: GetOptions) => Promise<GetOutcome>,
  options: GetOptions,
): Promise<GetOutcome> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let response = await get(options);
  for (let number = 0; ; number++) {
    if (typeof response === 'string' || 'malformed' in response) return response;
    const block = blockOf(response);
    if (!block && number === 0) return response;
    if (!response.code.startsWith('2.')) return response;
    if (block?.number !== number)
      return { malformed: `block ${block?.number ?? 'none'} instead of ${number}` };
    if (block.sizeExponent === RESERVED_SIZE_EXPONENT) return { malformed: 'a block of reserved size' };
    parts.push(response.payload);
    bytes += response.payload.length;
    if (bytes > MAX_BYTES) return { malformed: `more than ${MAX_BYTES} bytes` };
    if (!block.more) return { ...response, payload: Buffer.concat(parts) };
    if (response.payload.length === 0)
      return { malformed: `block ${number} is empty, and more are to follow` };
    if (parts.length === MAX_BLOCKS) return { malformed: `more than ${MAX_BLOCKS} blocks` };
    response = await get({ ...options, block2: (number + 1) * 16 + block.sizeExponent });
  }
}

/** The Block2 option of a response: block number, whether more blocks follow, size exponent SZX (RFC 7959 §2.2). */
function blockOf(response: Message): { number: number; more: boolean; sizeExponent: number } | undefined {
  const value = uintOf(response.options, option.block2);
  if (value === undefined) return undefined;
  return { number: Math.floor(value / 16), more: (value & 8) !== 0, sizeExponent: sizeExponentOf(value) };
}
