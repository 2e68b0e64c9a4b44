import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Control } from '../../../rigs/control/control.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { readHistory, writeHistory } from './history.ts';
import { type Key, KeyFilter } from './keys.ts';
import { PowerKeys } from './power-keys.ts';
import { LineCutter } from './line-cutter.ts';

test('keys are taken out of what is typed, whatever chunk they come in', () => {
  const pressed: Key[] = [];
  const filter = new KeyFilter((key) => pressed.push(key));
  filter.write(Buffer.from('A\x12T\x10'));
  filter.write(Buffer.from('I\r\x0f\x18'));
  expect(String(filter.read())).toBe('ATI\r');
  expect(pressed).toEqual(['reset', 'on', 'off', 'end']);
});

describe('what arrives', () => {
  function cutter() {
    const clock = new ManualClock();
    const shown: string[] = [];
    const lines = new LineCutter(clock, ({ bytes, at }) => {
      shown.push(`${at / 1_000_000n}: ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`);
    });
    const arrive = (text: string): void => {
      lines.push({ bytes: Buffer.from(text, 'latin1'), at: clock.now() });
    };
    return { clock, shown, lines, arrive };
  }

  test('is cut after each line feed, and has the time of its first byte', () => {
    const { clock, shown, arrive } = cutter();
    clock.advance(10);
    arrive('\r\nO');
    clock.advance(20);
    arrive('K\r\n');
    expect(shown).toEqual(['10: "\\r\\n"', '10: "OK\\r\\n"']);
  });

  test('is shown without a line end, too, when nothing follows', () => {
    const { clock, shown, arrive } = cutter();
    arrive('> ');
    clock.advance(49);
    expect(shown).toEqual([]);
    clock.advance(1);
    expect(shown).toEqual(['0: "> "']);
  });

  test('is shown in pieces when no line end comes, and loses nothing', () => {
    const { shown, lines, arrive } = cutter();
    arrive('x'.repeat(600));
    expect(shown).toHaveLength(2);
    lines.flush();
    expect(shown.join('').replace(/[^x]/g, '')).toHaveLength(600);
  });
});

describe('the history', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-history-'));
  const file = path.join(folder, 'state', 'console-history');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is none at first', () => {
    expect(readHistory(file)).toEqual([]);
  });

  test('keeps what was typed for this user alone, and no private key', () => {
    writeHistory(file, ['ATI', 'AT+QDMPCFG=2,"M100000089","secret-of-the-module",0', 'AT+QDMPCFG?']);
    expect(readHistory(file)).toEqual(['ATI', 'AT+QDMPCFG?']);
    expect(readFileSync(file, 'utf8')).not.toContain('secret');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('power keys', () => {
  const capabilities = { powerKey: true, reset: true, supplyCut: true, powered: true, truth: false };

  function board(change: Partial<Control> = {}) {
    const acts: string[] = [];
    const said: string[] = [];
    const act = (name: string) => (): Promise<void> => {
      acts.push(name);
      return Promise.resolve();
    };
    const control: Control = {
      driver: 'command',
      capabilities,
      on: act('on'),
      off: act('off'),
      reset: act('reset'),
      powerKey: act('powerKey'),
      powered: () => Promise.resolve(undefined),
      rest: act('rest'),
      onTruth: () => () => {},
      close: act('close'),
      ...change,
    };
    return { acts, said, keys: new PowerKeys(control, (text) => said.push(text)) };
  }

  test('on switches the supply, and presses the power key once there is one', async () => {
    const { acts, keys } = board();
    await keys.press('on');
    await keys.press('on');
    await keys.press('off');
    await keys.press('on');
    expect(acts).toEqual(['on', 'powerKey', 'off', 'on']);
  });

  test('the power key is not pressed on a module that is seen to be on', async () => {
    const { acts, said, keys } = board({ powered: () => Promise.resolve(true) });
    await keys.press('on');
    await keys.press('on');
    expect(acts).toEqual(['on']);
    expect(said.at(-1)).toContain('the module is on');
  });

  test('what a board cannot do is said', async () => {
    const none = { powerKey: false, reset: false, supplyCut: false, powered: false, truth: false };
    const { acts, said, keys } = board({ capabilities: none });
    for (const key of ['on', 'off', 'reset'] as const) await keys.press(key);
    expect(acts).toEqual([]);
    expect(said).toHaveLength(3);
  });

  test('a failure is said, and the next key works', async () => {
    const { acts, said, keys } = board({ reset: () => Promise.reject(new Error('the relay is gone')) });
    await keys.press('reset');
    await keys.press('off');
    expect(said).toContain('the relay is gone');
    expect(acts).toEqual(['off']);
  });

  test('a key pressed while another acts waits for its turn', async () => {
    let done = (): void => {};
    const { acts, keys } = board({ reset: () => new Promise<void>((resolve) => (done = resolve)) });
    void keys.press('reset');
    const second = keys.press('off');
    await new Promise(setImmediate);
    expect(acts).toEqual([]);
    done();
    await second;
    expect(acts).toEqual(['off']);
  });
});
