import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';

import { writeJson } from '../../reports/files/replace-file.ts';
import { filesOf } from '../../reports/files/run-folder.ts';
import { openTrace } from '../../reports/files/trace-file.ts';
import type { Entry } from '../../reports/record/entry.ts';
import { clauseFacts, planned, ran, runStart } from '../../reports/record/example-run.fixture.ts';
import { foldRecord } from '../../reports/record/fold-record.ts';
import { headerOf, writePlan } from '../../reports/record/plan-file.ts';
import { entriesOfTrace } from '../../reports/record/record-from-trace.ts';
import { identityOf } from '../../rigs/lock/process-identity.ts';
import { keepChosenRun } from '../../rigs/state/chosen-runs.ts';
import { completeCutRuns } from './complete-cut.ts';
import { junitIn, recordIn, traceIn, workFolder } from './e2e/qualify.fixture.ts';

let work: ReturnType<typeof workFolder>;
beforeEach(() => (work = workFolder()));
afterEach(() => work.end());

const one = planned('one', 'CFG-A');
const two = planned('two', 'CFG-A');
type RunStart = Extract<Entry, { type: 'run-start' }>;

const dead = { pid: 4_194_304, started: '1', command: 'node' };

/** Where a run keeps what it is to judge; older ones have it in the first line of the trace. */
type PlanPlace = 'in a file' | 'in the trace';

/** A run that was cut in its second test: its record is as of the first. */
function cut(
  dir: string,
  supervisor: { pid: number; started: string; command: string } | undefined,
  place: PlanPlace = 'in a file',
): void {
  const start = { ...runStart([one, two], [clauseFacts('CFG-A', 'S')]), supervisor } as RunStart;
  const entries: Entry[] = [start, ...ran(one, 'pass'), { type: 'test-start', name: two.name }];
  const files = filesOf(dir);
  const trace = openTrace(files.trace);
  entries.forEach((entry, index) =>
    trace.write(entry.type.startsWith('test-') ? 'test' : 'note', BigInt(index) * 1_000_000_000n, {
      ...(entry === start && place === 'in a file' ? headerOf(start) : entry),
    }),
  );
  trace.close();
  if (place === 'in a file') writePlan(files.plan, start);
  writeJson(files.record, foldRecord(entries.slice(0, 3)));
}

const folder = (name: string): string => {
  const dir = `${work.dir}/runs/${name}`;
  mkdirSync(dir, { recursive: true });
  return dir;
};

