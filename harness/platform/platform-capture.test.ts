import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Capture, openCapture } from './capture/pcap.ts';
import { request } from './coap/coap-client.fixture.ts';
import { describeWithProgram, outputOf } from './external-program.fixture.ts';
import { locationOf, registerRequest } from './lwm2m/registration.fixture.ts';
import { openPlatformWithClient, type PlatformWithClient } from './platform-with-client.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-pcap-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describeWithProgram('tshark', 'tshark', 'tshark', () => {
  let setup: PlatformWithClient;
  let capture: Capture;
  afterEach(async () => {
    capture.close();
    await setup.close();
  });

  test('reads the capture, finds its checksums right and names the requests', async () => {
    const file = path.join(folder, 'c.pcap');
    capture = openCapture(file, () => setup.platform.address(), { wallMs: 1_700_000_000_000, at: 0n });
    setup = await openPlatformWithClient({ onPacket: (one) => capture.write(one) });
    const { client, platform } = setup;
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
    const printed = await outputOf('tshark', [
      ...['-r', file, '-d', `udp.port==${port},coap`, '-T', 'fields', '-E', 'separator=;'],
      ...['-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE'],
      ...fields.flatMap((field) => ['-e', field]),
    ]);
    // Checksum status 1 is "good".
    expect(printed).toContain('2;1;1;1;/rd\n');
    expect(printed).toContain('65;1;1;1;');
    expect(printed).toContain(`2;2;1;1;${location}\n`);
    expect(printed).toContain(`4;3;1;1;${location}\n`);
    const named = await outputOf('tshark', ['-r', file, '-d', `udp.port==${port},coap`]);
    expect(named).toMatch(/CoAP .*CON, MID:1, POST, .*\/rd\?ep=/);
    expect(named).toMatch(/CoAP .*CON, MID:3, DELETE, /);
    expect(named).not.toMatch(/malformed/i);
  }, 60_000);
});
