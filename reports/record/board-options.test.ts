import { boardOptions } from './board-options.ts';

test.each([
  ['emulated', '/repository/rigs/emulated.yaml', undefined, '--rig emulated'],
  ['north', '/benches/north wall/a.yaml', undefined, "--rig '/benches/north wall/a.yaml'"],
  [
    'emulated',
    '/repository/rigs/emulated.yaml',
    ['imei-16-refused', 'erases-late'],
    '--rig emulated --fault imei-16-refused --fault erases-late',
  ],
])('rig %s of %s with the faults %j is named so that a shell finds it', (rig, rigFile, faults, expected) => {
  expect(boardOptions({ rig, rigFile, ...(faults && { faults }) })).toBe(expected);
});
