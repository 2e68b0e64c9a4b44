import { generateKeyPairSync } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { writeJson } from '../files/replace-file.ts';
import { openTrace } from '../files/trace-file.ts';
import type { Entry } from '../record/entry.ts';
import { clauseFacts, exchange, planned, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import type { RunRecord } from '../record/record.ts';
import { packRun, withUnpacked } from './bundle.ts';
import { sealRun } from './seal.ts';
import { linesPerLink } from './trace-chain.ts';
import { verifyRun } from './verify.ts';

const work = mkdtempSync(path.join(tmpdir(), 'seal-'));
const folder = path.join(work, 'run');
const inRun = (name: string): string => path.join(folder, name);
afterAll(() => rmSync(work, { recursive: true }));

const first = planned('first', 'CFG-A');
const second = planned('second', 'CFG-B');
const entries: Entry[] = [
  runStart([first, second], [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'S')]),
  ...Array.from({ length: 2.5 * linesPerLink }, () => exchange()),
  ...ran(first, 'pass'),
  ...ran(second, 'fail', 'expected 5700, but it was 5701'),
  runEnd,
];

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  const trace = openTrace(inRun('trace.jsonl'));
  for (const [index, entry] of entries.entries()) trace.write('note', BigInt(index), { ...entry });
  trace.close();
  writeJson(inRun('run.json'), foldRecord(entries));
  writeFileSync(inRun('log.jsonl'), '{"msg":"begun"}\n');
  sealRun(folder);
});

/** Changes a text of the run. */
function change(name: string, how: (text: string) => string): void {
  const text = readFileSync(inRun(name), 'utf8');
  const changed = how(text);
  expect(changed).not.toBe(text);
  writeFileSync(inRun(name), changed);
}
const differences = (key?: string): readonly string[] => verifyRun(folder, key).differences;

test('a run that nobody touched is as it was', () => {
  expect(verifyRun(folder)).toEqual({ differences: [], signed: false, files: 3, lines: entries.length });
});

test('a flipped byte is found, and where in the trace it is', () => {
  change('trace.jsonl', (text) => {
    const at = text.indexOf('"n":1500,');
    return `${text.slice(0, at)}${text.slice(at).replace('"lo":9,', '"lo":8,')}`;
  });
  expect(differences()).toEqual([
    'trace.jsonl was changed after the run (same size)',
    'trace.jsonl: the first change is in lines 1001 to 2000',
  ]);
});

test('a deleted line is found', () => {
  change('trace.jsonl', (text) => text.replace(/\{"n":2400,.*\n/, ''));
  expect(differences()).toContain(
    `trace.jsonl: the first change is in lines 2001 to ${entries.length}; it has ${entries.length - 1} lines, sealed were ${entries.length}`,
  );
});

test('an edited verdict is found by the seal, and by the trace even where the seal was made again', () => {
  change('run.json', (text) => text.replaceAll('"fail"', '"pass"'));
  sealRun(folder);
  expect(differences()).toEqual([
    'run.json says CFG-B "pass", its trace "fail"',
    'run.json says the test "server.suite.ts › second" "pass", its trace "fail"',
  ]);
});

test('a test that was taken out of the record is missed', () => {
  const record = JSON.parse(readFileSync(inRun('run.json'), 'utf8')) as RunRecord;
  writeJson(inRun('run.json'), { ...record, tests: record.tests.slice(1) });
  sealRun(folder);
  expect(differences()).toEqual(['run.json says tests 1, its trace 2']);
});

test('a file that was exchanged, added, or taken away is found', () => {
  copyFileSync(inRun('trace.jsonl'), inRun('run2.json'));
  writeFileSync(inRun('log.jsonl'), '{"msg":"other"}\n');
  expect(differences()).toEqual([
    'log.jsonl was changed after the run (same size)',
    'run2.json was added after the run',
  ]);
  rmSync(inRun('log.jsonl'));
  expect(differences()).toContain('log.jsonl is missing');
});

test('a log may go on after the seal', () => {
  appendFileSync(inRun('log.jsonl'), '{"msg":"ended"}\n');
  expect(differences()).toEqual([]);
});

test('a seal that names files elsewhere is not followed', () => {
  change('seal.json', (text) => text.replace('"log.jsonl"', '"../../etc/passwd"'));
  expect(differences()).toContain('../../etc/passwd is not a name of a file in the folder');
});

test('a run without a seal is refused', () => {
  rmSync(inRun('seal.json'));
  expect(() => verifyRun(folder)).toThrow(expect.objectContaining({ code: 'RUN_UNSEALED' }) as Error);
});

test('a folder without a run is said to be one, and not a run that was changed', () => {
  expect(() => verifyRun(path.join(work, 'nowhere'))).toThrow(
    expect.objectContaining({
      code: 'RECORD_UNREADABLE',
      message: `there is no run in ${work}/nowhere`,
    }) as Error,
  );
});

describe('a bundle', () => {
  const archive = path.join(work, 'run.tar.gz');
  const keys = (name: string): { secret: string; open: string } => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const [secret, open] = [path.join(work, `${name}.key`), path.join(work, `${name}.pub`)];
    writeFileSync(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(open, publicKey.export({ type: 'spki', format: 'pem' }));
    return { secret, open };
  };
  const owner = keys('owner');
  const other = keys('other');
  afterEach(() => rmSync(archive, { force: true }));

  test('holds the whole run, and its signature is known by the owner’s key alone', async () => {
    await packRun(folder, archive, owner.secret);
    const verified = await withUnpacked(archive, (dir) => verifyRun(dir, owner.open));
    expect(verified).toEqual({ differences: [], signed: true, files: 3, lines: entries.length });
    const { differences: wrong, signed } = await withUnpacked(archive, (dir) => verifyRun(dir, other.open));
    expect(wrong).toEqual([`the run was not signed by the owner of ${other.open}, or its seal was changed`]);
    expect(signed).toBe(false);
  });

  test('that was sealed again by somebody else is refused', async () => {
    await packRun(folder, archive, owner.secret);
    change('run.json', (text) => text.replace('5701', '5700'));
    sealRun(folder);
    expect(differences(owner.open)).toHaveLength(1);
  });

  test('without a signature is refused where a key is given', async () => {
    await packRun(folder, archive);
    const { differences: wrong } = await withUnpacked(archive, (dir) => verifyRun(dir, owner.open));
    expect(wrong).toEqual(['the run is not signed: bundle it with --sign KEY']);
  });

  test('overwrites nothing, and leaves nothing where the key is none', async () => {
    writeFileSync(archive, 'mine');
    await expect(packRun(folder, archive)).rejects.toMatchObject({ code: 'USAGE' });
    expect(readFileSync(archive, 'utf8')).toBe('mine');
    rmSync(archive);
    await expect(packRun(folder, archive, owner.open)).rejects.toMatchObject({ code: 'KEY_UNUSABLE' });
    expect(existsSync(archive)).toBe(false);
  });

  test('that is no archive is refused', async () => {
    writeFileSync(archive, 'no archive');
    await expect(withUnpacked(archive, () => 0)).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });
});
