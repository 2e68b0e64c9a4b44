import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';

/** Where datagrams go to and come from. */
export interface Address {
  readonly address: string;
  readonly port: number;
}

export interface Datagrams {
  /** Sends a datagram, or loses it: to any place but loopback the network swallows everything. */
  send(bytes: Buffer, to: Address): void;
  /** Closes at once: nothing is sent or heard after. */
  close(): void;
}

interface DatagramEvents {
  opened(): void;
  /** Never opened, or lost. */
  failed(): void;
  arrived(bytes: Buffer, from: Address): void;
}

export type OpenSocket = (events: DatagramEvents) => Datagrams;

/** Whether a datagram may leave: IPv4 loopback in its one usual spelling, and a port that is one. */
export const isLoopback = ({ address, port }: Address): boolean =>
  isIPv4(address) && address.startsWith('127.') && port >= 1 && port <= 65_535;

/**
 * Opens a UDP socket on loopback. The only place where the emulated module sends anything: it is bound to
 * 127.0.0.1, from which the kernel routes nothing off the machine, and asks `staysHere` before each datagram.
 * @returns at once; the events tell how it went
 */
export const openLoopbackSocket: OpenSocket = (events) => {
  // Names are never looked up: a question to a DNS server would be a packet, too.
  const socket = createSocket({ type: 'udp4', lookup: (name, _, found) => found(null, name, 4) });
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    socket.close();
  };
  // With such a lookup these come during `bind`; they are told once the caller has what is returned.
  const tell = (event: () => void): void => queueMicrotask(() => closed || event());
  socket.on('listening', () => tell(() => events.opened()));
  socket.on('message', (bytes, from) => {
    if (!closed) events.arrived(bytes, from);
  });
  socket.on('error', () =>
    tell(() => {
      close();
      events.failed();
    }),
  );
  socket.bind(0, '127.0.0.1');
  return {
    send(bytes, to) {
      // What loopback cannot deliver is lost, as on any network.
      if (!closed && isLoopback(to)) socket.send(bytes, to.port, to.address, () => undefined);
    },
    close,
  };
};
