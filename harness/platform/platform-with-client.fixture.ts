import { ManualClock } from '../base/manual-clock.fixture.ts';
import { type CoapClient, openCoapClient } from './coap/coap-client.fixture.ts';
import { seededRandom } from './coap/seeded-random.ts';
import { APP_KEY, PASSWORD } from './lwm2m/registration.fixture.ts';
import { openPlatform, type Platform, type PlatformOptions } from './platform.ts';

/** A platform and a CoAP client that speaks to it over loopback. Time stands still until the test advances `clock`. */
export interface PlatformWithClient {
  readonly clock: ManualClock;
  readonly platform: Platform;
  readonly client: CoapClient;
  close(): Promise<void>;
}

/** Opens both. By default the platform reads nothing after a registration. */
export async function openPlatformWithClient(
  options: Partial<PlatformOptions> = {},
): Promise<PlatformWithClient> {
  const clock = new ManualClock();
  const platform = await openPlatform({
    credentials: [{ appKey: APP_KEY, password: PASSWORD }],
    readOnRegistration: [],
    clock,
    random: seededRandom(1),
    ...options,
  });
  const client = await openCoapClient(platform.address());
  return {
    clock,
    platform,
    client,
    async close() {
      client.close();
      await platform.close();
    },
  };
}
