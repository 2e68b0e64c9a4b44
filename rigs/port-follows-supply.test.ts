import { HilError } from '../harness/base/error.ts';
import type { Control } from './control/control.ts';
import type { ReopeningPort } from './port/reopening-port.ts';
import { holdTransmitLowWhileOff, reopenPortWithSupply } from './port-follows-supply.ts';

const failure = (what: string): HilError => new HilError('CONTROL_FAILED', what);

/** A control and a port that note their calls; those that `broken` names reject. */
function recordCalls(broken: readonly string[] = []) {
  const calls: string[] = [];
  const act = (name: string) => (): Promise<void> => {
    calls.push(name);
    return broken.includes(name) ? Promise.reject(failure(name)) : Promise.resolve();
  };
  let ended = (_: unknown): void => {};
  const port = {
    // The adapter never appears; only detach() ends the wait.
    attach: () => new Promise<void>((_, reject) => (ended = reject)),
    detach: () => {
      ended(new HilError('ABORTED', 'detached'));
      return act('detach')();
    },
    transmit: { holdLow: act('hold'), letGo: act('let go') },
  };
  const control = { on: act('on'), off: act('off'), rest: act('rest') } as unknown as Control;
  return { calls, port: port as unknown as ReopeningPort & { transmit: never }, control };
}

describe('a board whose adapter vanishes with the supply', () => {
  test('stops waiting for it once switching on has failed', async () => {
    const { calls, port, control } = recordCalls(['on']);
    await expect(reopenPortWithSupply(control, port).on()).rejects.toMatchObject({ message: 'on' });
    expect(calls).toEqual(['on', 'detach']);
  });

  test.each(['off', 'rest'] as const)('%s is done even if the port cannot be closed', async (act) => {
    const { calls, port, control } = recordCalls(['detach']);
    await expect(reopenPortWithSupply(control, port)[act]()).rejects.toMatchObject({ message: 'detach' });
    expect(calls).toEqual(['detach', act]);
  });
});

describe('a board whose transmit line must not feed the module', () => {
  test('lets commands through for as long as they are asked for, and says whether it was held', async () => {
    const { port, control } = recordCalls();
    const held = { holdLow: () => Promise.resolve(), letGo: () => Promise.resolve(true) };
    const transmit = { ...port, transmit: held };
    await expect(holdTransmitLowWhileOff(control, transmit).letSpeak?.()).resolves.toBe(true);
  });

  test('releases the line even if the board cannot be put at rest', async () => {
    const { calls, port, control } = recordCalls(['rest']);
    await expect(holdTransmitLowWhileOff(control, port).rest()).rejects.toMatchObject({ message: 'rest' });
    expect(calls).toEqual(['rest', 'let go']);
  });
});
