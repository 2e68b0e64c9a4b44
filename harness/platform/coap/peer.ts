/** The other end of a datagram: an IPv4 address and a UDP port. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** A peer as text, `address:port`; equal for equal peers. */
export const peerText = ({ address, port }: Peer): string => `${address}:${port}`;
