import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { internetChecksum, ipPacket } from './ip-packet.ts';
import { openCapture } from './pcap.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-pcap-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const peer = { address: '127.0.0.1', port: 40_000 };
const local = { address: '10.0.0.2', port: 5683 };
const packet = { direction: 'in', at: 1_500_000n, peer, bytes: Uint8Array.of(1, 2, 3), summary: '' } as const;

test('the checksum is that of RFC 1071, §3', () => {
  expect(internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7))).toBe(0x220d);
});

test('a packet checks to zero over its IP header and over its datagram', () => {
  const bytes = ipPacket(peer, local, Uint8Array.of(1, 2, 3));
  expect(bytes).toHaveLength(31);
  expect(internetChecksum(bytes.subarray(0, 20))).toBe(0);
  const pseudo = Buffer.concat([bytes.subarray(12, 20), Buffer.from([0, 17, 0, 11]), bytes.subarray(20)]);
  expect(internetChecksum(pseudo)).toBe(0);
});

test('a capture is complete after each packet, closed or not', () => {
  const file = path.join(folder, 'c.pcap');
  const capture = openCapture(file, () => local, { wallMs: 1_700_000_000_000, at: 500_000n });
  expect(readFileSync(file)).toHaveLength(24);
  capture.write(packet);
  const record = readFileSync(file).subarray(24);
  expect(record).toHaveLength(16 + 31);
  // 1 ms after the start.
  expect([record.readUInt32LE(0), record.readUInt32LE(4)]).toEqual([1_700_000_000, 1_000]);
  capture.close();
  capture.write(packet);
  expect(readFileSync(file)).toHaveLength(24 + 16 + 31);
});

test('a file that cannot be opened is an error at once', () => {
  const file = path.join(folder, 'missing', 'c.pcap');
  expect(() => openCapture(file, () => local, { wallMs: 0, at: 0n })).toThrow(
    expect.objectContaining({ code: 'CAPTURE_FAILED' }) as Error,
  );
});
