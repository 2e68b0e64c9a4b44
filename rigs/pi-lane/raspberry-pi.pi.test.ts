import { jest } from '@jest/globals';

import { until } from '../../harness/base/until.fixture.ts';
import { Bench } from './bench.fixture.ts';
import { clausesWithoutTimes } from './clauses.fixture.ts';
import { patienceMs } from './pi.fixture.ts';
import { stays } from './wiring.fixture.ts';

jest.setTimeout(3 * patienceMs);

/** Beside 20 busy processes the emulator's program took more than its usual 60 s to start. */
const bin = 'env BC26_HIL_EMULATOR_S=300 node harness/cli/bin.mjs';
const onoff = '--rig rigs/pi-lane/onoff.yaml';
const gpioset = '--rig rigs/pi-lane/gpioset.yaml';
const atRest = { supply: 0, powerKey: 0, reset: 0 };

/** Saves in every kind of record, for long enough to be interrupted. */
const saving = "--profile smoke --clause 'CFG-SAVE-*,EX-SAVE-*,CFG-ERASE-*,CFG-QUERY-*'";
const short = '--profile smoke --clause CFG-TEST';

let bench: Bench;
/** What the module holds before any run, and after each. */
let held: unknown;
/** The steps that have not passed, the first boot among them: then the folder with the console's log is kept. */
const failures = new Set(['boot']);

/** One after the other on the same Pi and the same card, as on a bench. */
const step = (name: string, body: () => Promise<void> | void): void =>
  test(name, async () => {
    failures.add(name);
    await body();
    failures.delete(name);
  });

beforeAll(async () => {
  bench = await Bench.make();
  await bench.boot();
  failures.delete('boot');
});

// Where it could not be made there is none.
afterAll(() => (bench as Bench | undefined)?.end(failures.size > 0));

/** Runs `qualify` with a run folder of this name; says what the record counts. */
async function qualify(name: string, options: string): Promise<void> {
  const { code, output } = await bench.run(`${bin} qualify ${options} --out /root/${name}`);
  expect({ code, output }).toEqual({ code: 0, output: expect.any(String) as string });
  await bench.figures(name);
  expect(bench.nvram()).toEqual(held);
  expect(bench.levels).toEqual(atRest);
}

/** Starts a run and returns once it has saved another server in the module, which stays so until its end. */
async function runThatSaves(name: string): Promise<void> {
  await bench.run(`setsid ${bin} qualify ${onoff} ${saving} --out /root/${name} >/root/${name}.log 2>&1 &`);
  const server = () => bench.nvram()['dm_access_ip_address'] ?? '';
  await until(server, (address) => address.startsWith('192.0.2.'), patienceMs);
}

describe('on a Raspberry Pi 3, through its UART and its GPIO controller', () => {
  step('the rig files are sound', async () => {
    expect(await bench.run(`${bin} rigs`)).toMatchObject({
      code: 0,
      output: expect.stringContaining('onoff, /dev/ttyAMA0 at 115200 baud') as string,
    });
  });

  step('single commands are answered', async () => {
    const values = [
      'AT+QDMPCFG=0,0',
      'AT+QDMPCFG=1,203.0.113.5,5683,3600',
      'AT+QDMPCFG=2,"M100000089","Kx7pRt2mWq9dLz4v",0,863703030822519',
      'AT+QDMPCFGEX=3,0,"SW 7","Customer"',
    ];
    const line = [...values, 'AT+QDMPCFG=4,1'].map((value) => `'${value}'`).join(' ');
    expect(await bench.run(`${bin} at ${onoff} ${line}`)).toMatchObject({
      code: 0,
      output: expect.stringContaining('+QDMPCFG: 1,203.0.113.5,5683,3600') as string,
    });
    expect(bench.levels).toEqual(atRest);
    held = bench.nvram();
  });

  step('the doctor finds nothing broken', async () => {
    const { code, output } = await bench.run(`${bin} doctor ${onoff} --silence 10 --boots 1`);
    expect({ code, output }).toEqual({ code: 0, output: expect.not.stringMatching(/^broken/m) as string });
    expect(bench.levels).toEqual(atRest);
  });

  step('the profile smoke passes', async () =>
    qualify('smoke', `${onoff} --profile smoke --clause ${await clausesWithoutTimes()}`),
  );

  step('the next run after a kill of all processes gives back what the module held', async () => {
    await runThatSaves('killed');
    await bench.run('pkill -KILL node');
    // Nobody has released the line.
    expect(bench.levels).toMatchObject({ supply: 1 });
    expect(bench.nvram()).not.toEqual(held);
    await qualify('after-kill', `${onoff} ${short}`);
  });

  step('the next run after a loss of power gives back what the module held', async () => {
    await runThatSaves('lost');
    await bench.losePower();
    expect(bench.levels).toEqual(atRest);
    expect(bench.nvram()).not.toEqual(held);
    await bench.boot();
    await qualify('after-loss', `${onoff} ${short}`);
  });

  step('rest leaves the board at rest', async () => {
    expect(await bench.run(`${bin} rest ${onoff}`)).toMatchObject({ code: 0 });
    expect(bench.levels).toEqual(atRest);
  });

  step('the doctor finds nothing broken with gpioset', async () => {
    const { code, output } = await bench.run(`${bin} doctor ${gpioset} --silence 10 --boots 1`);
    expect({ code, output }).toEqual({ code: 0, output: expect.not.stringMatching(/^broken/m) as string });
  });

  step('the profile smoke passes with gpioset', async () =>
    qualify('gpioset', `${gpioset} --profile smoke --clause ${await clausesWithoutTimes()}`),
  );

  step('the profile nightly passes', async () =>
    qualify('nightly', `${onoff} --profile nightly --clause ${await clausesWithoutTimes()}`),
  );

  step('no pulse was shorter than the rig files ask for, seen from outside', () => {
    for (const [key, level, leastMs] of [
      ['powerKey', 1, 600],
      ['reset', 1, 100],
    ] as const) {
      const pulses = stays(bench.edges, key, level);
      expect(pulses.length).toBeGreaterThan(0);
      expect(pulses.filter((ms) => ms < leastMs)).toEqual([]);
    }
  });
});
