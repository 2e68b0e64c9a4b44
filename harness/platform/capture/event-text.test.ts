import { seededRandom } from '../coap/seeded-random.ts';
import { createCredentialBook } from '../lwm2m/credentials.ts';
import type { Endpoint } from '../lwm2m/endpoint-name.ts';
import type { EventBody, ReadResult } from '../lwm2m/events.ts';
import { APP_KEY, endpointName, IMEI, PASSWORD } from '../lwm2m/registration.fixture.ts';
import { createRegistry } from '../lwm2m/registry.ts';
import { eventLine } from './event-text.ts';

const peer = { address: '127.0.0.1', port: 1000 };
const endpoint = createCredentialBook([{ appKey: APP_KEY, password: PASSWORD }]).authenticate(
  endpointName('v2.0'),
) as Endpoint;
const registry = createRegistry({ random: seededRandom(1), pace: 1 });
const registration = registry.add({ endpoint, peer, lifetimeS: 346, objects: '' }, 0n);
const line = (body: EventBody) => eventLine({ ...body, number: 1, at: 1_500_000n, peer }, 0n);
const read = (result: ReadResult) => line({ type: 'read', registration, resource: 6602, result });

describe('an event on a line', () => {
  test('says who registered, and how', () => {
    expect(line({ type: 'registered', registration })).toBe(
      `       1.500 ms     registered as ${registration.location} for 346 s: terminal I, app key ${APP_KEY}, ` +
        `IMEI ${IMEI}, module ****, IMSI 460001234567890, version v2.0`,
    );
  });

  test.each<[ReadResult, string]>([
    [{ outcome: 'value', text: 'Alipay', raw: '', keyForm: 'full' }, '"Alipay"'],
    [{ outcome: 'refused', code: '4.04' }, '4.04 Not Found'],
    [{ outcome: 'silent' }, 'no answer'],
  ])('says what was read (%#)', (result, text) => {
    expect(read(result)).toContain(`/666/0/6602 of ${registration.location}: ${text}`);
  });

  test('escapes everything that a device sent', () => {
    const hostile = 'a\x1b[2J\r\nb\tc\x9b\ud800';
    const shown = read({ outcome: 'value', text: hostile, raw: '', keyForm: 'full' });
    expect(shown).toMatch(/^[\x20-\x7e]+$/);
    expect(shown).toContain('a\\x1b[2J');
  });
});
