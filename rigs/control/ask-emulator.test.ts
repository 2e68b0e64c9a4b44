import { jest } from '@jest/globals';

import { askEmulator } from './ask-emulator.ts';

jest.setTimeout(60_000);

test('the program has 60 s, or what a slower machine gives it', async () => {
  expect((await askEmulator(['--faults', '--json'], {})).error).toBeNull();
  const { error } = await askEmulator(['--faults', '--json'], { BC26_HIL_EMULATOR_S: '0.001' });
  expect(error).toMatchObject({ killed: true, signal: 'SIGKILL' });
});
