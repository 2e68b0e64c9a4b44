import { createSocket, type Socket } from 'node:dgram';
import { isIPv4 } from 'node:net';

import { HilError, messageOf } from '../../base/error.ts';
import { escapeText } from '../../base/escape.ts';
import type { Peer } from './peer.ts';

/** A bound UDP socket. */
interface UdpSocket {
  /** Where it listens: the bound port, if any free one was asked for. */
  readonly address: Peer;
  /** Sends; what goes wrong is heard by `onTrouble`. After `close`, nothing. */
  send(peer: Peer, bytes: Uint8Array): void;
  close(): Promise<void>;
}

interface SocketEars {
  /** Called from the very event of the arrival. */
  readonly onDatagram: (peer: Peer, bytes: Uint8Array) => void;
  /** One line; the socket goes on. */
  readonly onTrouble: (peer: Peer, reason: string) => void;
}

/**
 * Binds a UDP socket.
 * @param at an IPv4 address of this machine, and a port; 0 is any free one
 * @throws USAGE for an address that is none, PLATFORM_LISTEN_FAILED when it cannot be bound
 */
export async function openSocket(at: Peer, { onDatagram, onTrouble }: SocketEars): Promise<UdpSocket> {
  if (!isIPv4(at.address) || !(at.port >= 0 && at.port <= 0xffff)) {
    throw new HilError('USAGE', `the platform cannot listen at ${escapeText(at.address)}:${at.port}`, {
      remedy: 'give an IPv4 address of this machine and a port, such as 127.0.0.1:5683',
    });
  }
  const socket = createSocket('udp4');
  await bound(socket, at);
  const address = { address: socket.address().address, port: socket.address().port };
  let open = true;
  socket.on('message', (bytes, from) => onDatagram({ address: from.address, port: from.port }, bytes));
  socket.on('error', (error) => onTrouble(address, messageOf(error)));

  return {
    address,
    send(peer, bytes) {
      if (!open) return;
      try {
        socket.send(bytes, peer.port, peer.address, (error) => {
          if (error) onTrouble(peer, messageOf(error));
        });
      } catch (error) {
        // A datagram may come from port 0, which cannot be answered.
        onTrouble(peer, messageOf(error));
      }
    },
    close: () =>
      new Promise((resolve) => {
        if (!open) return resolve();
        open = false;
        socket.close(() => resolve());
      }),
  };
}

function bound(socket: Socket, { address, port }: Peer): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (cause: Error): void => {
      socket.close();
      reject(
        new HilError('PLATFORM_LISTEN_FAILED', `cannot listen at UDP ${address}:${port}: ${cause.message}`, {
          cause,
          remedy:
            'see who holds the port (ss -lunp), whether the address is one of this machine, and whether ' +
            'a port below 1024 needs more rights',
        }),
      );
    };
    socket.once('error', onError);
    socket.bind({ address, port }, () => {
      socket.off('error', onError);
      resolve();
    });
  });
}
