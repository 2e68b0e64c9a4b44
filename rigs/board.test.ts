import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { memoryTrace } from '../harness/base/trace.ts';
import { type Board, openBoard } from './board.ts';
import type { Truth } from './control/control.ts';
import { parseRigFile } from './file/load-rig-file.ts';
import type { RigFile } from './file/rig-file.ts';
import { arrival, startDevice, sync } from './port/emulated-device.fixture.ts';

let runFolder: string;
beforeAll(async () => {
  runFolder = await mkdtemp(path.join(tmpdir(), 'board-'));
});
afterAll(() => rm(runFolder, { recursive: true }));

const rigWith = (control: string, serial = ''): RigFile =>
  parseRigFile(
    path.join(runFolder, 'rig.yaml'),
    `name: bench\n${serial}control: ${control}\nmodule: { imei: '863703030822519', firmware: BC26 }\n`,
    {},
  );

const emulated = (more = ''): RigFile =>
  rigWith(`{ driver: emulator, settings: { bootMs: 50, latencyMs: '1,2' }${more} }`);

const options = () => ({ runFolder, trace: memoryTrace(), seed: 1 });

describe('an emulated board', () => {
  let board: Board;
  let trace: ReturnType<typeof memoryTrace>;

  beforeEach(async () => {
    const chosen = options();
    trace = chosen.trace;
    board = await openBoard(emulated(), chosen);
  });
  afterEach(() => board.close());

  test('is off at first, then boots while the port is open already', async () => {
    await expect(board.control.powered()).resolves.toBe(false);
    const booted = arrival(board.port, 'Leaving the BROM');
    await board.control.on();
    expect((await booted).received).toContain('F1: 0000 0000');
    await expect(board.control.powered()).resolves.toBe(true);
  });

  test('boots again at a reset', async () => {
    await board.control.on();
    await sync(board.port);
    const booted = arrival(board.port, 'Leaving the BROM');
    await board.control.reset();
    await booted;
  });

  test('keeps its port over a supply cut', async () => {
    await board.control.on();
    await sync(board.port);
    await board.control.off();
    await expect(board.control.powered()).resolves.toBe(false);
    expect(board.port.gone).toBeUndefined();
    const booted = arrival(board.port, 'Leaving the BROM');
    await board.control.on();
    await booted;
  });

  test('reports when it received a command and when it answered', async () => {
    await board.control.on();
    await sync(board.port);
    const truth = new Promise<Truth>((resolve) => {
      board.control.onTruth((report) => {
        if (report.command === 'ATE0') resolve(report);
      });
    });
    const { before } = board.port.write(Buffer.from('ATE0\r'));
    const { receivedAt, plannedAt, firstAt, lastAt } = await truth;
    expect(receivedAt).toBeGreaterThan(before);
    expect(plannedAt).toBeGreaterThan(receivedAt);
    expect(firstAt).toBeGreaterThanOrEqual(plannedAt);
    expect(lastAt).toBeGreaterThanOrEqual(firstAt);
  });

  test('has every control action in the trace, begun and done', async () => {
    await board.control.on();
    await board.control.off();
    const lines = trace.lines.filter(({ source }) => source === 'control');
    expect(lines.map(({ body }) => [body['action'], body['state']])).toEqual([
      ['rest', 'begun'],
      ['rest', 'done'],
      ['on', 'begun'],
      ['on', 'done'],
      ['off', 'begun'],
      ['off', 'done'],
    ]);
  });

  test('leaves no files when it is closed', async () => {
    await board.close();
    await expect(readdir(runFolder)).resolves.toEqual([]);
    await expect(board.control.on()).rejects.toMatchObject({ code: 'EMULATOR_FAILED' });
  });
});

describe('a board whose adapter vanishes with its supply', () => {
  test('has its port again after each cut, and the cut is no hang-up', async () => {
    const device = await startDevice();
    const link = path.join(runFolder, 'adapter');
    const rig = rigWith(
      `{ driver: command, on: [ln, -s, ${device.path}, ${link}], off: [rm, -f, ${link}] }`,
      `serial: { path: ${link}, reopen: true }\n`,
    );
    const board = await openBoard(rig, options());
    await device.boot();
    for (const _cut of [1, 2]) {
      await board.control.on();
      await sync(board.port);
      await board.control.off();
      expect(board.port.gone).toBeUndefined();
    }
    await expect(board.port.write(Buffer.from('AT\r')).done).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    await board.close();
    await device.end();
  });
});

describe('the trace of a control action', () => {
  test('shows one that failed, with the reason', async () => {
    const device = await startDevice();
    const rig = rigWith(
      "{ driver: command, on: [sh, -c, 'echo no relay; exit 3'], off: ['true'] }",
      `serial: { path: ${device.path} }\n`,
    );
    const chosen = options();
    const board = await openBoard(rig, chosen);
    await expect(board.control.on()).rejects.toMatchObject({ code: 'CONTROL_FAILED' });
    expect(chosen.trace.lines.at(-1)).toMatchObject({
      source: 'control',
      body: { action: 'on', state: 'failed', error: expect.stringContaining('no relay') as string },
    });
    await board.close();
    await device.end();
  });
});

describe('a board that cannot be opened', () => {
  test('an emulator that refuses its settings ends with the reason', async () => {
    await expect(openBoard(emulated(', faults: [no-such-fault]'), options())).rejects.toMatchObject({
      code: 'EMULATOR_REFUSED',
      message: expect.stringContaining('no-such-fault') as string,
    });
    await expect(readdir(runFolder)).resolves.toEqual([]);
  });

  test('a missing device is an error before any supply is switched', async () => {
    const rig = rigWith(
      "{ driver: command, on: ['true'], off: [touch, off-was-run] }",
      'serial: { path: /dev/ttyUSB7 }\n',
    );
    await expect(openBoard(rig, options())).rejects.toMatchObject({ code: 'PORT_MISSING' });
    await expect(readdir(runFolder)).resolves.toEqual([]);
  });
});
