import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import type { Entry } from '../record/entry.ts';
import { clauseFacts, planned, ran, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { headerOf, writePlan } from '../record/plan-file.ts';
import { entriesOfTrace } from '../record/record-from-trace.ts';
import { openTrace, readTrace } from './trace-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-trace-'));
  file = path.join(folder, 'deep', 'trace.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type RunStart = Extract<Entry, { type: 'run-start' }>;

const turn = () => new Promise((resolve) => setImmediate(resolve));
const numbers = () => [...readTrace(file)].map(({ n }) => n);
const unreadable = expect.objectContaining({ code: 'RECORD_UNREADABLE' }) as Error;

describe('a trace', () => {
  test('keeps every byte, and times beyond the precision of a double', () => {
    const data = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');
    const trace = openTrace(file);
    expect(trace.last).toBe(0);
    expect(trace.write('uart.rx', 9_007_199_254_740_993n, { data })).toBe(1);
    expect(trace.last).toBe(1);
    trace.close();
    const [line] = readTrace(file);
    expect(line).toEqual({ n: 1, at: 9_007_199_254_740_993n, source: 'uart.rx', data });
    // A terminal that shows the file obeys none of them.
    expect(readFileSync(file, 'utf8').trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  test('is on disk when write returns, one line an object', () => {
    const trace = openTrace(file);
    trace.write('note', 5n, { text: 'two\nlines', big: 7n });
    expect(readFileSync(file, 'utf8')).toBe(
      '{"n":1,"at":"5","source":"note","text":"two\\nlines","big":"7"}\n',
    );
  });

  test('has the bytes of the UART by the end of the turn of the event loop', async () => {
    const trace = openTrace(file);
    trace.write('uart.tx', 1n, { data: 'AT\r' });
    trace.write('uart.rx', 2n, { data: '\r\nOK\r\n', n: 7 });
    await turn();
    expect(numbers()).toEqual([1, 2]);
    trace.close();
  });

  test('has them before the line that follows them', () => {
    const trace = openTrace(file);
    trace.write('uart.tx', 1n, { data: 'AT\r' });
    trace.write('control', 2n, { action: 'reset', state: 'begun' });
    expect(numbers()).toEqual([1, 2]);
    trace.close();
  });

  test('has them when the process exits by itself or by an error that nobody caught', async () => {
    const ends = { exits: 'process.exit(0)', fails: 'throw new TypeError("nobody catches it")' };
    for (const [name, end] of Object.entries(ends)) {
      const ended = path.join(folder, `${name}.jsonl`);
      const program = `import { openTrace } from '${import.meta.dirname}/trace-file.ts';
        openTrace('${ended}').write('uart.rx', 1n, { data: 'OK' }); ${end};`;
      await execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
        reject: false,
      });
      expect([...readTrace(ended)]).toEqual([{ n: 1, at: 1n, source: 'uart.rx', data: 'OK' }]);
    }
  });

  test('does not let a body change what a line is', () => {
    openTrace(file).write('note', 5n, { n: 99, at: 'never', source: 'uart.rx' });
    expect([...readTrace(file)]).toEqual([{ n: 1, at: 5n, source: 'note' }]);
  });

  test('is continued: numbers go on', () => {
    const first = openTrace(file);
    first.write('note', 1n, { text: 'x'.repeat(200_000) });
    first.write('note', 2n, {});
    first.close();
    const second = openTrace(file);
    expect(second.last).toBe(2);
    expect(second.write('note', 3n, {})).toBe(3);
    expect(numbers()).toEqual([1, 2, 3]);
  });

  test('starts with the given number only if it is new', () => {
    openTrace(file, { startAt: 41 }).write('note', 1n, {});
    openTrace(file, { startAt: 7 }).write('note', 2n, {});
    expect(numbers()).toEqual([41, 42]);
  });

  test('drops what comes after its end', () => {
    const trace = openTrace(file);
    trace.close();
    trace.close();
    expect(trace.write('uart.rx', 1n, { data: 'late' })).toBe(0);
    expect(numbers()).toEqual([]);
  });

  test('says what is wrong when it cannot be opened', () => {
    writeFileSync(path.join(folder, 'plain'), '');
    const inFile = path.join(folder, 'plain', 'trace.jsonl');
    expect(() => openTrace(inFile)).toThrow(expect.objectContaining({ code: 'REPORT_FAILED' }) as Error);
  });
});

describe('a trace cut by a crash', () => {
  const whole = '{"n":1,"at":"1","source":"note"}\n{"n":2,"at":"2","source":"note","text":"é"}\n';

  test('loses no complete line, wherever it was cut, and can be continued', () => {
    const bytes = Buffer.from(whole);
    const firstEnd = bytes.indexOf('\n') + 1;
    openTrace(file).close();
    for (let cut = 0; cut <= bytes.length; cut++) {
      writeFileSync(file, bytes.subarray(0, cut));
      const left = [1, 2].slice(0, cut < firstEnd ? 0 : cut < bytes.length ? 1 : 2);
      expect(numbers()).toEqual(left);
      const trace = openTrace(file);
      trace.write('note', 3n, {});
      trace.close();
      expect(numbers()).toEqual([...left, left.length + 1]);
    }
  });

  test('differs from one that was damaged', () => {
    openTrace(file).close();
    writeFileSync(file, whole);
    appendFileSync(file, 'damage\n');
    expect(() => numbers()).toThrow(unreadable);
    expect(() => openTrace(file)).toThrow(unreadable);
  });

  test('that does not exist is an error with its path', () => {
    expect(() => numbers()).toThrow(
      expect.objectContaining({ message: expect.stringContaining(file) as string }) as Error,
    );
  });
});

describe('the record from a trace', () => {
  const test1 = planned('one', 'CFG-A');
  const test2 = planned('two', 'CFG-A');
  const entries: Entry[] = [
    runStart([test1, test2], [clauseFacts('CFG-A', 'S')]),
    ...ran(test1, 'pass'),
    { type: 'test-start', name: test2.name },
    { type: 'test-end', name: test2.name, verdict: 'pass', durationMs: 1, trace: [1, 2] },
  ];

  test('ignores bytes and other notes', () => {
    const trace = openTrace(file);
    for (const entry of entries) {
      trace.write('uart.rx', 1n, { data: '{"type":"message"}', type: 'message', text: 'not said by us' });
      trace.write(entry.type.startsWith('test-') ? 'test' : 'note', 1n, { ...entry });
      trace.write('note', 1n, { type: 'constructor' });
      trace.write('note', 1n, { text: 'for people' });
    }
    expect(foldRecord(entriesOfTrace(file))).toEqual(foldRecord(entries));
  });

  test('takes clauses and tests from the file beside it, and from the line itself in an older one', () => {
    const [start, ...rest] = entries as [RunStart, ...Entry[]];
    const trace = openTrace(file);
    for (const body of [headerOf(start), ...rest]) trace.write('note', 1n, { ...body });
    expect(() => [...entriesOfTrace(file)]).toThrow(unreadable);
    const plan = path.join(path.dirname(file), 'plan.json');
    writePlan(plan, start);
    expect(foldRecord(entriesOfTrace(file))).toEqual(foldRecord(entries));
    writeFileSync(plan, '{"schemaVersion":1,"clauses":[{}],"planned":[]}');
    expect(() => [...entriesOfTrace(file)]).toThrow(unreadable);
  });

  test('of a run whose last line was cut has the test that was running', () => {
    const trace = openTrace(file);
    for (const entry of entries) trace.write('note', 1n, { ...entry });
    trace.close();
    truncateSync(file, readFileSync(file).length - 5);
    const { tests } = foldRecord([...entriesOfTrace(file), { type: 'run-end', durationMs: 1 }]);
    expect(tests.map(({ verdict }) => verdict)).toEqual(['pass', 'rig-error']);
  });
});