describe('a run that was killed with its supervisor', () => {
  test.each<PlanPlace>(['in a file', 'in the trace'])(
    'with its plan %s gets its record, JUnit and end of trace from the next command, once',
    async (place) => {
      const dir = folder('2026-01-31T09-05-07Z-bench-1');
      cut(dir, dead, place);
      expect(await completeCutRuns(work.dir, 'bench-1')).toEqual([expect.stringContaining(dir)]);
      const record = recordIn(dir);
      expect(record).toMatchObject({ state: 'failed', exitCode: 3, durationMs: 3_000 });
      expect(record.tests.map(({ verdict }) => verdict)).toEqual(['pass', 'rig-error']);
      expect(record.problems).toMatchObject([{ code: 'RUN_KILLED' }]);
      expect(junitIn(dir)).toContain('RUN_KILLED');
      expect(readFileSync(`${dir}/summary.md`, 'utf8')).toContain('RUN\\_KILLED');
      expect(traceIn(dir).at(-1)).toMatchObject({ type: 'run-end' });
      expect(await completeCutRuns(work.dir, 'bench-1')).toEqual([]);
    },
  );

  test.each(['junit.xml', 'summary.md', 'report.html'])(
    'gets its other reports and its seal where %s cannot be written, and says so',
    async (report) => {
      const dir = folder('2026-01-31T09-05-07Z-bench-1');
      cut(dir, dead);
      mkdirSync(`${dir}/${report}`);
      expect(await completeCutRuns(work.dir, 'bench-1')).toEqual([expect.stringContaining(dir)]);
      const found = ['junit.xml', 'summary.md', 'report.html', 'seal.json'].filter((name) =>
        statSync(`${dir}/${name}`).isFile(),
      );
      expect(found).toHaveLength(3);
      const codes = ['RUN_KILLED', 'REPORT_FAILED'];
      expect(recordIn(dir).problems.map(({ code }) => code)).toEqual(codes);
      expect(foldRecord([...entriesOfTrace(`${dir}/trace.jsonl`)]).problems.map(({ code }) => code)).toEqual(
        codes,
      );
    },
  );

  test('is found where `latest` points, too', async () => {
    const dir = `${work.dir}/elsewhere`;
    mkdirSync(dir);
    cut(dir, dead);
    symlinkSync(dir, `${work.dir}/latest`);
    expect(await completeCutRuns(work.dir, 'bench-1')).toHaveLength(1);
  });

  test('is found where `--out` put it, though `latest` points at another run', async () => {
    const dir = `${work.dir}/elsewhere`;
    mkdirSync(dir);
    cut(dir, dead);
    symlinkSync(folder('2026-01-31T09-05-07Z-bench-2'), `${work.dir}/latest`);
    const environment = { BC26_HIL_STATE: `${work.dir}/state` };
    keepChosenRun('bench-1', dir, environment);
    expect(await completeCutRuns(work.dir, 'bench-2', environment)).toEqual([]);
    expect(await completeCutRuns(work.dir, 'bench-1', environment)).toEqual([expect.stringContaining(dir)]);
    expect(recordIn(dir)).toMatchObject({ state: 'failed', exitCode: 3 });
  });

  test('is found no more once its folder is gone', async () => {
    const environment = { BC26_HIL_STATE: `${work.dir}/state` };
    keepChosenRun('bench-1', `${work.dir}/emptied`, environment);
    cut(folder('2026-01-31T09-05-07Z-bench-1'), dead);
    expect(await completeCutRuns(work.dir, 'bench-1', environment)).toHaveLength(1);
  });

  test.each([
    ['is empty', (dir: string) => writeFileSync(`${dir}/run.json`, '')],
    ['never ends', (dir: string) => execFileSync('mkfifo', [`${dir}/run.json`])],
  ])('is completed even where the record that `latest` points at %s', async (_, spoil) => {
    const latest = `${work.dir}/elsewhere`;
    mkdirSync(latest);
    spoil(latest);
    symlinkSync(latest, `${work.dir}/latest`);
    const older = folder('2026-01-31T09-05-07Z-bench-1');
    cut(older, dead);
    expect(await completeCutRuns(work.dir, 'bench-1')).toEqual([expect.stringContaining(older)]);
    expect(recordIn(older)).toMatchObject({ state: 'failed' });
  });

  test.each([
    ['goes on', identityOf(process.pid), 'bench-1'],
    ['does not name its supervisor', undefined, 'bench-1'],
    ['is of another rig', dead, 'bench-2'],
  ])('is left alone where it %s', async (_, supervisor, rig) => {
    const dir = folder(`2026-01-31T09-05-07Z-${rig}`);
    cut(dir, supervisor);
    expect(await completeCutRuns(work.dir, rig)).toEqual([]);
    expect(recordIn(dir).state).toBe('running');
    expect(existsSync(`${dir}/junit.xml`)).toBe(false);
  });

  test('that left no readable trace is ignored', async () => {
    const dir = folder('2026-01-31T09-05-07Z-bench-1');
    cut(dir, dead);
    work.file('runs/2026-01-31T09-05-07Z-bench-1/trace.jsonl', 'no trace\n');
    expect(await completeCutRuns(work.dir, 'bench-1')).toEqual([]);
    expect(await completeCutRuns(`${work.dir}/nowhere`, 'bench-1')).toEqual([]);
  });
});
