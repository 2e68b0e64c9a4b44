import { jest } from '@jest/globals';

import { recordIn, run, workFolder } from './qualify.fixture.ts';

jest.setTimeout(180_000);

const folder = workFolder();
afterAll(() => folder.end());

/** The last LF of each answer comes late, and a module that is spoken to before it drops both answer and command. */
const settings = { lateLfMs: 60, pendingInput: 'aborts' };

test('a module that must not be spoken to between CR and LF is brought up, judged and put back', async () => {
  const rig = folder.file(
    'late-lf.yaml',
    [
      'name: late-lf',
      `control: { driver: emulator, settings: ${JSON.stringify(settings)} }`,
      `module: { imei: '863703030822519', firmware: BC26, durableMs: 200, clock: 150 }`,
      'credentials: { appKey: M100000089, password: Kx7pRt2mWq9dLz4v }',
    ].join('\n'),
  );
  const out = `${folder.dir}/late-lf`;
  const { exitCode } = await run([
    ...['qualify', '--rig', rig, '--seed', '1', '--out', out, '--clause', 'CFG-TEST,CFG-READ'],
  ]);
  const { state, problems, messages, clauses } = recordIn(out);
  expect({ exitCode, state, problems, messages }).toEqual({
    exitCode: 0,
    state: 'complete',
    problems: [],
    messages: [],
  });
  const judged = ['CFG-TEST', 'CFG-READ'];
  expect(clauses.filter(({ id }) => judged.includes(id)).map(({ id, verdict }) => [id, verdict])).toEqual(
    expect.arrayContaining(judged.map((id) => [id, 'pass'])),
  );
});
