/** Bits 7 and 6 of an entry's first byte (LwM2M 1.0 §6.4.3): 11 is a resource with a value. */
const RESOURCE = 0xc0;
const WIDE_ID = 0x20;

/** One resource as an entry of OMA-TLV, with its id and length in the fewest bytes. */
export function tlvResource(id: number, value: Buffer): Buffer {
  const idBytes = id < 0x100 ? [id] : [id >> 8, id & 0xff];
  const { bits, bytes } = lengthField(value.length);
  const first = RESOURCE | (idBytes.length > 1 ? WIDE_ID : 0) | bits;
  return Buffer.concat([Buffer.from([first, ...idBytes, ...bytes]), value]);
}

/** Bits 4 and 3: the number of length bytes; a length below 8 is in bits 2 to 0. */
function lengthField(length: number): { bits: number; bytes: readonly number[] } {
  if (length < 8) return { bits: length, bytes: [] };
  if (length < 0x100) return { bits: 1 << 3, bytes: [length] };
  return { bits: 2 << 3, bytes: [length >> 8, length & 0xff] };
}
