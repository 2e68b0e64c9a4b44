import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { clauseFacts, planned, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { readRecord } from '../record/read-record.ts';
import { openLog } from './log.ts';
import { replaceFile, writeJson } from './replace-file.ts';
import { createRunFolder, createSideFolder, foldersOfRig } from './run-folder.ts';

let reports: string;
beforeEach(() => {
  reports = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-reports-')));
});
afterEach(() => rmSync(reports, { recursive: true, force: true }));

const startedAt = new Date('2026-01-31T09:05:07.890Z');
const create = (rig = 'bench-1', out?: string) => createRunFolder({ reports, rig, startedAt, out });
const latest = () => realpathSync(path.join(reports, 'latest'));
const withCode = (code: string) => expect.objectContaining({ code }) as Error;

describe('a run folder', () => {
  test('that holds no run does not become the latest', () => {
    const { dir } = create();
    const side = createSideFolder({ reports, rig: 'bench-1-doctor', startedAt });
    expect(side.dir).toBe(path.join(reports, 'runs', '2026-01-31T09-05-07Z-bench-1-doctor'));
    expect(latest()).toBe(dir);
  });

  test('is named after time and rig, and is the latest', () => {
    const { dir, record, junit, trace, log } = create();
    expect(dir).toBe(path.join(reports, 'runs', '2026-01-31T09-05-07Z-bench-1'));
    expect([record, junit, trace, log].map((file) => path.basename(file))).toEqual([
      'run.json',
      'junit.xml',
      'trace.jsonl',
      'log.jsonl',
    ]);
    expect(latest()).toBe(dir);
  });

  test('is never shared: runs in the same second get different folders', () => {
    const dirs = [create().dir, create().dir, create().dir];
    expect(new Set(dirs).size).toBe(3);
    expect([...dirs].sort()).toEqual(dirs);
    expect(latest()).toBe(dirs[2]);
  });

  test('is found again by its rig’s name', () => {
    const names = [create('bench-1'), create('bench-1'), create('bench-2'), create('a-bench-1')].map(
      ({ dir }) => path.basename(dir),
    );
    expect(foldersOfRig(['latest', ...names].reverse(), 'bench-1')).toEqual(names.slice(0, 2));
  });

  test('stays inside runs/, whatever the rig’s name', () => {
    expect(path.dirname(create('../../etc/passwd').dir)).toBe(path.join(reports, 'runs'));
  });

  test('can be chosen, unless it holds a run', () => {
    const out = path.join(reports, 'mine');
    expect(create('bench-1', out).dir).toBe(out);
    expect(latest()).toBe(out);
    writeFileSync(path.join(out, 'trace.jsonl'), '');
    expect(() => create('bench-1', out)).toThrow(withCode('USAGE'));
  });

  test('keeps `latest` a link that moves in one step', () => {
    create();
    const { dir } = create();
    expect(lstatSync(path.join(reports, 'latest')).isSymbolicLink()).toBe(true);
    expect(latest()).toBe(dir);
    expect(readdirSync(reports).sort()).toEqual(['latest', 'runs']);
  });

  test('reports what prevents it', () => {
    mkdirSync(path.join(reports, 'latest', 'full'), { recursive: true });
    expect(() => create()).toThrow(withCode('FOLDER_UNUSABLE'));
    expect(() => create()).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('--out') as string }) as Error,
    );
    writeFileSync(path.join(reports, 'file'), '');
    expect(() => create('bench-1', path.join(reports, 'file', 'below'))).toThrow(withCode('FOLDER_UNUSABLE'));
    expect(() => create('bench-1', '/proc')).toThrow(withCode('FOLDER_UNUSABLE'));
  });
});

test('a chosen folder works without `latest`, and the reason is reported', () => {
  mkdirSync(path.join(reports, 'latest', 'full'), { recursive: true });
  const out = path.join(reports, 'mine');
  const said: string[] = [];
  const { dir } = createRunFolder({
    reports,
    rig: 'bench-1',
    startedAt,
    out,
    unlinked: (why) => said.push(why),
  });
  expect(dir).toBe(out);
  expect(said).toEqual([expect.stringContaining('latest')]);
});

describe('replaceFile', () => {
  test('leaves only the new text and no temporary file', () => {
    const file = path.join(reports, 'deep', 'a.txt');
    replaceFile(file, 'old');
    replaceFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(path.dirname(file))).toEqual(['a.txt']);
  });

  test('leaves the old content if it fails', () => {
    mkdirSync(path.join(reports, 'taken', 'full'), { recursive: true });
    expect(() => replaceFile(path.join(reports, 'taken'), 'new')).toThrow(withCode('REPORT_FAILED'));
    expect(readdirSync(reports)).toEqual(['taken']);
  });
});

describe('readRecord', () => {
  const only = planned('one', 'CFG-A');
  const record = foldRecord([runStart([only], [clauseFacts('CFG-A', 'S')]), ...ran(only, 'pass'), runEnd]);

  test('gives back what was written', () => {
    writeJson(path.join(reports, 'run.json'), record);
    expect(readRecord(reports)).toEqual(record);
  });

  test.each([
    ['nothing', undefined, /ENOENT/],
    ['no JSON', '{', /JSON/],
    ['another version', JSON.stringify({ ...record, schemaVersion: 2 }), /schemaVersion/],
    ['an unknown verdict', JSON.stringify(record).replace('"pass"', '"great"'), /verdict/],
  ])('refuses %s and names the file', (_what, text, says) => {
    if (text !== undefined) writeFileSync(path.join(reports, 'run.json'), text);
    expect(() => readRecord(reports)).toThrow(withCode('RECORD_UNREADABLE'));
    expect(() => readRecord(reports)).toThrow(says);
    expect(() => readRecord(reports)).toThrow(path.join(reports, 'run.json'));
  });
});

describe('the log', () => {
  test('is on disk as soon as it is written, with the name of the writer', () => {
    const file = path.join(reports, 'new', 'log.jsonl');
    const { log, close } = openLog(file, 'supervisor');
    log.info({ port: '/dev/null' }, 'opened');
    const line = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(line).toMatchObject({
      level: 30,
      name: 'supervisor',
      pid: process.pid,
      port: '/dev/null',
      msg: 'opened',
    });
    expect(String(line.time)).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    close();
  });

  test('that cannot be written causes no error: the record reports a full disk', () => {
    const { log, close } = openLog('/dev/full', 'supervisor');
    log.info('first');
    log.info('second');
    close();
  });
});
