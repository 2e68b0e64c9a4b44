/** Blocks of a pcapng file (IETF draft-ietf-opsawg-pcapng), little-endian, times in ns. */

/** LINKTYPE_RTAC_SERIAL: what comes over a serial line, after a head of 12 bytes (tcpdump.org/linktypes.html). */
export const LINKTYPE_RTAC_SERIAL = 250;
/** LINKTYPE_RAW: begins with the IP header. */
export const LINKTYPE_RAW = 101;

const padded = (bytes: Uint8Array): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

function option(code: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, padded(value)]);
}

const END_OF_OPTIONS = Buffer.alloc(4);

function block(type: number, body: Uint8Array): Buffer {
  const whole = Buffer.alloc(12 + body.length);
  whole.writeUInt32LE(type, 0);
  whole.writeUInt32LE(whole.length, 4);
  whole.set(body, 8);
  whole.writeUInt32LE(whole.length, whole.length - 4);
  return whole;
}

/** The first block of a file. */
export function sectionHeader(application: string): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  body.writeBigInt64LE(-1n, 8);
  return block(0x0a0d0d0a, Buffer.concat([body, option(4, Buffer.from(application)), END_OF_OPTIONS]));
}

/** Interfaces are numbered from 0 in the order of these blocks. */
export function interfaceBlock(linkType: number, name: string): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(linkType, 0);
  const nanoseconds = option(9, Buffer.of(9));
  return block(1, Buffer.concat([body, option(2, Buffer.from(name)), nanoseconds, END_OF_OPTIONS]));
}

interface Packet {
  readonly interface: number;
  /** Unix time, ns. */
  readonly ns: bigint;
  readonly bytes: Uint8Array;
  readonly comment?: string;
}

/** Bytes of a comment; an option's length has 16 bits. */
const MOST_COMMENT = 4_000;

export function packetBlock({ interface: number, ns, bytes, comment }: Packet): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32LE(number, 0);
  head.writeUInt32LE(Number(ns >> 32n), 4);
  head.writeUInt32LE(Number(ns & 0xffff_ffffn), 8);
  head.writeUInt32LE(bytes.length, 12);
  head.writeUInt32LE(bytes.length, 16);
  const options =
    comment === undefined ? [] : [option(1, Buffer.from(comment).subarray(0, MOST_COMMENT)), END_OF_OPTIONS];
  return block(6, Buffer.concat([head, padded(bytes), ...options]));
}
