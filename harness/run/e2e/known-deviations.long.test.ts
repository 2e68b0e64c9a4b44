import { readFileSync } from 'node:fs';

import { jest } from '@jest/globals';

import { recordIn, root, run, workFolder } from './qualify.fixture.ts';

const folder = workFolder();
afterAll(() => folder.end());

jest.setTimeout(600_000);

test.each([
  ['erased-zeros-in-use', 'CFG-ERASE-APPLY', 'CFG-*-DEFAULT', 'CFG-IP-DEFAULT'],
  ['ex-read-stale', 'EX-READ-SAVED', 'EX-SAVE-*,EX-READ-*,EX-ERASE-*,EX-PERSIST,EX-LEN-*', 'EX-LEN-mac'],
])(
  '%s: where %s is a known deviation, what shows through it alone is neither failed nor passed',
  async (fault, clause, pattern, behind) => {
    const name = `${fault}-known`;
    const out = `${folder.dir}/${name}`;
    folder.file(
      `${name}.deviations.yaml`,
      `firmware: BC26NBR01A07\ndeviations: { ${clause}: { reason: known, reference: t, expires: 2099-12-31 } }`,
    );
    const emulated = readFileSync(`${root}/rigs/emulated.yaml`, 'utf8');
    const known = emulated.replace('  durableMs', `  deviations: ${name}.deviations.yaml\n  durableMs`);
    const rig = folder.file(`${name}.yaml`, known);
    const { exitCode } = await run([
      ...['qualify', '--rig', rig, '--clause', `${clause},${pattern}`],
      ...['--fault', fault, '--seed', '1', '--out', out],
    ]);
    const { clauses, tests } = recordIn(out);
    const of = (id: string) => clauses.find((each) => each.id === id)?.verdict;
    expect(tests.filter(({ verdict }) => verdict === 'fail').map(({ title }) => title)).toEqual([]);
    expect([of(clause), of(behind)]).toEqual(['observed', 'observed']);
    expect(exitCode).toBe(0);
  },
);
