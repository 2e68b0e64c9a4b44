import { toNs } from '../../base/clock.ts';
import { seededRandom } from '../coap/seeded-random.ts';
import { createCredentialBook } from './credentials.ts';
import type { Endpoint } from './endpoint-name.ts';
import { APP_KEY, endpointName, IMEI, PASSWORD } from './registration.fixture.ts';
import { createRegistry, MAX_REGISTRATIONS, type NewRegistration, type Registration } from './registry.ts';

const book = createCredentialBook([{ appKey: APP_KEY, password: PASSWORD }]);
const device = (version: string): NewRegistration => ({
  endpoint: book.authenticate(endpointName(version)) as Endpoint,
  peer: { address: '127.0.0.1', port: 1 },
  lifetimeS: 300,
  objects: '',
});
const seconds = (count: number): bigint => toNs(count * 1000);

describe('the registry', () => {
  test('gives locations that the smallest client can store', () => {
    const { location } = createRegistry({ random: seededRandom(1), pace: 1 }).add(device('v1'), 0n);
    expect(location).toMatch(/^\/rd\/[A-Za-z0-9]{10}$/);
    expect(location.length).toBeLessThanOrEqual(14);
  });

  test('gives the same locations for the same seed', () => {
    const once = createRegistry({ random: seededRandom(7), pace: 1 }).add(device('v1'), 0n);
    const again = createRegistry({ random: seededRandom(7), pace: 1 }).add(device('v1'), 0n);
    expect(again.location).toBe(once.location);
  });

  test('keeps a registration for its lifetime, and after an update for another lifetime', () => {
    const registry = createRegistry({ random: seededRandom(1), pace: 1 });
    const { location } = registry.add(device('v1'), 0n);
    expect(registry.find(location, seconds(300))).toHaveProperty('live');
    registry.renew(location, { peer: { address: '127.0.0.2', port: 2 } }, seconds(300));
    expect(registry.find(location, seconds(600))).toMatchObject({ live: { peer: { port: 2 } } });
    expect(registry.find(location, seconds(601))).toEqual({ gone: 'expired' });
    expect(registry.live(seconds(601))).toEqual([]);
  });

  test('counts lifetimes at the pace of an accelerated network', () => {
    const registry = createRegistry({ random: seededRandom(1), pace: 60 });
    const { location } = registry.add(device('v1'), 0n);
    expect(registry.find(location, seconds(5))).toHaveProperty('live');
    expect(registry.find(location, seconds(5.1))).toEqual({ gone: 'expired' });
  });

  test('has one registration per device', () => {
    const registry = createRegistry({ random: seededRandom(1), pace: 1 });
    const first = registry.add(device('v1'), 0n);
    const second = registry.add(device('v1'), 1n);
    registry.add(device('v2'), 2n);
    expect(registry.find(first.location, 3n)).toEqual({ gone: 'unknown' });
    expect(registry.find(second.location, 3n)).toHaveProperty('live');
    expect(registry.live(3n)).toHaveLength(2);
  });

  test('forgets a device that deregistered, and does not renew it', () => {
    const registry = createRegistry({ random: seededRandom(1), pace: 1 });
    const { location, peer } = registry.add(device('v1'), 0n);
    registry.remove(location);
    expect(registry.find(location, 1n)).toEqual({ gone: 'unknown' });
    expect(registry.renew(location, { peer }, 1n)).toBeUndefined();
  });

  test('does not grow without bounds, and says what it drops: the oldest', () => {
    const dropped: string[] = [];
    const onDropped = ({ location }: Registration): number => dropped.push(location);
    const registry = createRegistry({ random: seededRandom(1), pace: 1, onDropped });
    const first = registry.add(device('v0'), 0n);
    for (let n = 1; n <= MAX_REGISTRATIONS; n++) registry.add(device(`v${n}`), 0n);
    expect(registry.live(0n)).toHaveLength(MAX_REGISTRATIONS);
    expect(registry.find(first.location, 0n)).toEqual({ gone: 'unknown' });
    expect(dropped).toEqual([first.location]);
  });

  test('drops no registration of the rig’s module for a stranger', () => {
    const registry = createRegistry({ random: seededRandom(1), pace: 1, imei: IMEI });
    const own = registry.add(device('v0'), 0n);
    const stranger = (n: number): NewRegistration => ({
      ...device('v1'),
      endpoint: book.authenticate(
        endpointName('v1', PASSWORD, 'I', String(100_000_000_000_000 + n)),
      ) as Endpoint,
    });
    for (let n = 0; n < 3 * MAX_REGISTRATIONS; n++) registry.add(stranger(n), 0n);
    expect(registry.find(own.location, 0n)).toHaveProperty('live');
    expect(registry.live(0n)).toHaveLength(MAX_REGISTRATIONS);
  });
});
