import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { openWearLedger } from './wear-ledger.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'wear-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const imei = '863703030822519';
let seconds = 0;
const open = (of = imei, isRunning = true) =>
  openWearLedger({
    imei: of,
    now: new Date(++seconds * 1_000),
    environment: { BC26_HIL_STATE: state },
    isRunning: (pid) => isRunning && pid === process.pid,
  });
/** The ledger of a run before which all others have ended. */
const openAlone = () => open(imei, false);

describe('the wear ledger', () => {
  test('begins with nothing and remembers the writes of every run', () => {
    const first = open();
    expect(first.writesBefore).toBe(0);
    first.add(1);
    first.add(3);
    first.close();
    expect(open().writesBefore).toBe(4);
  });

  test('has counted what a run wrote before it was killed', () => {
    open().add(7);
    expect(open().writesBefore).toBe(7);
  });

  test('adds up runs that overlap', () => {
    const [one, other] = [open(), open()];
    one.add(5);
    other.add(6);
    one.add(1);
    expect(open().writesBefore).toBe(12);
  });

  test('keeps one file, however many runs there were, and counts each once', () => {
    for (let run = 0; run < 5; run += 1) {
      const ledger = openAlone();
      expect(ledger.writesBefore).toBe(3 * run);
      ledger.add(3);
      if (run % 2 === 0) ledger.close();
    }
    expect(openAlone().writesBefore).toBe(15);
    expect(readdirSync(path.join(state, 'wear', imei)).sort()).toEqual([
      expect.stringMatching(/\.writes$/) as string,
      'total.json',
    ]);
  });

  test('leaves the file of a run that goes on alone', () => {
    const other = open();
    other.add(2);
    expect(open().writesBefore).toBe(2);
    other.add(3);
    expect(openAlone().writesBefore).toBe(5);
  });

  test('counts no file twice that a kill left behind when it was added up', () => {
    open().add(4);
    const folder = path.join(state, 'wear', imei);
    const [file = ''] = readdirSync(folder);
    const kept = readFileSync(path.join(folder, file));
    expect(openAlone().writesBefore).toBe(4);
    writeFileSync(path.join(folder, file), kept);
    expect(openAlone().writesBefore).toBe(4);
    expect(openAlone().writesBefore).toBe(4);
  });

  test('says what to do about a total that is damaged', () => {
    open();
    openAlone();
    const total = path.join(state, 'wear', imei, 'total.json');
    writeFileSync(total, '{"writes": 1');
    expect(() => open()).toThrow(
      expect.objectContaining({
        code: 'LEDGER_FAILED',
        message: expect.stringContaining(`${total} is damaged`) as string,
      }) as Error,
    );
  });

  test('keeps modules apart', () => {
    open().add(2);
    expect(open('863703030822510').writesBefore).toBe(0);
  });

  test('does not count a line that a power cut tore, nor files of others', () => {
    open().add(20);
    const folder = path.join(state, 'wear', imei);
    const [file = ''] = readdirSync(folder);
    appendFileSync(path.join(folder, file), '+3');
    writeFileSync(path.join(folder, 'notes.txt'), '+100\n');
    expect(open().writesBefore).toBe(20);
  });

  test('counts nothing after it was closed', () => {
    const ledger = open();
    ledger.close();
    ledger.close();
    ledger.add(1);
    expect(open().writesBefore).toBe(0);
  });

  test('says where it could not be kept', () => {
    writeFileSync(path.join(state, 'wear'), '');
    chmodSync(path.join(state, 'wear'), 0o444);
    expect(() => open()).toThrow(
      expect.objectContaining({
        code: 'LEDGER_FAILED',
        message: expect.stringContaining(state) as string,
      }) as Error,
    );
  });
});
