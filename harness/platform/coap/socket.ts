import { createSocket, type Socket } from 'node:dgram';
import { isIPv4 } from 'node:net';

import { HilError, messageOf } from '../../base/error.ts';
import { escapeText } from '../../base/escape.ts';
import type { Peer } from './peer.ts';

interface UdpSocket {
  /** Where it listens, with the port that was bound. */
  readonly address: Peer;
  /** Sends a datagram; errors go to `onTrouble`. Does nothing after `close`. */
  send(peer: Peer, bytes: Uint8Array): void;
  close(): Promise<void>;
}

interface SocketHandlers {
  /** Called at once when a datagram arrives. */
  readonly onDatagram: (peer: Peer, bytes: Uint8Array) => void;
  /** `reason` is one line. The socket stays open. */
  readonly onTrouble: (peer: Peer, reason: string) => void;
}

/** Opens what stands between the platform and the network. */
export type OpenSocket = (at: Peer, handlers: SocketHandlers) => Promise<UdpSocket>;

/**
 * Binds a UDP socket.
 * @param at an IPv4 address of this machine, and a port; port 0 takes any free port
 * @throws USAGE for an invalid address or port, PLATFORM_LISTEN_FAILED if it cannot be bound
 */
export async function openSocket(at: Peer, { onDatagram, onTrouble }: SocketHandlers): Promise<UdpSocket> {
  if (!isIPv4(at.address) || !(at.port >= 0 && at.port <= 0xffff)) {
    throw new HilError('USAGE', `the platform cannot listen at ${escapeText(at.address)}:${at.port}`, {
      remedy: 'use an IPv4 address of this machine and a port, such as 127.0.0.1:5683',
    });
  }
  const socket = createSocket('udp4');
  await bind(socket, at);
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
        // A datagram from port 0 cannot be answered.
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

function bind(socket: Socket, { address, port }: Peer): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (cause: Error): void => {
      socket.close();
      reject(
        new HilError('PLATFORM_LISTEN_FAILED', `cannot listen at UDP ${address}:${port}: ${cause.message}`, {
          cause,
          remedy:
            'check that no other program uses the port (ss -lunp), that the address is one of this machine, ' +
            'and that you have the rights for a port below 1024',
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
