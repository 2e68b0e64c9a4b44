import { homedir } from 'node:os';
import path from 'node:path';

import { stateFolder } from './state-folder.ts';

describe('the state folder', () => {
  test.each<[Record<string, string>, string]>([
    [{ BC26_HIL_STATE: '/srv/hil', XDG_STATE_HOME: '/xdg' }, '/srv/hil'],
    [{ XDG_STATE_HOME: '/xdg' }, '/xdg/bc26-hil'],
    [{ XDG_STATE_HOME: 'relative' }, path.join(homedir(), '.local/state/bc26-hil')],
    [{}, path.join(homedir(), '.local/state/bc26-hil')],
  ])('with %j is %s', (environment, folder) => {
    expect(stateFolder(environment)).toBe(folder);
  });
});
