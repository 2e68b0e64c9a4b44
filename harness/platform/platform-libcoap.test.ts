import { describeWithProgram, outputOf } from './external-program.fixture.ts';
import { endpointName, IMEI } from './lwm2m/registration.fixture.ts';
import { openPlatformWithClient, type PlatformWithClient } from './platform-with-client.fixture.ts';

/** How long the client waits, s: far more than loopback needs. */
const WAIT_S = '10';

let setup: PlatformWithClient;
beforeEach(async () => {
  setup = await openPlatformWithClient();
});
afterEach(() => setup.close());

/** Sends a request with libcoap's client; returns the code and the Location-Path of the response. */
async function sendWithLibcoap(
  method: string,
  location: string,
  { query = [], args = [] }: { query?: readonly string[]; args?: readonly string[] } = {},
): Promise<{ code: string | undefined; location: string }> {
  const { address, port } = setup.platform.address();
  const items = query.flatMap((item) => ['-O', `15,${item}`]);
  const url = `coap://${address}:${port}${location}`;
  const printed = await outputOf('coap-client-notls', [
    ...['-v', '7', '-B', WAIT_S, '-m', method],
    ...args,
    ...items,
    url,
  ]);
  const response = /t:ACK c:(\d\.\d\d) i:[0-9a-f]{4} \{[0-9a-f]*\} \[([^\]]*)\]/.exec(printed);
  const segments = [...(response?.[2] ?? '').matchAll(/Location-Path:([^,\s]+)/g)];
  return { code: response?.[1], location: segments.map(([, segment]) => `/${segment}`).join('') };
}

/** The registration of CMDMP.md §1.3: ep, b, lt, no lwm2m; link format. */
const register = (ep: string) =>
  sendWithLibcoap('post', '/rd', {
    query: [`ep=${ep}`, 'b=U', 'lt=86400'],
    args: ['-t', '40', '-e', '</>;rt="oma.lwm2m",</0/0>'],
  });

describeWithProgram(
  'coap-client-notls',
  'libcoap3-bin',
  "libcoap's client, an independent implementation,",
  () => {
    test.each([
      ['three', endpointName('V2.2.0_D1.1.1'), endpointName('****')],
      ['five', `${endpointName('v2.0')}@#@${IMEI}@#@v2.0`, `${endpointName('****')}@#@${IMEI}@#@v2.0`],
    ])(
      'registers with a name of %s parts, updates and deregisters',
      async (_parts, ep, epi) => {
        const { platform } = setup;
        const { code, location } = await register(ep);
        expect(code).toBe('2.01');
        expect(platform.registrations()).toMatchObject([
          { location, lifetimeS: 86_400, endpoint: { text: ep } },
        ]);
        expect(await sendWithLibcoap('post', location, { query: [`epi=${epi}`] })).toMatchObject({
          code: '2.04',
        });
        expect(await sendWithLibcoap('delete', location)).toMatchObject({ code: '2.02' });
        expect(platform.registrations()).toEqual([]);
        expect(platform.events.map(({ type }) => type).filter((type) => type !== 'requested')).toEqual([
          'registered',
          'updated',
          'deregistered',
        ]);
      },
      60_000,
    );

    test('is refused: wrong key, malformed name, unknown location', async () => {
      expect(await register(endpointName('v2.0', 'another password'))).toMatchObject({ code: '4.03' });
      expect(await register('863703030822519;460001234567890;;1.0')).toMatchObject({ code: '4.00' });
      const epi = [`epi=${endpointName('****')}`];
      expect(await sendWithLibcoap('post', '/rd/0123456789', { query: epi })).toMatchObject({ code: '4.04' });
    }, 60_000);

    test('takes a separate response', async () => {
      setup.platform.answerRegister.always({ how: 'separate' });
      const { address, port } = setup.platform.address();
      const printed = await outputOf('coap-client-notls', [
        ...['-v', '7', '-B', WAIT_S, '-m', 'post'],
        ...['-O', `15,ep=${endpointName('v2.0')}`, `coap://${address}:${port}/rd`],
      ]);
      expect(printed).toMatch(/t:CON c:2\.01 .*Location-Path:rd/);
    }, 60_000);
  },
);
