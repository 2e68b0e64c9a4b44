import { ManualClock } from '../base/manual-clock.fixture.ts';
import { APP_KEY, openTestClient, PASSWORD, seeded, type TestClient } from './coap/coap-client.fixture.ts';
import { openPlatform, type Platform, type PlatformOptions } from './platform.ts';

/** A platform on a clock that stands still, and a client of it, over loopback. */
export interface TestBench {
  readonly clock: ManualClock;
  readonly platform: Platform;
  readonly client: TestClient;
  close(): Promise<void>;
}

/** Reads nothing after a registration unless told. */
export async function openTestBench(options: Partial<PlatformOptions> = {}): Promise<TestBench> {
  const clock = new ManualClock();
  const platform = await openPlatform({
    credentials: [{ appKey: APP_KEY, password: PASSWORD }],
    readOnRegistration: [],
    clock,
    random: seeded(1),
    ...options,
  });
  const client = await openTestClient(platform.address());
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
