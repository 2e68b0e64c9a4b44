import type { Control } from '../../../rigs/control/control.ts';
import { PowerKeys } from './power-keys.ts';

describe('power keys', () => {
  const capabilities = { powerKey: true, reset: true, supplyCut: true, powered: true, truth: false };

  function board(change: Partial<Control> = {}) {
    const acts: string[] = [];
    const messages: string[] = [];
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
    return { acts, messages, keys: new PowerKeys(control, (text) => messages.push(text)) };
  }

  test('on switches the supply, and presses the power key once there is one', async () => {
    const { acts, keys } = board();
    await keys.press('on');
    await keys.press('on');
    await keys.press('off');
    await keys.press('on');
    expect(acts).toEqual(['on', 'powerKey', 'off', 'on']);
  });

  test('the power key is not pressed on a module that is sensed to be on', async () => {
    const { acts, messages, keys } = board({ powered: () => Promise.resolve(true) });
    await keys.press('on');
    await keys.press('on');
    expect(acts).toEqual(['on']);
    expect(messages.at(-1)).toContain('the module is on');
  });

  test('what a board cannot do is shown', async () => {
    const none = { powerKey: false, reset: false, supplyCut: false, powered: false, truth: false };
    const { acts, messages, keys } = board({ capabilities: none });
    for (const key of ['on', 'off', 'reset'] as const) await keys.press(key);
    expect(acts).toEqual([]);
    expect(messages).toHaveLength(3);
  });

  test('a failure is shown, and the next key works', async () => {
    const { acts, messages, keys } = board({ reset: () => Promise.reject(new Error('the relay is gone')) });
    await keys.press('reset');
    await keys.press('off');
    expect(messages).toContain('the relay is gone');
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
