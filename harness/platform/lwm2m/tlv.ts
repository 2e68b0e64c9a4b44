/** An entry of OMA-TLV (LwM2M 1.0 §6.4.3). */
interface TlvEntry {
  readonly kind: 'object instance' | 'resource instance' | 'multiple resource' | 'resource';
  readonly id: number;
  readonly value: Uint8Array;
}

const kinds: readonly TlvEntry['kind'][] = [
  'object instance',
  'resource instance',
  'multiple resource',
  'resource',
];

/** The entries at the top level of a TLV text, in order; undefined if it is cut short. */
export function parseTlv(bytes: Uint8Array): TlvEntry[] | undefined {
  const entries: TlvEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const type = bytes[at]!;
    const idLength = type & 0x20 ? 2 : 1;
    // Bits 4 and 3: bytes of the length field. If there is none, bits 2 to 0 are the length.
    const lengthLength = (type >> 3) & 3;
    const head = 1 + idLength + lengthLength;
    if (at + head > bytes.length) return undefined;
    const id = uintOfBytes(bytes.subarray(at + 1, at + 1 + idLength));
    const length = lengthLength === 0 ? type & 7 : uintOfBytes(bytes.subarray(at + 1 + idLength, at + head));
    const end = at + head + length;
    if (end > bytes.length) return undefined;
    entries.push({ kind: kinds[type >> 6]!, id, value: bytes.subarray(at + head, end) });
    at = end;
  }
  return entries;
}

const uintOfBytes = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

/** The value of a resource in a TLV text, at the top or inside an object instance; undefined if it is missing. */
export function findResource(bytes: Uint8Array, resource: number): Uint8Array | undefined {
  for (const { kind, id, value } of parseTlv(bytes) ?? []) {
    if (kind === 'resource' && id === resource) return value;
    if (kind !== 'object instance') continue;
    const inside = parseTlv(value)?.find((one) => one.kind === 'resource' && one.id === resource);
    if (inside) return inside.value;
  }
  return undefined;
}
