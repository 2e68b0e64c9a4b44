import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import {
  type WiredModule,
  wireModule,
  type Wiring,
} from '../../../rigs/control/gpio/fake-lane/wired-module.fixture.ts';
import { until } from '../../base/until.fixture.ts';
import { catalogue } from '../../clauses/catalogue.ts';
import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { type Ended, recordIn, run, start, traceIn, untilPrinted } from './qualify.fixture.ts';

jest.setTimeout(180_000);

let board: ForeignBoard;
let module: WiredModule;

beforeEach(async () => {
  board = await startForeignBoard();
});
afterEach(async () => {
  await module.end();
  await board.end();
});

const header = 'pinctrl-rp1';

/** As on the evaluation board: a transistor between each pin and its line, so that high presses and feeds. */
const wiring: Wiring = {
  powerKey: { chip: header, line: 17, active: 'high' },
  reset: { chip: header, line: 27, active: 'high' },
  supply: { chip: header, line: 22, active: 'high' },
  powered: { chip: header, line: 23, active: 'high' },
};

/** The rig file of that wiring, chips named where they are not the header's. */
function rigOf(name: string, wired: Wiring): string {
  const line = (key: keyof Wiring, more = ''): string => {
    const { chip, line: bcm, active } = wired[key];
    return `  ${key}: { bcm: ${bcm}, active: ${active}${chip === header ? '' : `, chip: ${chip}`}${more} }`;
  };
  const file = board.out(`${name}.yaml`);
  writeFileSync(
    file,
    [
      `name: ${name}`,
      `serial: { path: ${board.device} }`,
      'control:',
      '  driver: onoff',
      // The program behind the fake lines may see the start of a press late. The module still needs its 500 ms.
      line('powerKey', ', pulseMs: 1500'),
      line('reset', ', pulseMs: 1000'),
      line('supply', ', offMs: 300'),
      line('powered'),
      "module: { imei: '863703030822519', firmware: BC26NBR01A07, mayLoseCredentials: true, bootDeadlineMs: 6000, rebootIntervalMs: 0 }",
      "credentials: { appKey: M100000089, password: 'Hh5-ownBench-77' }",
    ].join('\n'),
  );
  return file;
}

/** The output of a program that failed, so that the test's message shows the reason. */
const complaint = ({ exitCode, stdout, stderr }: Ended): string =>
  exitCode === 0 ? '' : `exit ${exitCode}: ${stdout}${stderr}`;

/** The board at rest: module off, keys released, supply off, every line given back. */
async function expectAtRest(wired: Wiring): Promise<void> {
  await until(
    () => module.powered(),
    (powered) => !powered,
  );
  for (const name of ['powerKey', 'reset', 'supply'] as const) {
    const rest = wired[name].active === 'high' ? 'low' : 'high';
    await until(
      () => [name, module.driven(name).at(-1)],
      ([, level]) => level === rest,
    );
    await until(
      () => module.claimed(name),
      (claimed) => !claimed,
    );
  }
}

/** The processes that hold the board, by its lock file: the run and its helpers. */
function holders(): number[] {
  const locks = path.join(board.out('state'), 'locks');
  const [file = ''] = readdirSync(locks);
  const holder = JSON.parse(readFileSync(path.join(locks, file), 'utf8')) as {
    pid: number;
    helpers: { pid: number }[];
  };
  return [holder.pid, ...holder.helpers.map(({ pid }) => pid)];
}

/** Every clause but those of answer times: on this board a late machine cannot be told from a late module. */
const untimed = catalogue
  .map(({ id }) => id)
  .filter((id) => id !== 'CFG-TIME' && id !== 'EX-TIME')
  .join();

describe('a board behind the lines of a Raspberry Pi', () => {
  test('passes the smoke profile, driven by onoff', async () => {
    module = await wireModule(board.moduleDir, wiring, { [header]: 571 });
    const out = board.out('smoke');
    const ended = await run(
      ['qualify', '--rig', rigOf('pi', wiring), '--profile', 'smoke', '--clause', untimed, '--out', out],
      board.env(),
    );
    expect(complaint(ended)).toBe('');
    expect(recordIn(out)).toMatchObject({ driver: 'onoff', emulated: false, state: 'complete' });
    const notes = traceIn(out).flatMap(({ control }) =>
      Array.isArray(control) ? (control as string[]) : [],
    );
    expect(notes).toContain('control.powerKey (GPIO17 of pinctrl-rp1, gpiochip571, sysfs 588)');
    await expectAtRest(wiring);
  });

  test('may have its supply on another chip, active low', async () => {
    const relays: Wiring = { ...wiring, supply: { chip: 'relays', line: 3, active: 'low' } };
    module = await wireModule(board.moduleDir, relays, { [header]: 0, relays: 569 });
    const ended = await run(['at', '--rig', rigOf('relays', relays), 'ATI'], board.env());
    expect(complaint(ended)).toBe('');
    expect(ended.stdout).toContain('BC26NBR01A07');
    expect(module.driven('supply').slice(0, 2)).toEqual(['high', 'low']);
    await expectAtRest(relays);
  });

  test('is put at rest by the next command after everything was killed', async () => {
    module = await wireModule(board.moduleDir, wiring, { [header]: 512 });
    const rig = rigOf('killed', wiring);
    const child = start(
      ['qualify', '--rig', rig, '--profile', 'smoke', '--out', board.out('killed')],
      board.env(),
    );
    await untilPrinted(child.stderr, 'module 8637');
    for (const pid of holders()) process.kill(pid, 'SIGKILL');
    await child;
    expect(module.powered()).toBe(true);
    expect(module.claimed('supply')).toBe(true);
    const rested = await run(['rest', '--rig', rig], board.env());
    expect(complaint(rested)).toBe('');
    await expectAtRest(wiring);
  });

  test('is put at rest by the next command after its supervisor was killed and the Jest child hangs', async () => {
    module = await wireModule(board.moduleDir, wiring, { [header]: 512 });
    const rig = rigOf('hangs', wiring);
    const child = start(
      ['qualify', '--rig', rig, '--profile', 'smoke', '--out', board.out('hangs')],
      board.env(),
    );
    await untilPrinted(child.stderr, 'module 8637');
    const [supervisor = 0, ...helpers] = holders();
    expect(helpers).toHaveLength(1);
    for (const pid of helpers) process.kill(pid, 'SIGSTOP');
    process.kill(supervisor, 'SIGKILL');
    await child;
    const rested = await run(['rest', '--rig', rig], board.env());
    expect(complaint(rested)).toBe('');
    expect(rested.stdout).toContain(`what process ${supervisor} left behind has ended: ${helpers[0]} (`);
    expect(rested.stdout).toContain('by SIGKILL');
    await expectAtRest(wiring);
  });
});
