import { escapeBytes } from '../base/escape.ts';
import { desk, failing, pass, romBanner } from './test-desk.fixture.ts';

describe('a boot', () => {
  test('that was not announced ends everything that waits', async () => {
    const d = desk();
    const errors = [d.at.send('AT+QDMPCFG?'), d.at.send('AT'), d.at.idle(50, 1000)].map(failing);
    d.port.arrive(romBanner);
    const [first] = await Promise.all(errors);
    expect((await Promise.all(errors)).map(({ code }) => code)).toEqual(Array(3).fill('UNEXPECTED_RESET'));
    expect(first?.message).toContain('no restart was asked for');
    expect(escapeBytes(first?.wire ?? new Uint8Array())).toContain('F1: 0000 0000');
    expect(d.boots).toEqual([{ at: 0n, expected: false }]);
  });

  test('that was announced ends the exchange, too, but not a wait for a quiet line', async () => {
    const d = desk();
    const done = d.at.expectBoot();
    const error = failing(d.at.send('AT+QRST=1'));
    const idle = d.at.idle(50, 1000);
    d.port.arrive(romBanner);
    const { code, message } = await error;
    expect(code).toBe('UNEXPECTED_RESET');
    expect(message).toContain('as it was asked to');
    await pass(d, 100);
    await expect(idle).resolves.toBeUndefined();
    done();
    done();
    d.port.arrive('\r\nRDY\r\n', '\r\nRDY\r\n');
    expect(d.boots.map(({ expected }) => expected)).toEqual([true, false]);
  });

  test('is one boot: banner, loader and RDY; its lines are unsolicited', () => {
    const d = desk();
    d.at.expectBoot();
    d.port.arrive(romBanner, '\n\rBL_V01\r\n', '\r\nRDY\r\n');
    expect(d.boots).toHaveLength(1);
    expect(d.unsolicited).toHaveLength(9);
    expect(d.unsolicited).toContain('BL_V01');
    expect(d.stray).toEqual([]);
    d.port.arrive(romBanner);
    expect(d.boots).toHaveLength(2);
  });

  test('that begins again before RDY is a second one', () => {
    const d = desk();
    d.at.expectBoot();
    d.port.arrive(romBanner, `\xd0${romBanner}`, '\r\nRDY\r\n');
    expect(d.boots).toHaveLength(2);
  });

  test('that is expected may begin with noise, which is no stray; one that is not expected may not', () => {
    const d = desk();
    d.port.arrive('\xdc\n\r');
    expect(d.stray).toEqual(['\xdc']);
    d.at.expectBoot();
    d.port.arrive('\xdc\n\r', romBanner);
    expect(d.stray).toEqual(['\xdc']);
    expect(d.unsolicited[0]).toBe('\xdc');
    expect(d.boots).toHaveLength(1);
  });

  test('late boot text does not end the first AT after it', async () => {
    const d = desk();
    d.at.expectBoot();
    d.port.arrive(romBanner);
    d.port.answer('AT\r\r\nRDY\r\n\r\n+CFUN: 0\r\n\r\nOK\r\n');
    const answer = d.at.send('AT');
    await pass(d, 1);
    expect((await answer).unsolicited.map(({ data }) => data)).toEqual(['RDY', '+CFUN: 0']);
  });

  test('leaves no answer owed', async () => {
    const d = desk();
    const silent = failing(d.at.send('AT+QRST=1', { deadlineMs: 100 }));
    await pass(d, 100);
    await silent;
    d.at.expectBoot();
    d.port.arrive(romBanner);
    d.port.answer('\r\nOK\r\n');
    const answer = d.at.send('ATE0');
    await pass(d, 1);
    expect((await answer).final.kind).toBe('OK');
  });
});
