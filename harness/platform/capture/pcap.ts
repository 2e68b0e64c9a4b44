import { closeSync, openSync, writeSync } from 'node:fs';

import { HilError, messageOf } from '../../base/error.ts';
import { escapeText } from '../../base/escape.ts';
import type { PlatformPacket } from '../coap/packet-log.ts';
import type { Peer } from '../coap/peer.ts';
import { ipPacket } from './ip-packet.ts';

export interface Capture {
  /** Appends a packet. If a write fails, the capture ends and `failure` says why. */
  write(packet: PlatformPacket): void;
  readonly failure: HilError | undefined;
  close(): void;
}

/** The start of the capture on both clocks. Packets are stamped with the monotonic clock. */
interface CaptureStart {
  /** Unix time, ms. */
  readonly wallMs: number;
  /** Monotonic ns at the same time. */
  readonly at: bigint;
}

/** Classic pcap, version 2.4: times in microseconds; LINKTYPE_RAW: each packet begins with its IP header. */
const MAGIC = 0xa1b2c3d4;
const LINKTYPE_RAW = 101;
const SNAP_LENGTH = 0x1_0000;

/**
 * Starts a capture for tshark and Wireshark: `tshark -r FILE`, and for another port than 5683
 * `tshark -r FILE -d udp.port==PORT,coap`. Each packet is written at once and whole, so the file is complete up to its
 * last packet even if the process is killed.
 * @param local the platform's address for the IP headers. A platform that listens at 0.0.0.0 appears as 0.0.0.0,
 * since the socket does not know more
 * @throws CAPTURE_FAILED if the file cannot be written
 */
export function openCapture(file: string, local: () => Peer, start: CaptureStart): Capture {
  let descriptor: number | undefined = attempt(file, () => openSync(file, 'w'));
  let failure: HilError | undefined;
  attempt(file, () => writeSync(descriptor!, fileHeader()));

  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  return {
    write({ direction, at, peer, bytes }) {
      if (descriptor === undefined) return;
      const packet = direction === 'in' ? ipPacket(peer, local(), bytes) : ipPacket(local(), peer, bytes);
      const us = BigInt(Math.round(start.wallMs * 1000)) + (at - start.at) / 1000n;
      try {
        writeSync(descriptor, Buffer.concat([recordHeader(us, packet.length), packet]));
      } catch (error) {
        failure = captureFailed(file, error);
        close();
      }
    },
    get failure() {
      return failure;
    },
    close,
  };
}

function attempt<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw captureFailed(file, error);
  }
}

const captureFailed = (file: string, cause: unknown): HilError =>
  new HilError('CAPTURE_FAILED', `cannot write the capture ${escapeText(file)}: ${messageOf(cause)}`, {
    cause,
    remedy: 'check that the folder exists, that you may write to it, and that the disk has space left',
  });

function fileHeader(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(SNAP_LENGTH, 16);
  header.writeUInt32LE(LINKTYPE_RAW, 20);
  return header;
}

function recordHeader(us: bigint, length: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(Number(us / 1_000_000n), 0);
  header.writeUInt32LE(Number(us % 1_000_000n), 4);
  header.writeUInt32LE(length, 8);
  header.writeUInt32LE(length, 12);
  return header;
}
