import { access, extendedRecords, fc, savedRecords } from '../../harness/jest/suite.ts';
import { saveCommand, showsValues } from '../records/records.ts';
import { validValues } from '../records/valid-values.ts';
import { baseValues } from './base-state.ts';
import { generatedLine } from './generated-lines.ts';

const sample = (seed: number) => fc.sample(generatedLine, { numRuns: 3_000, seed });

const between = (value: string | undefined, { min, max }: { min: number; max: number }): boolean =>
  /^\d+$/.test(value ?? '') && Number(value) >= min && Number(value) <= max;

/** Whether the note calls the values of a record valid. */
function isValid(name: string, values: readonly string[]): boolean {
  const [first = '', second, third, fourth = ''] = values;
  if (name === 'QDMPCFG 0') return values.length === 1 && between(first, access.dmmode);
  if (name === 'QDMPCFG 1') {
    const ours = /^192\.0\.2\.\d{1,3}$/.test(first) && between(first.split('.')[3], { min: 1, max: 254 });
    return (
      values.length === 3 && ours && between(second, access.serverPort) && between(third, access.updatePeriod)
    );
  }
  if (name === 'QDMPCFG 2') {
    return (
      values.length === 4 && between(third, access.tmlType) && between(String(fourth.length), access.tmlIMEI)
    );
  }
  const fields = extendedRecords.find(({ type }) => name === `QDMPCFGEX ${type}`)?.fields ?? [];
  return (
    values.length === fields.length &&
    fields.every(({ maxBytes }, index) => between(String(values[index]?.length), { min: 1, max: maxBytes }))
  );
}

test('the same seed gives the same commands', () => {
  expect(sample(42)).toEqual(sample(42));
  expect(sample(42)).not.toEqual(sample(43));
});

test.each([...validValues.keys()])(
  'all generated values for %s are within the limits of the note',
  (name) => {
    const values = validValues.get(name) ?? fc.constant([]);
    for (const each of fc.sample(values, { numRuns: 500, seed: 5 })) {
      expect([each, isValid(name, each)]).toEqual([each, true]);
    }
  },
);

test('every record has valid values', () => {
  expect([...validValues.keys()].sort()).toEqual(savedRecords.map(({ name }) => name).sort());
});

test('every line begins with AT, has no line end, and nothing that edits a line or stops the flow', () => {
  for (const { text } of sample(1)) {
    expect(text).toMatch(/^at/i);
    expect(text).not.toMatch(/[\r\n\b\x1b\x11\x13;]|[^\0-\xff]/);
  }
});

test('no command ever names a server outside 192.0.2.0/24', () => {
  for (const { text } of sample(2)) {
    for (const [found] of text.matchAll(/\d+\.\d+\.\d+\.\d+/g)) expect(found).toMatch(/^(192\.0\.2\.|256\.)/);
  }
});

test('queries, writes and near misses all occur, and near misses most often', () => {
  const of = (kind: string) => sample(3).filter((line) => line.kind === kind).length;
  expect(of('ask')).toBeGreaterThan(100);
  expect(of('write')).toBeGreaterThan(30);
  expect(of('near-miss')).toBeGreaterThan(of('ask') + of('write'));
});

test.each(savedRecords)('the base values of $name are saved by a line as the note writes it', (record) => {
  const number = /^AT\+QDMPCFG=0,\d$|^AT\+QDMPCFG=1(,[\d.]+){3}$|^AT\+QDMPCFG=2(,"[^"]+"){2},\d,\d{15,17}$/;
  const strings = /^AT\+QDMPCFGEX=\d,0(,"[^"]+"){1,4}$/;
  expect(saveCommand(record, baseValues(record))).toMatch(record.command === 'AT+QDMPCFG' ? number : strings);
});

test('a saved private key is recognized by its first four characters', () => {
  const [, , record] = savedRecords;
  if (!record) throw new Error('no credentials record');
  const values = ['K1', 'abcdefgh', '1', '863703030822519'];
  expect(saveCommand(record, values)).toBe('AT+QDMPCFG=2,"K1","abcdefgh",1,863703030822519');
  expect(showsValues(record, '2,K1, abcd****,1,863703030822519', values)).toBe(true);
  expect(showsValues(record, '2,K1,abcx****,1,863703030822519', values)).toBe(false);
  expect(showsValues(record, '2,K1,abcd****,2,863703030822519', values)).toBe(false);
});
