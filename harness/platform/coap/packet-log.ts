import { MAX_DATAGRAM } from './codec.ts';
import type { Peer } from './peer.ts';

/** A datagram that came or went. */
export interface PlatformPacket {
  readonly direction: 'in' | 'out';
  /** Monotonic ns: on arrival, or just before sending. */
  readonly at: bigint;
  readonly peer: Peer;
  readonly bytes: Uint8Array;
  /** One line, decoded, nothing unescaped. */
  readonly summary: string;
}

/** A packet as it is kept: at most `MAX_DATAGRAM` of its bytes. */
export interface LoggedPacket extends PlatformPacket {
  /** 1, 2, 3… */
  readonly number: number;
  /** How many bytes it had. */
  readonly length: number;
}

/** The packets of late; older ones make room. */
export interface PacketLog {
  add(packet: PlatformPacket): void;
  /** Oldest first. */
  readonly all: readonly LoggedPacket[];
  /** How many came or went in all. */
  readonly total: number;
  /** What came or went from `at` (monotonic ns) on. */
  since(at: bigint): readonly LoggedPacket[];
}

/** An access-state suite causes a few thousand at most. */
const MOST_PACKETS = 10_000;

/** How many packets beyond the limit are dropped in one go: shifting an array this long costs. */
const SLACK = 1_000;

export function createPacketLog(): PacketLog {
  const packets: LoggedPacket[] = [];
  let total = 0;
  return {
    add(packet) {
      const { length } = packet.bytes;
      packets.push({ ...packet, bytes: packet.bytes.slice(0, MAX_DATAGRAM), length, number: ++total });
      if (packets.length > MOST_PACKETS) packets.splice(0, SLACK);
    },
    all: packets,
    get total() {
      return total;
    },
    since: (at) => packets.filter((packet) => packet.at >= at),
  };
}
