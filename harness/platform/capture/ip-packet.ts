import type { Peer } from '../coap/peer.ts';

const IP_HEADER = 20;
const UDP_HEADER = 8;
const UDP_PROTOCOL = 17;
/** The default of RFC 1700. No router ever sees these packets. */
const TIME_TO_LIVE = 64;

/** Builds the IPv4 packet of a UDP datagram, with both checksums (RFC 791 §3.1, RFC 768). */
export function ipPacket(from: Peer, to: Peer, payload: Uint8Array): Buffer {
  const packet = Buffer.alloc(IP_HEADER + UDP_HEADER + payload.length);
  const udp = packet.subarray(IP_HEADER);
  packet.writeUInt8(0x45, 0);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt8(TIME_TO_LIVE, 8);
  packet.writeUInt8(UDP_PROTOCOL, 9);
  writeAddress(packet, from.address, 12);
  writeAddress(packet, to.address, 16);
  packet.writeUInt16BE(internetChecksum(packet.subarray(0, IP_HEADER)), 10);
  udp.writeUInt16BE(from.port, 0);
  udp.writeUInt16BE(to.port, 2);
  udp.writeUInt16BE(udp.length, 4);
  udp.set(payload, UDP_HEADER);
  udp.writeUInt16BE(udpChecksum(packet, udp), 6);
  return packet;
}

function writeAddress(packet: Buffer, address: string, at: number): void {
  address.split('.').forEach((part, index) => packet.writeUInt8(Number(part), at + index));
}

/** RFC 768: over addresses, protocol, length and datagram. 0 would mean no checksum, so 0 becomes 0xffff. */
function udpChecksum(packet: Buffer, udp: Buffer): number {
  const pseudo = Buffer.alloc(12);
  packet.copy(pseudo, 0, 12, 20);
  pseudo.writeUInt8(UDP_PROTOCOL, 9);
  pseudo.writeUInt16BE(udp.length, 10);
  return internetChecksum(Buffer.concat([pseudo, udp])) || 0xffff;
}

/** RFC 1071: the ones' complement of the ones' complement sum of all 16-bit words; an odd byte is padded with 0. */
export function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes[at]! * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
