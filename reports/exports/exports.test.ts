import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describeWithProgram, outputOf } from '../../harness/platform/external-program.fixture.ts';
import { type Happening, tracedRun } from '../evidence/traced-run.fixture.ts';
import { readTrace, type TraceLine } from '../files/trace-file.ts';
import type { Entry } from '../record/entry.ts';
import { exchange, planned, ran, runStart } from '../record/example-run.fixture.ts';
import { wallClockOf } from '../timeline/wall-clock.ts';
import type { ExportFormat } from './export.ts';
import { writeExport } from './write-export.ts';

const sent = (data: string): Happening => ({ source: 'uart.tx', data });
const received = (data: string): Happening => ({ source: 'uart.rx', data });
const control = (action: string, state: string): Happening => ({ source: 'control', action, state, ms: 1 });
const test1 = planned('one', 'CFG-A');

const lines: (Entry | Happening)[] = [
  runStart([test1], []),
  control('on', 'begun'),
  control('on', 'done'),
  ran(test1, 'pass')[0]!,
  sent('AT+QDMPCFG=4,1\r'),
  received('\r\n+QDMPCFG: 1'),
  received(',\u0000\u00ff"\r\n\r\nOK\r\n'),
  sent('AT\r'),
  exchange({ command: 'AT+QDMPCFG' }),
  received('\r\n+CME ERROR: 50\r\n'),
  exchange({ command: 'AT', form: 'AT', final: '+CME ERROR: 50' }),
  ran(test1, 'pass')[1]!,
  control('reset', 'begun'),
  control('reset', 'done'),
  control('off', 'begun'),
  { source: 'platform.rx', peer: '127.0.0.1:1000', summary: 'CON', data: 'first' },
  { source: 'platform.tx', peer: '127.0.0.1:1000', summary: 'ACK', data: 'second' },
];

let run: ReturnType<typeof tracedRun>;
beforeEach(() => {
  run = tracedRun(lines);
});
afterEach(() => run.end());

function write(format: ExportFormat, isWanted: (line: TraceLine) => boolean = () => true) {
  const file = path.join(run.dir, `out.${format}`);
  const source = { lines: readTrace(run.trace), isWanted, wall: wallClockOf(run.trace), folder: run };
  return { file, said: writeExport(format, source, file), text: readFileSync(file, 'latin1') };
}

/** An IPv4 packet with a UDP datagram; checksums are not needed here. */
function frame(data: string): Buffer {
  const udp = Buffer.concat([
    Buffer.from([0x03, 0xe8, 0x16, 0x34, 0, 8 + data.length, 0, 0]),
    Buffer.from(data),
  ]);
  const ip = Buffer.from([0x45, 0, 0, 20 + udp.length, 0, 0, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]);
  return Buffer.concat([ip, udp]);
}

/** A capture with these packets. */
function capture(...data: readonly string[]): void {
  const records = data.map(frame).map((bytes) => {
    const header = Buffer.alloc(16);
    header.writeUInt32LE(bytes.length, 8);
    header.writeUInt32LE(bytes.length, 12);
    return Buffer.concat([header, bytes]);
  });
  writeFileSync(run.packets, Buffer.concat([Buffer.alloc(24), ...records]));
}

describe('a CSV', () => {
  test('has a row for each exchange, with its bytes although its note comes later', () => {
    const { said, text } = write('csv');
    expect(said).toBe('2 exchanges');
    const [head, ...rows] = text.trimEnd().split('\n');
    expect(head).toMatch(/^line,time,test,form,/);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^10,2026-01-31T09:05:07\.080000Z,/);
    expect(rows[0]).toContain('AT+QDMPCFG=4,1\\r",');
    expect(rows[0]).toContain('"\\r\\n+QDMPCFG: 1,\\x00\\xff""\\r\\n\\r\\nOK\\r\\n"');
    expect(rows[1]).toContain(',AT\\r,\\r\\n+CME ERROR: 50\\r\\n');
  });

  test('has no field that a spreadsheet takes for a formula', () => {
    expect(write('csv').text).toContain(",'+CME ERROR: 50,");
  });
});

