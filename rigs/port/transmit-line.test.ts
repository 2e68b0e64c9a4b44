import { startDevice, sync } from './emulated-device.fixture.ts';
import { openPort } from './open-port.ts';
import { transmitLine } from './transmit-line.ts';

/** A port with modem lines; a pseudo-terminal has none. */
function modemLines(status: object | Error = { lowLatency: true }) {
  const sets: Record<string, boolean>[] = [];
  let failure: Error | null = null;
  return {
    sets,
    fail: (error: Error) => void (failure = error),
    get: (callback: (error: Error | null, found?: object) => void) =>
      status instanceof Error ? callback(status) : callback(null, status),
    set(options: Record<string, boolean>, callback: (error: Error | null) => void) {
      sets.push(options);
      callback(failure);
    },
  };
}

describe('the transmit line', () => {
  test('is held low by a break; the other lines keep their levels', async () => {
    const port = modemLines();
    const line = transmitLine(port, '/dev/ttyAMA0');
    await line.holdLow();
    await line.letGo();
    const rest = { dtr: true, rts: true, lowLatency: true };
    expect(port.sets).toEqual([
      { brk: true, ...rest },
      { brk: false, ...rest },
    ]);
  });

  test('is set once for each change, and not at all if it was never held', async () => {
    const port = modemLines({});
    const line = transmitLine(port, '/dev/ttyAMA0');
    await line.letGo();
    await line.holdLow();
    await line.holdLow();
    await line.letGo();
    await line.letGo();
    expect(port.sets.map(({ brk }) => brk)).toEqual([true, false]);
  });

  test('stays as it is if the device has no modem lines', async () => {
    const line = transmitLine(
      modemLines(new Error('Inappropriate ioctl for device, cannot get')),
      '/dev/pts/1',
    );
    await line.holdLow();
    await expect(line.letGo()).resolves.toBe(false);
  });

  test('that stays low is an error with the name of the port', async () => {
    const port = modemLines();
    const line = transmitLine(port, '/dev/ttyUSB0');
    await line.holdLow();
    port.fail(new Error('Input/output error'));
    await expect(line.letGo()).rejects.toMatchObject({
      code: 'CONTROL_FAILED',
      message: expect.stringContaining('/dev/ttyUSB0') as string,
    });
  });

  test('of a pseudo-terminal can be held and let go without effect', async () => {
    const device = await startDevice();
    const port = await openPort({ path: device.path, baud: 115200 });
    await port.transmit.holdLow();
    await port.transmit.letGo();
    await device.boot();
    await sync(port);
    await port.close();
    await device.end();
  });
});
