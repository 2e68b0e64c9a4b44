import { desk, pass, settled } from './test-desk.fixture.ts';

describe("the emulated module's own disturbance", () => {
  test('is in what is reported, and the caller does not wait for it', async () => {
    const truths: ((ms: number) => void)[] = [];
    const d = desk({ disturbanceOf: () => new Promise((resolve) => truths.push(resolve)) });
    d.port.answer('\r\nOK\r\n', '\r\nOK\r\n');
    const first = d.at.send('ATE0');
    const second = d.at.send('ATI');
    await pass(d, 2, 1);
    expect((await first).timing.disturbanceMs).toBe(0);
    await second;
    expect(d.exchanges).toEqual([]);
    const [settleFirst, settleSecond] = truths;
    settleSecond?.(2);
    await settled();
    expect(d.exchanges).toEqual([]);
    settleFirst?.(7);
    await d.at.reported();
    expect(d.exchanges.map(({ number, timing }) => [number, timing.disturbanceMs])).toEqual([
      [1, 7],
      [2, 2],
    ]);
  });

  test('may be the whole time if its report does not come or fails', async () => {
    const d = desk({
      disturbanceOf: (command) =>
        command === 'AT' ? new Promise(() => {}) : Promise.reject(new Error('no truth')),
    });
    d.port.answer('\r\nOK\r\n', '\r\nOK\r\n');
    const answers = Promise.all([d.at.send('AT'), d.at.send('ATI')]);
    await pass(d, 2, 1);
    await answers;
    await pass(d, 1000, 100);
    await d.at.reported();
    expect(d.exchanges.map(({ timing }) => timing.disturbanceMs - timing.hi)).toEqual([0, 0]);
  });
});
