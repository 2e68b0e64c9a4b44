import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { recordIn, run, traceIn, workFolder } from './qualify.fixture.ts';

jest.setTimeout(300_000);

const folder = workFolder();
afterAll(() => folder.end());
const out = (name: string): string => path.join(folder.dir, name);

/** The failures of a run, with their messages; which lines of the trace they name is another matter. */
const failuresIn = (dir: string) =>
  recordIn(dir)
    .tests.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-run')
    .map(({ name, clauses, verdict, reason }) => [
      name,
      clauses,
      verdict,
      reason?.replaceAll(/lines? \d+(?:(?:–| to )\d+)?/g, 'lines'),
    ]);

const failed = out('failed');
beforeAll(async () => {
  const smoke = ['--profile', 'smoke', '--clause', 'CFG-QUERY-1,CFG-STATE', '--seed', '7'];
  const ended = await run(['qualify', ...smoke, '--fault', 'query-server-wrong', '--out', failed]);
  expect(ended).toMatchObject({ exitCode: 1 });
});

test('a failed run fails again by the same clauses with the same messages, without its board', async () => {
  const dir = out('again');
  expect(await run(['replay', failed, '--out', dir])).toMatchObject({ exitCode: 1 });
  expect(failuresIn(dir)).toEqual(failuresIn(failed));
  expect(failuresIn(dir)).not.toEqual([]);
  const verdicts = (of: string) => recordIn(of).clauses.map(({ id, verdict }) => [id, verdict]);
  expect(verdicts(dir)).toEqual(verdicts(failed));
  expect(recordIn(dir).latency).toMatchObject({
    'AT+QDMPCFG=4,1': recordIn(failed).latency['AT+QDMPCFG=4,1'],
  });
});

test('a rig that plays it fails as it did, and has no other inputs', async () => {
  const rig = folder.file('again.yaml', 'name: again\ncontrol: { driver: replay, run: failed }\n');
  const dir = out('by-rig');
  expect(await run(['qualify', '--rig', rig, '--no-latest', '--out', dir])).toMatchObject({ exitCode: 1 });
  expect(failuresIn(dir)).toEqual(failuresIn(failed));
  expect(recordIn(dir)).toMatchObject({ rig: 'again', driver: 'replay', profile: 'smoke', seed: 7 });
  const other = await run(['qualify', '--rig', rig, '--seed', '8']);
  expect(other).toMatchObject({ exitCode: 2 });
  expect(other.stderr).toContain('--seed 8: rig again plays a run again, which had 7');
});

test('a green run is green again', async () => {
  const green = out('green');
  const smoke = ['--profile', 'smoke', '--clause', 'CFG-QUERY-1', '--seed', '9'];
  expect(await run(['qualify', ...smoke, '--out', green])).toMatchObject({ exitCode: 0 });
  const dir = out('green-again');
  expect(await run(['replay', green, '--out', dir])).toMatchObject({ exitCode: 0 });
  const verdicts = (of: string) => recordIn(of).tests.map(({ name, verdict }) => [name, verdict]);
  expect(verdicts(dir)).toEqual(verdicts(green));
});

test('its verdicts are those that the suites derive from the trace', async () => {
  const ended = await run(['verify', failed, '--suites']);
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(ended.stdout).toContain('as it was when the run ended');
});

test('where the harness now sends something else, it says at which line', async () => {
  const changed = out('changed');
  cpSync(failed, changed, { recursive: true });
  const file = path.join(changed, 'trace.jsonl');
  const sent = traceIn(changed).find(
    ({ source, data }) => source === 'uart.tx' && data === 'AT+QDMPCFG=4,1\r',
  );
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = Number(sent?.['n']) - 1;
  lines[at] = lines[at]!.replace('4,1', '4,2');
  writeFileSync(file, lines.join('\n'));
  const ended = await run(['replay', changed, '--out', out('other')]);
  expect(ended.exitCode).toBe(3);
  expect(ended.stdout.replaceAll(/\s+/g, ' ')).toContain(
    `line ${at + 1} of the trace has AT+QDMPCFG=4,2\\r to the module, and the harness now sends AT+QDMPCFG=4,1\\r`,
  );
});
