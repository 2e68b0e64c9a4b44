import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { foldRecord } from '../../../reports/record/fold-record.ts';
import { entriesOfTrace } from '../../../reports/record/record-from-trace.ts';
import { descendants, left } from './endings.fixture.ts';
import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { recordIn, run, start, traceIn, untilPrinted } from './qualify.fixture.ts';

jest.setTimeout(180_000);

let board: ForeignBoard;
beforeAll(async () => {
  board = await startForeignBoard();
});
afterAll(() => board.end());

/** What the ledger's total says: the writes of runs whose files were added up, and their names. */
interface Total {
  readonly writes: number;
  readonly added: readonly string[];
}

/** The NVRAM writes that the ledger has counted for the board's module, over all runs so far. */
function counted(): number {
  const folder = path.join(board.out('state'), 'wear', '863703030822519');
  if (!existsSync(folder)) return 0;
  const textOf = (name: string): string => readFileSync(path.join(folder, name), 'latin1');
  const names = readdirSync(folder);
  const { writes, added } = names.includes('total.json')
    ? (JSON.parse(textOf('total.json')) as Total)
    : { writes: 0, added: [] };
  return names
    .filter((name) => name.endsWith('.writes') && !added.includes(name))
    .flatMap((name) => textOf(name).split('\n'))
    .reduce((sum, line) => sum + Number(line || 0), writes);
}

const smoke = (name: string, module: Record<string, string> = {}): string[] => {
  const rig = board.rig(name, {}, module);
  return [
    'qualify',
    '--rig',
    rig,
    '--profile',
    'smoke',
    '--clause',
    'CFG-TYPE-MEMBERS',
    '--out',
    board.out(name),
  ];
};

describe('NVRAM wear of a module that is not emulated for the run', () => {
  test('is counted over runs, warned of, and counted of a run that was killed', async () => {
    expect(await run(smoke('one'), board.env())).toMatchObject({ exitCode: 0 });
    const first = recordIn(board.out('one'));
    expect(first.counters.nvramWrites).toBeGreaterThan(0);
    expect(first.wear).toMatchObject({ writesBefore: 0, endurance: 100_000 });
    expect(counted()).toBe(first.counters.nvramWrites);

    const killed = start(['qualify', '--rig', board.rig('two'), '--out', board.out('two')], board.env());
    await untilPrinted(killed.stderr, '20-access-records.suite.ts');
    const below = descendants(killed.pid!);
    expect(below.length).toBeGreaterThan(0);
    killed.kill('SIGKILL');
    await killed;
    // The child ends itself when its supervisor is gone. Trace and ledger hold what both wrote until then.
    expect(await left(below, 45_000)).toEqual([]);
    const { counters } = foldRecord(entriesOfTrace(path.join(board.out('two'), 'trace.jsonl')));
    expect(counters.nvramWrites).toBeGreaterThan(first.counters.nvramWrites);
    expect(counted()).toBe(first.counters.nvramWrites + counters.nvramWrites);
    // Puts back what the child had no time for: these writes are in no trace.
    expect(await run(['rest', '--rig', board.rig('two')], board.env())).toMatchObject({ exitCode: 0 });

    const before = counted();
    const third = await run(smoke('three', { wear: '{ endurance: 1000, warnAt: 0.01 }' }), board.env());
    expect(third.stdout).toContain(
      `NVRAM wear: ${before + recordIn(board.out('three')).counters.nvramWrites} writes`,
    );
    expect(third.stdout).toContain('above the 1 % at which the rig file asks for a warning');
    expect(recordIn(board.out('three')).wear).toMatchObject({ writesBefore: before });
  });

  test('counts power saving, too, which is switched off once, and on again as it was', async () => {
    const on = ['AT+CPSMS=1,,,"01000011","00000001"', 'AT+CEDRXS=1,5,"0101"'];
    const kept = () => JSON.parse(readFileSync(path.join(board.moduleDir, 'nvram.json'), 'utf8')) as object;
    await run(['at', '--rig', board.rig('asleep'), ...on], board.env());
    const found = kept();
    expect(found).toMatchObject({ cpsms: '1,,,"01000011","00000001"', cedrxs: '0101' });

    const before = counted();
    expect(await run(smoke('awake'), board.env())).toMatchObject({ exitCode: 0 });
    const sent = traceIn(board.out('awake')).flatMap(({ source, data }) =>
      source === 'uart.tx' && /AT\+C(PSMS|EDRXS)=/.test(String(data)) ? [String(data).trim()] : [],
    );
    expect(sent).toEqual(['AT+CPSMS=0', 'AT+CEDRXS=0', ...on]);
    expect(kept()).toMatchObject(found);
    expect(counted() - before).toBe(recordIn(board.out('awake')).counters.nvramWrites);
  });
});
