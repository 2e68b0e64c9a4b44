import { desk, failing, pass } from './test-desk.fixture.ts';

describe('idle', () => {
  test('counts from the last byte, before the call too', async () => {
    const d = desk();
    d.port.arrive('\r\n+CEREG: 2\r\n');
    d.clock.advance(40);
    const idle = d.at.idle(50, 1000);
    await pass(d, 11, 1);
    await expect(idle).resolves.toBeUndefined();
  });

  test('resolves on a line that is quiet when it is asked for', async () => {
    const d = desk();
    const idle = d.at.idle(0, 1000);
    await pass(d, 1);
    await expect(idle).resolves.toBeUndefined();
  });

  test('rejects if the line is never quiet', async () => {
    const d = desk();
    const error = failing(d.at.idle(50, 200));
    for (let ms = 0; ms < 200; ms += 20) {
      d.port.arrive('\0');
      await pass(d, 20);
    }
    expect((await error).code).toBe('LINE_NOT_IDLE');
  });
});
