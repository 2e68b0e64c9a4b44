import type { Clock } from '../../base/clock.ts';
import { decode, type Decoded } from './codec.ts';
import { createPacketLog, type PacketLog, type PlatformPacket } from './packet-log.ts';
import type { Peer } from './peer.ts';
import { openSocket } from './socket.ts';
import { summarize } from './summary.ts';

/** The socket with its packet log: every datagram in and out is stamped, decoded, logged and told. */
interface Transport {
  readonly address: Peer;
  readonly packets: Omit<PacketLog, 'add'>;
  readonly send: (peer: Peer, bytes: Uint8Array) => void;
  close(): Promise<void>;
}

/** @throws USAGE, PLATFORM_LISTEN_FAILED */
export async function openTransport(
  listen: Peer,
  ears: {
    readonly clock: Pick<Clock, 'now'>;
    readonly onPacket: (packet: PlatformPacket) => void;
    readonly receive: (peer: Peer, decoded: Decoded, bytes: Uint8Array) => void;
    readonly onTrouble: (peer: Peer, reason: string) => void;
  },
): Promise<Transport> {
  const { clock } = ears;
  const packets = createPacketLog();
  const passed = (packet: PlatformPacket): void => {
    packets.add(packet);
    ears.onPacket(packet);
  };
  const socket = await openSocket(listen, {
    onDatagram(peer, bytes) {
      const at = clock.now();
      const decoded = decode(bytes);
      passed({ direction: 'in', at, peer, bytes, summary: summarize(decoded, bytes) });
      ears.receive(peer, decoded, bytes);
    },
    onTrouble: ears.onTrouble,
  });
  return {
    address: socket.address,
    packets,
    send(peer, bytes) {
      const summary = summarize(decode(bytes), bytes);
      passed({ direction: 'out', at: clock.now(), peer, bytes, summary });
      socket.send(peer, bytes);
    },
    close: () => socket.close(),
  };
}