test('a filter leaves lines out of every format', () => {
  const none = () => false;
  expect(write('csv', none).said).toBe('0 exchanges');
  expect(write('pcapng', none).said).toContain('0 exchanges');
  expect(write('vcd', none).said).toBe('0 changes of 6 lines');
});

test('a file that cannot be written is an error, and leaves nothing', () => {
  mkdirSync(path.join(run.dir, 'out.csv'));
  expect(() => write('csv')).toThrow(expect.objectContaining({ code: 'FOLDER_UNUSABLE' }) as Error);
  expect(readdirSync(run.dir).sort()).toEqual(['out.csv', 'trace.jsonl']);
});

test('a VCD has times that only grow, and each level once', () => {
  const { text } = write('vcd');
  const times = [...text.matchAll(/^#(\d+)$/gm)].map(([, us]) => Number(us));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(new Set(times).size).toBeGreaterThanOrEqual(times.length - 1);
});

test('a VCD draws bytes that came faster than their line could carry them one after the other', () => {
  run.end();
  const fast = Array.from({ length: 60 }, (_, n) => [sent(`AT+N=${n}\r`), received('\r\nOK\r\n'.repeat(20))]);
  run = tracedRun([...lines.slice(0, 4), ...fast.flat()]);
  const { text } = write('vcd');
  const times = [...text.matchAll(/^#(\d+)$/gm)].map(([, us]) => Number(us));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  // The answers alone: 60 × 20 × 6 bytes of ten bits.
  expect(times.at(-1)).toBeGreaterThanOrEqual((60 * 20 * 6 * 10 * 1e6) / 115_200 - 1e6);
});

describeWithProgram('tshark', 'tshark', 'tshark', () => {
  const fields = (file: string, filter: string, ...names: readonly string[]) =>
    outputOf('tshark', ['-r', file, '-Y', filter, '-T', 'fields', ...names.flatMap((name) => ['-e', name])]);

  test('reads a pcapng with the serial line, the exchanges and the packets', async () => {
    capture('first', 'second');
    const { file, said } = write('pcapng');
    expect(said).toBe('5 pieces of the serial line, 2 exchanges, 2 packets');
    expect(await fields(file, '_ws.malformed', 'frame.number')).not.toMatch(/^\d/m);
    const exchanges = await fields(file, 'frame.comment contains "exchange "', 'frame.comment');
    expect(exchanges.match(/^exchange AT.*$/gm)).toHaveLength(2);
    const serial = await fields(file, 'rtacser && frame.len > 12', 'rtacser.eventtype', 'rtacser.timestamp');
    expect(serial.match(/^(0x0?1|1|0x0?4|4)\b.*$/gm)).toHaveLength(5);
    expect((await fields(file, 'udp', 'udp.port')).match(/1000/g)).toHaveLength(2);
  }, 60_000);

  test('shows no packet that the capture lacks', async () => {
    capture('first', 'another');
    const { file, said } = write('pcapng');
    expect(said).toContain('1 packet (1 more are not in platform.pcap)');
    expect((await fields(file, 'udp', 'udp.port')).match(/1000/g)).toHaveLength(1);
  }, 60_000);
});

describeWithProgram('sigrok-cli', 'sigrok-cli', 'sigrok-cli', () => {
  test('decodes the bytes of the UART from the drawn levels', async () => {
    const { file } = write('vcd');
    const decoded = (pin: 'rx' | 'tx') =>
      outputOf('sigrok-cli', [
        ...['-i', file, '-I', 'vcd', '-P', `uart:rx=${pin}:baudrate=115200:format=hex`, '-A', 'uart=rx-data'],
      ]);
    const hexOf = (text: string) => [...text.matchAll(/: ([0-9A-F]{2})$/gm)].map(([, hex]) => hex).join('');
    const expected = (source: string) =>
      lines
        .flatMap((line) => ('source' in line && line.source === source ? [String(line.data)] : []))
        .map((data) => Buffer.from(data, 'latin1').toString('hex').toUpperCase())
        .join('');
    expect(hexOf(await decoded('tx'))).toBe(expected('uart.tx'));
    expect(hexOf(await decoded('rx'))).toBe(expected('uart.rx'));
  }, 60_000);
});
