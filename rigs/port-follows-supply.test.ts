import { HilError } from '../harness/base/error.ts';
import type { Control } from './control/control.ts';
import type { ReopeningPort } from './port/reopening-port.ts';
import { holdTransmitLowWhileOff, reopenPortWithSupply } from './port-follows-supply.ts';

const failure = (what: string): HilError => new HilError('CONTROL_FAILED', what);

/** A control and a port that note what they are told; what `broken` names rejects. */
function wires(broken: readonly string[] = []) {
  const told: string[] = [];
  const act = (name: string) => (): Promise<void> => {
    told.push(name);
    return broken.includes(name) ? Promise.reject(failure(name)) : Promise.resolve();
  };
  let ended = (_: unknown): void => {};
  const port = {
    // The adapter comes when the test says so: not before it is detached.
    attach: () => new Promise<void>((_, reject) => (ended = reject)),
    detach: () => {
      ended(new HilError('ABORTED', 'detached'));
      return act('detach')();
    },
    transmit: { holdLow: act('hold'), letGo: act('let go') },
  };
  const control = { on: act('on'), off: act('off'), rest: act('rest') } as unknown as Control;
  return { told, port: port as unknown as ReopeningPort & { transmit: never }, control };
}

describe('a board whose adapter vanishes with the supply', () => {
  test('waits for it no longer once switching on has failed', async () => {
    const { told, port, control } = wires(['on']);
    await expect(reopenPortWithSupply(control, port).on()).rejects.toMatchObject({ message: 'on' });
    expect(told).toEqual(['on', 'detach']);
  });

  test.each(['off', 'rest'] as const)('%s is done though the port does not close', async (act) => {
    const { told, port, control } = wires(['detach']);
    await expect(reopenPortWithSupply(control, port)[act]()).rejects.toMatchObject({ message: 'detach' });
    expect(told).toEqual(['detach', act]);
  });
});

describe('a board whose transmit line must not feed it', () => {
  test('lets go of the line though it cannot be put at rest', async () => {
    const { told, port, control } = wires(['rest']);
    await expect(holdTransmitLowWhileOff(control, port).rest()).rejects.toMatchObject({ message: 'rest' });
    expect(told).toEqual(['rest', 'let go']);
  });
});
