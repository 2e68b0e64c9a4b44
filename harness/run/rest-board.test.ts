import { loadRigFile } from '../../rigs/file/load-rig-file.ts';
import { acquireLock } from '../../rigs/lock/lock.ts';
import { workFolder } from './e2e/qualify.fixture.ts';
import { tryRestBoard } from './rest-board.ts';

const work = workFolder();
afterAll(() => work.end());

/** Puts a board at rest whose control runs programs, with this one as `off`. */
async function putAtRest(off: string) {
  const rig = await loadRigFile(
    work.file(
      `${off}.yaml`,
      [
        `name: rests-${off}`,
        `serial: { path: ${work.dir}/tty }`,
        `control: { driver: command, on: ['true'], off: ['${off}'] }`,
        "module: { imei: '863703030822519', firmware: BC26NBR01A07 }",
      ].join('\n'),
    ),
  );
  const lock = await acquireLock(rig, { environment: { ...process.env, BC26_HIL_STATE: work.dir } });
  try {
    return await tryRestBoard(rig, lock);
  } finally {
    lock.release();
  }
}

test('a board that could not be put at rest is reported as such', async () => {
  expect(await putAtRest('true')).toBeUndefined();
  expect(await putAtRest('false')).toMatchObject({
    type: 'rig-error',
    code: 'CONTROL_FAILED',
    atRest: false,
  });
}, 30_000);
