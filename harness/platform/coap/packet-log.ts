import { answeredMessage } from './answered-message.ts';
import { MAX_DATAGRAM } from './codec.ts';
import type { Peer } from './peer.ts';

export interface PlatformPacket {
  readonly direction: 'in' | 'out';
  /** Monotonic ns: on arrival, or just before sending. */
  readonly at: bigint;
  readonly peer: Peer;
  readonly bytes: Uint8Array;
  /** The decoded message on one line, escaped. */
  readonly summary: string;
}

/** A packet in the log, with at most `MAX_DATAGRAM` of its bytes. */
export interface LoggedPacket extends PlatformPacket {
  readonly number: number;
  /** The length of the whole datagram, bytes. */
  readonly length: number;
}

/** The latest packets; the oldest are dropped. */
export interface PacketLog {
  add(packet: PlatformPacket): void;
  /** Oldest first. */
  readonly all: readonly LoggedPacket[];
  readonly total: number;
  /** The packets from `at` (monotonic ns) on. */
  since(at: bigint): readonly LoggedPacket[];
  /** The platform's own message that this packet answers, as it was sent first (`answered-message.ts`). */
  answeredBy(packet: LoggedPacket): LoggedPacket | undefined;
}

/** An access-state suite causes a few thousand at most. */
const MAX_PACKETS = 5_000;

/** How many packets are dropped at once: removing the first element of a long array is slow. */
const DROPPED_AT_ONCE = 500;

export function createPacketLog(): PacketLog {
  const packets: LoggedPacket[] = [];
  let total = 0;
  return {
    add(packet) {
      const { length } = packet.bytes;
      // A copy, since a view would keep the whole of a datagram that is too long.
      const bytes = Uint8Array.from(packet.bytes.subarray(0, MAX_DATAGRAM));
      packets.push({ ...packet, bytes, length, number: ++total });
      if (packets.length > MAX_PACKETS) packets.splice(0, DROPPED_AT_ONCE);
    },
    all: packets,
    get total() {
      return total;
    },
    since: (at) => packets.filter((packet) => packet.at >= at),
    answeredBy: (packet) => answeredMessage(packets, packet),
  };
}
