import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';

export interface Address {
  readonly address: string;
  readonly port: number;
}

export interface Datagrams {
  /** Sends a datagram to loopback; one to any other address is lost. */
  send(bytes: Buffer, to: Address): void;
  /** Closes at once: nothing is sent or received after it. */
  close(): void;
}

interface DatagramEvents {
  opened(): void;
  /** The socket could not be opened, or is lost. */
  failed(): void;
  arrived(bytes: Buffer, from: Address): void;
}

export type OpenSocket = (events: DatagramEvents) => Datagrams;

/** Whether a datagram may be sent: IPv4 loopback in its usual spelling, and a valid port. */
export const isLoopback = ({ address, port }: Address): boolean =>
  isIPv4(address) && address.startsWith('127.') && port >= 1 && port <= 65_535;

/**
 * Opens a UDP socket on loopback, the only place from which the emulated module sends. The socket is bound to
 * 127.0.0.1, from which the kernel routes nothing off the machine, and `isLoopback` is checked for each datagram.
 * @returns at once; an event reports the result
 */
export const openLoopbackSocket: OpenSocket = (events) => {
  // Names are never resolved: a DNS query would be a packet, too.
  const socket = createSocket({ type: 'udp4', lookup: (name, _, found) => found(null, name, 4) });
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    socket.close();
  };
  // With this lookup these events come during `bind`: defer them until the caller has the return value.
  const defer = (event: () => void): void => queueMicrotask(() => closed || event());
  socket.on('listening', () => defer(() => events.opened()));
  socket.on('message', (bytes, from) => {
    if (!closed) events.arrived(bytes, from);
  });
  socket.on('error', () =>
    defer(() => {
      close();
      events.failed();
    }),
  );
  socket.bind(0, '127.0.0.1');
  return {
    send(bytes, to) {
      // A datagram that cannot be delivered is lost, as on any network.
      if (!closed && isLoopback(to)) socket.send(bytes, to.port, to.address, () => undefined);
    },
    close,
  };
};
