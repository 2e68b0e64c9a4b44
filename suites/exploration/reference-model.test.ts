import {
  accessWrite,
  fc,
  type Judge,
  type SavedRecord,
  savedRecords,
  type Snapshot,
} from '../../harness/jest/suite.ts';
import { baseValues } from './base-state.ts';
import { commandsFor, confirmedState, knownValues, type RecordContent } from './known-state.ts';
import { judgeQuery, judgeRead, judgeReboot, judgeWrite } from './reference-model.ts';
import { sequence, sequenceWithReboot, type Step, stepCommand } from './steps.ts';

/** A configuration as a module shows it, some of it otherwise than the base. */
function shown(changes: Record<string, string | undefined> = {}, inUse = 'in use'): Snapshot {
  const reading = (text: string | undefined) => ({ text, final: text === undefined ? 'ERROR' : 'OK' });
  const saved = savedRecords.map((record): [string, ReturnType<typeof reading>] => {
    const { name, type } = record;
    const text = [type, ...baseValues(record)].join(',');
    return [name, reading(name in changes ? changes[name] : text)];
  });
  return { inUse: reading(inUse), saved: Object.fromEntries(saved) };
}

function judging(): { judge: Judge; failed: string[]; held: string[] } {
  const [failed, held]: [string[], string[]] = [[], []];
  return { judge: (id, holds) => void (holds ? held : failed).push(id), failed, held };
}

function named(name: string): SavedRecord {
  const record = savedRecords.find((each) => each.name === name);
  if (!record) throw new Error(`no record ${name}`);
  return record;
}

const contents = new Map(
  savedRecords.map((record): [string, RecordContent] => [record.name, baseValues(record)]),
);
const known = confirmedState(contents, shown());
const mac = named('QDMPCFGEX 1');
const server = named('QDMPCFG 1');
const saveMac: Step = { do: 'save', record: mac, values: ['newMac'] };
const eraseServer: Step = { do: 'erase', records: [server], command: server.erase };

describe('a save', () => {
  test('that changes its own record and nothing else breaks nothing', () => {
    const { judge, failed, held } = judging();
    const next = judgeWrite(
      known,
      saveMac,
      { accepted: true, shown: shown({ 'QDMPCFGEX 1': '1,newMac' }) },
      judge,
    );
    expect(failed).toEqual([]);
    expect(held).toEqual(
      expect.arrayContaining(['EX-SAVE-1', 'EX-READ-1', 'EX-SAVE-ISOLATED', 'CROSS-ISOLATED']),
    );
    expect(knownValues(next, mac)).toEqual(['newMac']);
  });

  test.each([
    ['is refused', false, {}, ['EX-SAVE-1', 'EX-READ-1']],
    ['shows the old value', true, {}, ['EX-SAVE-1', 'EX-READ-1']],
    ['changes another record of its command', true, { 'QDMPCFGEX 2': '2,,,,' }, ['EX-SAVE-ISOLATED']],
    ['changes a record of the other command', true, { 'QDMPCFG 0': '0,1' }, ['CROSS-ISOLATED']],
  ])('that %s', (_what, accepted, changes, expected) => {
    const { judge, failed } = judging();
    const own = expected.includes('EX-SAVE-1') ? {} : { 'QDMPCFGEX 1': '1,newMac' };
    judgeWrite(known, saveMac, { accepted, shown: shown({ ...own, ...changes }) }, judge);
    expect([...new Set(failed)]).toEqual(expected);
  });

  test('that changes the values in use at once', () => {
    const { judge, failed } = judging();
    judgeWrite(
      known,
      saveMac,
      { accepted: true, shown: shown({ 'QDMPCFGEX 1': '1,newMac' }, 'other') },
      judge,
    );
    expect(failed).toEqual(['CFG-READ-ACTIVE']);
  });
});

describe('an erase', () => {
  test.each([['1,117.161.2.41,5683,86400'], ['1,,,'], ['1,,,0'], [undefined]])(
    'may show %p: the note is silent, and the model accepts what it sees',
    (text) => {
      const { judge, failed } = judging();
      const next = judgeWrite(
        known,
        eraseServer,
        { accepted: true, shown: shown({ 'QDMPCFG 1': text }) },
        judge,
      );
      expect(failed).toEqual([]);
      expect(next.contents.get('QDMPCFG 1')).toBe('erased');
      expect(next.shown.saved['QDMPCFG 1']?.text).toBe(text);
    },
  );

  test('of a record with values must be accepted', () => {
    const { judge, failed } = judging();
    judgeWrite(known, eraseServer, { accepted: false, shown: shown() }, judge);
    expect(failed).toEqual(['CFG-ERASE-1']);
  });

  const eraseAll: Step = { do: 'erase', records: savedRecords.slice(0, 3), command: 'AT+QDMPCFG=5,4' };

  test.each([
    ['one', eraseServer, ['QDMPCFG 1'], []],
    ['all three, of which two hold values', eraseAll, ['QDMPCFG 1'], []],
    ['all three, of which none holds a value', eraseAll, ['QDMPCFG 0', 'QDMPCFG 1', 'QDMPCFG 2'], []],
    ['all three, of which each holds values', eraseAll, [], ['CFG-ERASE-4']],
  ])('of %s may be refused only if something is empty', (_what, step, empty, expected) => {
    const { judge, failed } = judging();
    const erased = new Map([...contents, ...empty.map((name): [string, RecordContent] => [name, 'erased'])]);
    judgeWrite({ ...known, contents: erased }, step, { accepted: false, shown: shown() }, judge);
    expect(failed).toEqual(expected);
  });

  test('may not show what was saved', () => {
    const { judge, failed } = judging();
    judgeWrite(known, eraseServer, { accepted: true, shown: shown() }, judge);
    expect(failed).toEqual(['CFG-ERASE-1']);
  });

  test('may not touch another record', () => {
    const { judge, failed } = judging();
    const after = shown({ 'QDMPCFG 1': '1,,,', 'QDMPCFG 2': '2,,,0,' });
    judgeWrite(known, eraseServer, { accepted: true, shown: after }, judge);
    expect(failed).toEqual(['CFG-ERASE-ISOLATED']);
  });
});

