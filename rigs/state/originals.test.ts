import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { dropOriginal, keepOriginal, type Original, originalFile, readOriginal } from './originals.ts';

const imei = '863703030822519';
const original: Original = {
  schemaVersion: 1,
  imei,
  revision: 'BC26NBR01A07',
  rig: 'bench-1',
  run: 'reports/runs/2026-11-30T02-17-00Z-bench-1',
  by: 'hil@bench, process 4711',
  takenAt: '2026-11-30T02:17:00.000Z',
  inUse: { text: '0,1\n1,203.0.113.5,5683,3600', final: 'OK' },
  saved: { 'QDMPCFG 0': { text: '0,1', final: 'OK' }, 'QDMPCFGEX 0': { final: '+CME ERROR: 50' } },
  powerSaving: ['AT+CPSMS=1'],
};

let environment: { BC26_HIL_STATE: string };
beforeEach(() => {
  environment = { BC26_HIL_STATE: mkdtempSync(path.join(tmpdir(), 'originals-')) };
});
afterEach(() => rmSync(environment.BC26_HIL_STATE, { recursive: true }));

test('what a module held is read back as it was kept, by its owner alone', () => {
  keepOriginal(original, environment);
  expect(readOriginal(imei, environment)).toEqual(original);
  expect(statSync(originalFile(imei, environment)).mode & 0o777).toBe(0o600);
});

test('modules are kept apart, and nothing is known of one that was never kept', () => {
  keepOriginal(original, environment);
  expect(readOriginal('863703030822518', environment)).toBeUndefined();
});

test('what was put back is dropped; dropping it again changes nothing', () => {
  dropOriginal(imei, environment);
  keepOriginal(original, environment);
  dropOriginal(imei, environment);
  dropOriginal(imei, environment);
  expect(readOriginal(imei, environment)).toBeUndefined();
  expect(readdirSync(path.dirname(originalFile(imei, environment)))).toEqual([]);
});

test.each([
  ['is no JSON', '{"schemaVersion": 1,'],
  ['lacks what must be put back', JSON.stringify({ ...original, saved: undefined })],
  ['is of another version', JSON.stringify({ ...original, schemaVersion: 2 })],
])('a file that %s is an error, never taken for none', (_, text) => {
  keepOriginal(original, environment);
  writeFileSync(originalFile(imei, environment), text);
  expect(() => readOriginal(imei, environment)).toThrow(
    expect.objectContaining({
      code: 'ORIGINAL_UNREADABLE',
      message: expect.stringContaining(imei) as string,
    }) as Error,
  );
});

test('an original that cannot be kept is an error that names the folder', () => {
  const nowhere = { BC26_HIL_STATE: '/proc/none' };
  expect(() => keepOriginal(original, nowhere)).toThrow(
    expect.objectContaining({
      code: 'ORIGINAL_NOT_KEPT',
      message: expect.stringContaining('/proc/none') as string,
    }) as Error,
  );
});
