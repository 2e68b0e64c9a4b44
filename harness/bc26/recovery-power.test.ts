import { HilError } from '../base/error.ts';
import type { FakeReply } from './fake-at.fixture.ts';
import { everything, fakeBench } from './fake-bench.fixture.ts';
import { acted, climb, noted, senseless, wedged } from './wedged-bench.fixture.ts';

describe('the power key', () => {
  const keyOnly = { ...senseless, supplyCut: false };
  const obeysOff = (command: string): FakeReply | undefined =>
    command === 'AT+QPOWD=0' ? undefined : 'silence';

  test('is not pressed on a module that is sensed to run', async () => {
    const bench = wedged('off');
    const tried = await climb(bench);
    expect(acted(bench)).not.toContain('power-key');
    expect(tried).toContainEqual({
      rung: 'power-cycle',
      helped: false,
      reason: 'it did not obey AT+QPOWD=0 and runs',
    });
  });

  test('is pressed on a silent module that is sensed to be off', async () => {
    const bench = fakeBench({ on: false, capabilities: { ...everything, reset: false } });
    const at = { ...bench.at, transmit: () => Promise.resolve({} as never) };
    expect((await climb({ ...bench, at })).at(-1)).toEqual({ rung: 'power-cycle', helped: true });
    expect(acted(bench)).toEqual(['power-key']);
  });

  test('is left alone where nothing senses the module and its supply can be cut', async () => {
    const bench = wedged('off', senseless);
    const tried = await climb(bench);
    expect(tried.at(-1)).toEqual({ rung: 'supply-cut', helped: true });
    expect(acted(bench)).toEqual(['reset', 'off', 'on']);
    expect(bench.at.commands).not.toContain('AT+QPOWD=0');
  });

  test('is not pressed without a sense line on a module that ignores AT+QPOWD=0', async () => {
    const bench = wedged(undefined, keyOnly);
    await expect(climb(bench)).rejects.toMatchObject({
      code: 'MODULE_DEAD',
      message: expect.stringContaining('did not obey AT+QPOWD=0 and may run') as string,
    });
    expect(acted(bench)).toEqual(['reset']);
  });

  test('is pressed without a sense line once AT+QPOWD=0 was answered OK and the module fell silent', async () => {
    const bench = wedged('power-key', keyOnly, obeysOff);
    expect((await climb(bench)).at(-1)).toEqual({ rung: 'power-cycle', helped: true });
    expect(acted(bench)).toEqual(['reset', 'power-key']);
  });
});

describe('a module that must not be booted', () => {
  const mayNotBoot = new HilError('STRANGER_AT_REBOOT', 'not booted: it would contact 117.161.2.41');

  test('is brought back where that takes no boot', async () => {
    expect((await climb(wedged('drain'), { mayNotBoot })).at(-1)).toEqual({ rung: 'drain', helped: true });
  });

  test('is cut off its supply and given up, and the rig error says why', async () => {
    const bench = wedged('reset');
    await expect(climb(bench, { mayNotBoot })).rejects.toMatchObject({
      code: 'MODULE_DEAD',
      message: expect.stringContaining('it would contact 117.161.2.41; its supply was cut') as string,
    });
    expect(acted(bench)).toEqual(['off']);
    expect(bench.at.commands).not.toContain('AT+QRST=1');
    expect(noted(bench).at(-1)).toMatchObject({ rung: 'off', reason: 'its supply was cut' });
  });

  test('is switched off by command where its supply cannot be cut', async () => {
    const capabilities = { ...everything, supplyCut: false };
    const stuck = wedged('reset', capabilities);
    await expect(climb(stuck, { mayNotBoot })).rejects.toMatchObject({
      message: expect.stringContaining('it could not be switched off') as string,
    });
    const obeying = wedged('reset', capabilities, (command) =>
      command === 'AT+QPOWD=0' ? undefined : 'silence',
    );
    await expect(climb(obeying, { mayNotBoot })).rejects.toMatchObject({
      message: expect.stringContaining('switched off by AT+QPOWD=0') as string,
    });
    expect([...acted(stuck), ...acted(obeying)]).toEqual([]);
  });
});
