import path from 'node:path';

import { workFolder } from '../run/e2e/qualify.fixture.ts';
import { checkNamedRig, withoutDeviations } from './rigs.ts';

const work = workFolder();
afterAll(() => work.end());

const rig = (name: string, more = ''): string =>
  work.file(
    `${name}.yaml`,
    [
      `name: ${name}`,
      'control: { driver: emulator }',
      `module: { imei: '863703030822519', firmware: BC26NBR01A07${more} }`,
    ].join('\n'),
  );

test('a fault or a setting that the emulator does not have is a mistake', async () => {
  const files = ['faults: [wdges]', 'settings: { bootms: 200 }'].map((key, at) =>
    work.file(
      `unknown-${at}.yaml`,
      `name: unknown
control: { driver: emulator, ${key} }
module: { imei: '863703030822519', firmware: BC26NBR01A07 }`,
    ),
  );
  const checked = await Promise.all(files.map(checkNamedRig));
  expect(checked).toMatchObject([
    { sound: false, text: expect.stringContaining('"wdges" (did you mean wedges?)') as string },
    { sound: false, text: expect.stringContaining('"bootms" (did you mean bootMs') as string },
  ]);
});

test('a list of known deviations that a rig names is not checked as a rig file; another file is', async () => {
  const lists = ['known', 'unnamed'].map((name) =>
    work.file(
      `${name}.yaml`,
      [
        'firmware: BC26NBR01A07',
        'deviations:',
        "  EX-READ-SAVED: { reason: seen, reference: T-1, expires: '2099-01-01' }",
      ].join('\n'),
    ),
  );
  const files = [rig('plain'), rig('deviating', ', deviations: known.yaml'), ...lists];
  const shown = withoutDeviations(await Promise.all(files.map(checkNamedRig)));
  expect(shown.map(({ file = '', sound }) => [path.basename(file), sound])).toEqual([
    ['plain.yaml', true],
    ['deviating.yaml', true],
    ['unnamed.yaml', false],
  ]);
});
