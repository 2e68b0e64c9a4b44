import { measureBareRoundTrips } from './bare-round-trip.ts';
import { type EmulatedDevice, startDevice, sync } from './emulated-device.fixture.ts';
import { openPort } from './open-port.ts';

const baud = 115200;

describe('measuring bare round trips', () => {
  let device: EmulatedDevice;
  beforeAll(async () => {
    device = await startDevice();
  });
  afterAll(() => device.end());

  test('rejects if there is no answer, since the module is off', async () => {
    const trip = measureBareRoundTrips({ path: device.path, baud, exchanges: 1, deadlineMs: 100 });
    await expect(trip).rejects.toMatchObject({ code: 'AT_TIMEOUT' });
  });

  test('measures each exchange by itself, one after the other', async () => {
    const port = await openPort({ path: device.path, baud });
    await device.boot();
    await sync(port);
    await port.close();
    const trips = await measureBareRoundTrips({ path: device.path, baud, exchanges: 20 });
    expect(trips).toHaveLength(20);
    for (const [index, [sentAt, endedAt]] of trips.entries()) {
      expect(endedAt).toBeGreaterThan(sentAt);
      const next = trips[index + 1];
      if (next) expect(next[0]).toBeGreaterThan(endedAt);
    }
  });

  test('ends between two exchanges when it is aborted', async () => {
    const options = { path: device.path, baud, exchanges: 1, signal: AbortSignal.abort() };
    await expect(measureBareRoundTrips(options)).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
