import type { Clock } from '../../base/clock.ts';
import { decode, type Decoded } from './codec.ts';
import { createPacketLog, type PacketLog, type PlatformPacket } from './packet-log.ts';
import type { Peer } from './peer.ts';
import type { OpenSocket } from './socket.ts';
import { summarize } from './summary.ts';

/** The socket and its packet log: each datagram is stamped, decoded, logged and passed to `onPacket`. */
interface Transport {
  readonly address: Peer;
  readonly packets: Omit<PacketLog, 'add'>;
  readonly send: (peer: Peer, bytes: Uint8Array) => void;
  close(): Promise<void>;
}

export async function openTransport(
  listen: Peer,
  handlers: {
    readonly clock: Pick<Clock, 'now'>;
    readonly openSocket: OpenSocket;
    readonly onPacket: (packet: PlatformPacket) => void;
    readonly receive: (peer: Peer, decoded: Decoded, bytes: Uint8Array) => void;
    readonly onTrouble: (peer: Peer, reason: string) => void;
  },
): Promise<Transport> {
  const { clock } = handlers;
  const packets = createPacketLog();
  const logPacket = (packet: PlatformPacket): void => {
    packets.add(packet);
    handlers.onPacket(packet);
  };
  const socket = await handlers.openSocket(listen, {
    onDatagram(peer, bytes) {
      const at = clock.now();
      const decoded = decode(bytes);
      logPacket({ direction: 'in', at, peer, bytes, summary: summarize(decoded, bytes) });
      handlers.receive(peer, decoded, bytes);
    },
    onTrouble: handlers.onTrouble,
  });
  return {
    address: socket.address,
    packets,
    send(peer, bytes) {
      const summary = summarize(decode(bytes), bytes);
      logPacket({ direction: 'out', at: clock.now(), peer, bytes, summary });
      socket.send(peer, bytes);
    },
    close: () => socket.close(),
  };
}
