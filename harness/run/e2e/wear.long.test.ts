import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { foldRecord } from '../../../reports/record/fold-record.ts';
import { entriesOfTrace } from '../../../reports/record/record-from-trace.ts';
import { type OwnBench, startOwnBench } from './foreign-board.fixture.ts';
import { recordIn, run, said, start, traceIn } from './qualify.fixture.ts';

jest.setTimeout(180_000);

let own: OwnBench;
beforeAll(async () => {
  own = await startOwnBench();
});
afterAll(() => own.end());

/** What the ledger has counted for the bench's module, over all runs so far. */
function counted(): number {
  const folder = path.join(own.out('state'), 'wear', '863703030822519');
  if (!existsSync(folder)) return 0;
  const text = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'latin1'));
  return text
    .join('')
    .split('\n')
    .reduce((sum, line) => sum + Number(line || 0), 0);
}

const smoke = (name: string, module: Record<string, string> = {}): string[] => {
  const rig = own.rig(name, {}, module);
  return [
    'qualify',
    '--rig',
    rig,
    '--profile',
    'smoke',
    '--clause',
    'CFG-TYPE-MEMBERS',
    '--out',
    own.out(name),
  ];
};

describe('NVRAM wear of a module that is not emulated for the run', () => {
  test('is counted over runs, warned of, and counted of a run that was killed', async () => {
    expect(await run(smoke('one'), own.env())).toMatchObject({ exitCode: 0 });
    const first = recordIn(own.out('one'));
    expect(first.counters.nvramWrites).toBeGreaterThan(0);
    expect(first.wear).toMatchObject({ writesBefore: 0, endurance: 100_000 });
    expect(counted()).toBe(first.counters.nvramWrites);

    const killed = start(['qualify', '--rig', own.rig('two'), '--out', own.out('two')], own.env());
    await said(killed.stderr, '20-access-records.suite.ts');
    // The child ends itself when its supervisor is gone; what both wrote until then is in trace and ledger.
    killed.kill('SIGKILL');
    await killed;
    await run(['rest', '--rig', own.rig('two')], own.env()).then(({ exitCode }) => expect(exitCode).toBe(0));
    const { counters } = foldRecord(entriesOfTrace(path.join(own.out('two'), 'trace.jsonl')));
    expect(counters.nvramWrites).toBeGreaterThan(first.counters.nvramWrites);
    expect(counted()).toBe(first.counters.nvramWrites + counters.nvramWrites);

    const before = counted();
    const third = await run(smoke('three', { wear: '{ endurance: 1000, warnAt: 0.01 }' }), own.env());
    expect(third.stdout).toContain(
      `NVRAM wear: ${before + recordIn(own.out('three')).counters.nvramWrites} writes`,
    );
    expect(third.stdout).toContain('above the 1 % at which the rig file asks for a warning');
    expect(recordIn(own.out('three')).wear).toMatchObject({ writesBefore: before });
  });

  test('counts power saving, too, which is switched off once, and on again as it was', async () => {
    const on = ['AT+CPSMS=1,,,"01000011","00000001"', 'AT+CEDRXS=1,5,"0101"'];
    const kept = () => JSON.parse(readFileSync(path.join(own.moduleDir, 'nvram.json'), 'utf8')) as object;
    await run(['at', '--rig', own.rig('asleep'), ...on], own.env());
    const found = kept();
    expect(found).toMatchObject({ cpsms: '1,,,"01000011","00000001"', cedrxs: '0101' });

    const before = counted();
    expect(await run(smoke('awake'), own.env())).toMatchObject({ exitCode: 0 });
    const sent = traceIn(own.out('awake')).flatMap(({ source, data }) =>
      source === 'uart.tx' && /AT\+C(PSMS|EDRXS)=/.test(String(data)) ? [String(data).trim()] : [],
    );
    expect(sent).toEqual(['AT+CPSMS=0', 'AT+CEDRXS=0', ...on]);
    expect(kept()).toMatchObject(found);
    expect(counted() - before).toBe(recordIn(own.out('awake')).counters.nvramWrites);
  });
});
