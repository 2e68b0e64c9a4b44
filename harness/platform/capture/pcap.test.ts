import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { locationOf, registerRequest, request } from '../coap/coap-client.fixture.ts';
import { describeWith, output } from '../external-program.fixture.ts';
import { openTestBench, type TestBench } from '../platform-with-client.fixture.ts';
import { internetChecksum, ipPacket } from './ip-packet.ts';
import { type Capture, openCapture } from './pcap.ts';

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

test('a capture is whole after each packet, closed or not', () => {
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

test('a file that cannot be opened is told at once', () => {
  const file = path.join(folder, 'missing', 'c.pcap');
  expect(() => openCapture(file, () => local, { wallMs: 0, at: 0n })).toThrow(
    expect.objectContaining({ code: 'CAPTURE_FAILED' }) as Error,
  );
});

describeWith('tshark', 'tshark', 'tshark', () => {
  let bench: TestBench;
  let capture: Capture;
  afterEach(async () => {
    capture.close();
    await bench.close();
  });

  test('reads the capture, finds its checksums right and names the requests', async () => {
    const file = path.join(folder, 'c.pcap');
    capture = openCapture(file, () => bench.platform.address(), { wallMs: 1_700_000_000_000, at: 0n });
    bench = await openTestBench({ onPacket: (one) => capture.write(one) });
    const { client, platform } = bench;
    client.send(registerRequest());
    const location = locationOf(await client.next());
    client.send(request('0.02', location, { messageId: 2 }));
    await client.next();
    client.send(request('0.04', location, { messageId: 3 }));
    await client.next();

    const { port } = platform.address();
    const fields = [
      'coap.code',
      'coap.mid',
      'ip.checksum.status',
      'udp.checksum.status',
      'coap.opt.uri_path_recon',
    ];
    const printed = await output('tshark', [
      ...['-r', file, '-d', `udp.port==${port},coap`, '-T', 'fields', '-E', 'separator=;'],
      ...['-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE'],
      ...fields.flatMap((field) => ['-e', field]),
    ]);
    // Checksum status 1 is "good".
    expect(printed).toContain('2;1;1;1;/rd\n');
    expect(printed).toContain('65;1;1;1;');
    expect(printed).toContain(`2;2;1;1;${location}\n`);
    expect(printed).toContain(`4;3;1;1;${location}\n`);
    const named = await output('tshark', ['-r', file, '-d', `udp.port==${port},coap`]);
    expect(named).toMatch(/CoAP .*CON, MID:1, POST, .*\/rd\?ep=/);
    expect(named).toMatch(/CoAP .*CON, MID:3, DELETE, /);
    expect(named).not.toMatch(/malformed/i);
  }, 60_000);
});
