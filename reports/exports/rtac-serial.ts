/** Events of LINKTYPE_RTAC_SERIAL (Wireshark, packet-rtacser.c). The trace has the start of what is sent and the end of what comes. */
export const rtacEvents = { status: 0x00, sendingBegins: 0x01, receivingEnds: 0x04 } as const;

/**
 * A piece of a serial line: 12 bytes of seconds, microseconds, event and control lines, then the data. The control lines
 * are 0: the trace does not have them.
 * @param ns Unix time
 */
export function rtacSerial(ns: bigint, event: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32BE(Number((ns / 1_000_000_000n) & 0xffff_ffffn), 0);
  head.writeUInt32BE(Number((ns % 1_000_000_000n) / 1_000n), 4);
  head.writeUInt8(event, 8);
  return Buffer.concat([head, data]);
}
