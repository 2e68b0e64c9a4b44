import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { until } from '../../harness/base/until.fixture.ts';
import { followTrace } from './follow-trace.ts';
import { openTrace } from './trace-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-follow-'));
  file = path.join(folder, 'trace.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let rounds = 0;
const isOver = () => ++rounds === 0;
const follow = (options: Partial<Parameters<typeof followTrace>[1]> = {}) =>
  followTrace(file, { signal: new AbortController().signal, isOver, everyMs: 1, ...options });

test('shows lines as they are written, and ends with the run', async () => {
  const trace = openTrace(file);
  trace.write('note', 1n, { text: 'é' });
  const lines = follow();
  expect((await lines.next()).value).toMatchObject({ n: 1, text: 'é' });
  const second = lines.next();
  trace.write('uart.rx', 2n, { data: 'x'.repeat(200_000) });
  expect((await second).value).toMatchObject({ n: 2 });
  trace.write('note', 3n, { type: 'run-end' });
  trace.write('note', 4n, { text: 'written with it' });
  expect((await lines.next()).value).toMatchObject({ n: 3 });
  expect((await lines.next()).value).toMatchObject({ n: 4 });
  expect(await lines.next()).toMatchObject({ done: true });
});

test('waits for the end of a line that is not whole, and forgets one that was cut', async () => {
  writeFileSync(file, '{"n":1,"at":"1","source":"note"}\n{"n":2,"at":');
  const lines = follow();
  expect((await lines.next()).value).toMatchObject({ n: 1 });
  const whole = lines.next();
  appendFileSync(file, '"2","source":"note"}\n{"n":3,');
  expect((await whole).value).toMatchObject({ n: 2 });
  const after = lines.next();
  truncateSync(
    file,
    Buffer.byteLength('{"n":1,"at":"1","source":"note"}\n{"n":2,"at":"2","source":"note"}\n'),
  );
  // It has seen the shorter file before the file grows again.
  const seen = rounds;
  await until(
    () => rounds,
    (now) => now > seen + 2,
  );
  appendFileSync(file, '{"n":3,"at":"3","source":"note","text":"anew"}\n');
  expect((await after).value).toMatchObject({ n: 3, text: 'anew' });
  await lines.return(undefined);
});

test('ends when nobody writes any more, after what was written last', async () => {
  openTrace(file).write('note', 1n, {});
  const seen = [];
  for await (const { n } of follow({ isOver: () => true })) seen.push(n);
  expect(seen).toEqual([1]);
});

test('ends with the signal while it waits', async () => {
  openTrace(file).close();
  const controller = new AbortController();
  const ended = follow({ signal: controller.signal, everyMs: 100_000 }).next();
  controller.abort();
  expect(await ended).toMatchObject({ done: true });
});

test('names a file that is no trace', async () => {
  await expect(follow().next()).rejects.toMatchObject({ code: 'RECORD_UNREADABLE' });
  writeFileSync(file, 'no\n');
  await expect(follow().next()).rejects.toThrow(`${file}: line 1 is not a line of a trace`);
});
