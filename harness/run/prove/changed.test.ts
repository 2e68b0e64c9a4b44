import { changeSince, faultsConcerned } from './changed.ts';

const fault = (id: string, clause: string) => ({
  id,
  describe: '',
  breaks: [clause],
  file: `rigs/emulator/faults/kinds/${id}.ts`,
});
const faults = [fault('one', 'CFG-TEST'), fault('two', 'CFG-READ'), fault('three', 'CFG-READ-1')];
const tests = [{ file: '10-access-forms.suite.ts', clauses: ['CFG-TEST'] }];
const concerned = (files: string[], clauseLines = '') =>
  faultsConcerned(faults, tests, { files, clauseLines }).map(({ id }) => id);

test.each([
  ['its own file', ['rigs/emulator/faults/kinds/two.ts'], '', ['two']],
  ['a suite file that judges a clause which it breaks', ['suites/10-access-forms.suite.ts'], '', ['one']],
  ['the words of that clause', [], "-    'CFG-READ',\n+    'CFG-READ',", ['two']],
  ['a file of the harness', ['harness/at/framer.ts'], '', []],
])('a fault is concerned by %s', (_, files, lines, expected) => {
  expect(concerned(files, lines)).toEqual(expected);
});

test('a commit that git does not know is refused', async () => {
  await expect(changeSince('no-such-commit')).rejects.toThrow(
    '--changed: git knows no commit no-such-commit',
  );
});

test('nothing is told to git but a commit', async () => {
  await expect(changeSince('--output=/dev/null')).rejects.toMatchObject({ code: 'USAGE' });
});