test('a refused command may change nothing', () => {
  const { judge, failed } = judging();
  const step: Step = { do: 'refused', command: 'AT+QDMPCFG=0,2' };
  judgeWrite(known, step, { accepted: false, shown: shown({ 'QDMPCFG 0': '0,1' }) }, judge);
  expect(failed).toEqual(['ERR-ATOMIC']);
});

test('the values in use stay what they were while nothing was rebooted', () => {
  const { judge, failed, held } = judging();
  judgeRead(known, known.shown.inUse, judge);
  expect([failed, held]).toEqual([[], ['CFG-READ-ACTIVE']]);
  judgeRead(known, { text: '0,1', final: 'OK' }, judge);
  expect(failed).toEqual(['CFG-READ-ACTIVE']);
});

test('a query shows what was saved last; how an empty record is shown is open', () => {
  const { judge, failed, held } = judging();
  judgeQuery(known, mac, { text: '1,other', final: 'OK' }, judge);
  expect(failed).toEqual(['EX-READ-1']);
  judgeQuery({ ...known, contents: new Map() }, mac, { text: '1,anything', final: 'OK' }, judge);
  expect([failed, held]).toEqual([['EX-READ-1'], []]);
});

describe('a reboot', () => {
  const inUse = savedRecords.slice(0, 3).map((record) => [record.type, ...baseValues(record)].join(','));

  test('keeps what was saved and brings it into use', () => {
    const { judge, failed, held } = judging();
    judgeReboot(known, shown({}, inUse.join('\n')), judge);
    expect(failed).toEqual([]);
    expect(new Set(held)).toEqual(new Set(['CFG-PERSIST', 'EX-PERSIST', 'CFG-APPLY']));
  });

  test.each([
    ['CFG-PERSIST', { 'QDMPCFG 2': '2,,,0,' }, inUse.join('\n')],
    ['EX-PERSIST', { 'QDMPCFGEX 3': '3,NULL,NULL' }, inUse.join('\n')],
    ['CFG-APPLY', {}, inUse.with(1, '1,117.161.2.41,5683,86400').join('\n')],
  ])('breaks %s otherwise', (id, changes, text) => {
    const { judge, failed } = judging();
    judgeReboot(known, shown(changes, text), judge);
    expect(failed).toEqual([id]);
  });

  test.each([
    ['1,117.161.2.41,5683,86400', []],
    ['1,192.0.2.7,5683,420', ['CFG-ERASE-APPLY']],
  ])('brings the defaults of an erased server into use: %s', (line, expected) => {
    const { judge, failed } = judging();
    const erased = {
      ...known,
      contents: new Map<string, RecordContent>([...contents, ['QDMPCFG 1', 'erased']]),
    };
    judgeReboot(erased, shown({ 'QDMPCFG 1': '1,,,' }, inUse.with(1, line).join('\n')), judge);
    expect(failed).toEqual(expected);
  });
});

test('a state is reached by one command per record; values that are not shown are dropped', () => {
  const lines = commandsFor(
    confirmedState(new Map<string, RecordContent>([...contents, ['QDMPCFG 1', 'erased']]), shown()),
  );
  expect(lines).toHaveLength(9);
  expect(lines.slice(0, 2)).toEqual(['AT+QDMPCFG=0,0', 'AT+QDMPCFG=5,1']);
  expect(commandsFor(confirmedState(contents, shown({ 'QDMPCFG 0': '0,1' })))).toHaveLength(8);
});

describe('generated sequences', () => {
  test('are the same for the same seed', () => {
    const sample = (seed: number) =>
      fc.sample(sequence(6), { numRuns: 50, seed }).map((steps) => steps.map(describeStep));
    expect(sample(9)).toEqual(sample(9));
    expect(sample(9)).not.toEqual(sample(10));
  });

  test('save access mode 1 right before a reboot, and only servers in 192.0.2.0/24', () => {
    for (const steps of fc.sample(sequenceWithReboot(2), { numRuns: 300, seed: 11 })) {
      expect(steps.map(describeStep).slice(-3)).toEqual([accessWrite(0, 1), 'reboot', 'AT+QDMPCFG=5,1']);
      for (const line of steps.map(describeStep).filter((each) => each.startsWith('AT+QDMPCFG=1,'))) {
        expect(line).toMatch(/^AT\+QDMPCFG=1,192\.0\.2\.\d{1,3},/);
      }
    }
  });
});

function describeStep(step: Step): string {
  return step.do === 'reboot' ? 'reboot' : stepCommand(step);
}
