import type { Transcript } from '../at/at-client.ts';
import type { Exchange } from '../at/exchange.ts';
import type { Entry } from '../../reports/entry.ts';
import { writesOf } from './raw-writes.ts';
import { createWriteBudget } from './write-budget.ts';

const save = 'AT+QDMPCFG=0,0';
const until = { finals: 1, quietMs: 10, deadlineMs: 100 };

/** A line that accepts everything, and knows what it was sent. */
function bench(allowed: number) {
  const entries: Entry[] = [];
  const sent: string[] = [];
  const raw: number[] = [];
  const budget = createWriteBudget({
    allowed,
    profile: 'smoke',
    emit: (entry) => entries.push(entry),
    onRawWrites: (writes) => raw.push(writes),
  });
  const whole: Parameters<typeof budget.limit>[0] = {
    at(command) {
      sent.push(command);
      const refused = command.includes('9');
      return Promise.resolve({ command, final: { kind: refused ? 'ERROR' : 'OK' } } as Exchange);
    },
    transmit(bytes) {
      const text = Buffer.from(bytes).toString('latin1');
      sent.push(text);
      return Promise.resolve({ sent: text, lines: [{ data: 'OK' }] } as unknown as Transcript);
    },
  };
  return { line: budget.limit(whole, 1), again: budget.limit(whole, 2), entries, sent, raw };
}

describe('the budget of NVRAM writes', () => {
  test('turns writes away unsent once it is spent, keeps 18 for restoring, and says so once', async () => {
    const { line, entries, sent } = bench(20);
    await line.at(save);
    await line.at('AT+QDMPCFGEX=1,2');
    await expect(line.at(save)).rejects.toMatchObject({ code: 'BUDGET_SPENT', blame: 'stopped' });
    await expect(line.at('AT+QDMPCFGEX=1,2')).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    expect(sent).toEqual([save, 'AT+QDMPCFGEX=1,2']);
    expect(entries).toEqual([{ type: 'budget-spent', nvramWrites: 2 }]);
  });

  test('is not charged for what was refused, nor for questions, which are always allowed', async () => {
    const { line, entries } = bench(19);
    for (let n = 0; n < 5; n++) await line.at('AT+QDMPCFG=0,9');
    await line.at(save);
    for (const command of ['AT', 'AT+QDMPCFG?', 'AT+QDMPCFG=4,0', 'AT+QDMPCFGEX=1,1']) await line.at(command);
    expect(entries).toEqual([]);
  });

  test('is charged for raw bytes that may have written, and turns them away, too', async () => {
    const { line, raw } = bench(19);
    await line.transmit(Buffer.from('\u0000garbage\r'), until);
    await line.transmit(Buffer.from(`${save}\r`), until);
    expect(raw).toEqual([1]);
    await expect(line.transmit(Buffer.from(`AT\r${save}\r`), until)).rejects.toMatchObject({
      code: 'BUDGET_SPENT',
    });
    await line.transmit(Buffer.from('AT\r'), until);
  });
});

describe('what tests that are run again may write', () => {
  const write = async (line: ReturnType<typeof bench>['line'], times: number): Promise<void> => {
    for (let n = 0; n < times; n++) await line.at(save);
  };

  test('is what first attempts are not kept; they are turned away then, and no first attempt is', async () => {
    const { line, again, entries } = bench(128);
    await write(again, 10);
    await expect(again.at(save)).rejects.toMatchObject({
      code: 'BUDGET_SPENT',
      blame: 'stopped',
      message: 'tests that are run again may write no more to NVRAM (10 of 128)',
    });
    await write(line, 128 - 18 - 10);
    expect(entries).toEqual([]);
    await expect(line.at(save)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    expect(entries).toEqual([{ type: 'budget-spent', nvramWrites: 110 }]);
  });

  test('counts raw bytes that may have written', async () => {
    const { again } = bench(128);
    for (let n = 0; n < 10; n++) await again.transmit(Buffer.from(`${save}\r`), until);
    await expect(again.transmit(Buffer.from(`${save}\r`), until)).rejects.toMatchObject({
      code: 'BUDGET_SPENT',
    });
  });

  test('is left to first attempts where nothing is run again', async () => {
    const { line, again, entries } = bench(128);
    await write(line, 128 - 18);
    // Turned away for all that was spent, and no test was that had not been run.
    await expect(again.at(save)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    expect(entries).toEqual([]);
  });
});

describe('writes of raw bytes', () => {
  test.each([
    [`${save}\r`, ['OK'], 1],
    [`${save}\rAT+QDMPCFGEX=1,2\r`, ['OK', 'OK'], 2],
    [`${save}\r${save}\r`, ['OK', 'ERROR'], 1],
    [`${save}\rAT\rAT\r`, ['OK', 'OK', 'OK'], 1],
    ['\u0000\u00ffgarbage\r', ['ERROR'], 0],
  ])('%j answered %j: at most %i', (sent, lines, writes) => {
    const line = (data: string) => ({ data, startedAt: 0n, endedAt: 0n });
    expect(writesOf({ sent, lines: lines.map(line) })).toBe(writes);
  });
});
