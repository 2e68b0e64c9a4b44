import { elapse } from './fake-at.fixture.ts';
import { fakeBench } from './fake-bench.fixture.ts';
import { createModule } from './module.ts';

const identity = { imei: '863703030822519', revision: 'BC26NBR01A07' };
const started = { identity, boots: 1, bootMs: 1_510 };

describe('the module', () => {
  test('keeps the last exchange, whichever view made it', async () => {
    const bench = fakeBench();
    const module = createModule(bench, started);
    await elapse(bench.clock, module.until(new AbortController().signal).at('AT+CGMR'));
    expect(module.last?.command).toBe('AT+CGMR');
  });

  test('times a supply cut from the last answer', async () => {
    const bench = fakeBench();
    const module = createModule(bench, started);
    bench.clock.advance(3_000);
    await elapse(bench.clock, module.at('AT'));
    const { cutBetweenMs } = await elapse(bench.clock, module.reboot('supply-cut', { cutAfterMs: 250 }));
    expect(cutBetweenMs?.[0]).toBe(250);
  });

  test('gives the call and the return of a slow switch as the bounds of the cut', async () => {
    const bench = fakeBench();
    const off = () =>
      new Promise<void>((done) => bench.clock.after(3_000, done)).then(() => bench.control.off());
    const module = createModule({ ...bench, control: { ...bench.control, off } }, started);
    await elapse(bench.clock, module.at('AT'));
    const { cutBetweenMs: [called, returned] = [] } = await elapse(
      bench.clock,
      module.reboot('supply-cut', { cutAfterMs: 250 }),
    );
    expect(called).toBe(250);
    expect(returned).toBeGreaterThanOrEqual(3_250);
    // The manual clock moves in steps of 10 ms.
    expect(returned).toBeLessThanOrEqual(3_270);
  });

  test('a view ends every pending and later call with its signal', async () => {
    const bench = fakeBench({ replies: { 'AT+CFUN?': 'silence' } });
    const stop = new AbortController();
    const module = createModule(bench, started);
    const view = module.until(stop.signal);
    const pending = view.at('AT+CFUN?').catch((error: { code: string }) => error.code);
    stop.abort();
    expect(await pending).toBe('ABORTED');
    await expect(view.at('AT')).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(elapse(bench.clock, module.at('AT'))).resolves.toMatchObject({ final: { kind: 'OK' } });
  });

  test('reports boots that were not announced, and no others', async () => {
    const bench = fakeBench();
    const module = createModule(bench, started);
    const heard: bigint[] = [];
    const end = module.onUnexpectedBoot(({ at }) => heard.push(at));
    await elapse(bench.clock, module.reboot('reset-pin'));
    expect(heard).toEqual([]);
    bench.at.boot();
    end();
    bench.at.boot();
    expect(heard).toHaveLength(1);
  });
});
