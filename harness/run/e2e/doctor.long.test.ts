import path from 'node:path';

import { jest } from '@jest/globals';

import { complaints } from '../doctor/checks/machine.fixture.ts';
import {
  broken,
  type DoctorBoard,
  type Examined,
  expecting,
  startDoctorBoard,
  untilSeen,
} from './doctor.fixture.ts';

jest.setTimeout(180_000);

let board: DoctorBoard;
beforeAll(async () => {
  board = await startDoctorBoard();
});
afterEach(() => board.switchOff());
afterAll(() => board.end());

const sent = ({ trace }: Examined): unknown[] =>
  trace.filter(({ source }) => source === 'uart.tx').map(({ data }) => data);

describe('the doctor, on a module and its wiring', () => {
  test('proves a sound bench: switches, reset, boot time, round trip, silence; saves nothing; leaves it at rest', async () => {
    const result = await board.examine(board.rig(), { boots: 2 });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(broken(result)).toEqual([]);
    const { figures } = result;
    expect(figures).toMatchObject({
      bootTexts: 1,
      silence: { seconds: 0.2, bytes: 0 },
      module: { imei: '863703030822519' },
    });
    expect(figures.powerOnMs).toHaveLength(3);
    expect(figures.resetMs).toHaveLength(1);
    expect(Math.min(...figures.powerOnMs, ...figures.resetMs)).toBeGreaterThanOrEqual(100);
    expect(figures.roundTripMs).toHaveLength(50);
    expect(result.said).toContain('bench: fit for use');
    expect(board.powered()).toBe('0');
    const commands = [...new Set(sent(result))].map(String);
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((command) => /&W|QDMPCFG|QPOWD|IPR|QCGDEF|CFUN/.test(command))).toEqual([
      'AT+QDMPCFG=4,2\r',
    ]);
  });

  test('sees that power-off does not silence the module, and presses no key on it', async () => {
    const result = await board.examine(board.rig({ off: "['true']" }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toEqual(['power-off']);
    expect(result.findings.find(({ id }) => id === 'power-off')?.what).toContain('still answers AT');
    expect(result.findings.find(({ id }) => id === 'reset')).toMatchObject({ severity: 'ok' });
    const switchedOn = result.trace.filter(
      ({ source, action, done }) => source === 'control' && action === 'on' && done === undefined,
    );
    expect(switchedOn.length).toBeLessThanOrEqual(2);
  });

  test('sees that the reset line is not wired', async () => {
    const result = await board.examine(board.rig({ reset: "['true']" }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toEqual(['reset']);
    expect(result.figures.resetMs).toEqual([]);
  });

  test('sees a sense line that says on while the module is off', async () => {
    const result = await board.examine(board.rig({ powered: "['true']" }));
    expect(broken(result)).toEqual(['power-off']);
    expect(complaints(result.findings)[0]?.what).toContain('control.powered says on');
  });

  test('sees a sense line that says off while the module answers', async () => {
    expect(broken(await board.examine(board.rig({ powered: "['false']" })))).toEqual(['sense']);
  });

  test('sees another module than the rig file names, and works it no further', async () => {
    const result = await board.examine(board.rig({ module: expecting('490154203237511') }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toEqual(['identity']);
    expect(result.said).toContain('863703030822519');
    expect(result.findings.map(({ id }) => id)).not.toContain('reset');
    expect(board.powered()).toBe('0');
  });

  test('sees a module that does not boot, and does not wait for ever', async () => {
    const result = await board.examine(
      board.rig({ on: "['true']", module: expecting('863703030822519', 2_000) }),
    );
    expect(result.exitCode).toBe(3);
    expect(broken(result)).toEqual(['answers']);
    expect(result.findings.find(({ id }) => id === 'answers')?.what).toContain('BOOT_TIMEOUT');
  });

  test('sees a switch that cannot be worked', async () => {
    const result = await board.examine(board.rig({ off: "['false']" }));
    expect(result.exitCode).toBe(3);
    expect(broken(result)[0]).toBe('open');
    expect(complaints(result.findings)[0]?.what).toContain('CONTROL_FAILED');
  });

  describe('on a bench whose adapter goes with the supply', () => {
    const plugged = (): Record<string, string> => {
      const adapter = path.join(board.folder.dir, 'adapter');
      return {
        serial: `{ path: ${adapter}, reopen: true }`,
        on: `[sh, -c, 'ln -sf ${board.device} ${adapter}; echo on > ${board.dir}/control']`,
        off: `[sh, -c, 'rm -f ${adapter}; echo off > ${board.dir}/control; ${untilSeen(board.dir, 0)}']`,
      };
    };

    test('needs no device before power-on', async () => {
      const result = await board.examine(board.rig(plugged()));
      expect(broken(result)).toEqual([]);
      expect(result.findings.find(({ id }) => id === 'port')).toMatchObject({ severity: 'note' });
      expect(result.figures.powerOnMs).toHaveLength(2);
    });

    test('sees that the adapter stays', async () => {
      const result = await board.examine(board.rig({ ...plugged(), off: "['true']" }));
      expect(broken(result)).toEqual(['power-off']);
      expect(complaints(result.findings)[0]?.what).toContain('the adapter is still there');
    });
  });
});
