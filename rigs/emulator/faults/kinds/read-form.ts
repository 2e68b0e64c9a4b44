import type { Fault } from '../fault.ts';
import { lineFault } from '../fault-builders.ts';
import { isActiveRead } from '../match-command.ts';

/** AT+QDMPCFG? with a line too many or too few, or with lines or values in another order. */
export const faults: readonly Fault[] = [
  lineFault(
    'read-order-wrong',
    'the read form answers lines 0, 2, 1',
    ['CFG-READ'],
    isActiveRead,
    (lines) => [...lines.slice(0, 1), ...lines.slice(1).reverse()],
  ),
  lineFault(
    'read-line-0-missing',
    'the read form omits line 0',
    ['CFG-READ', 'CFG-READ-0'],
    isActiveRead,
    (lines) => lines.slice(1),
  ),
  lineFault('read-line-doubled', 'the read form answers line 1 twice', ['CFG-READ'], isActiveRead, (lines) =>
    lines.flatMap((line) => (line.startsWith('+QDMPCFG: 1,') ? [line, line] : [line])),
  ),
  lineFault(
    'read-period-before-port',
    'the read form answers the period before the port',
    ['CFG-READ-1'],
    isActiveRead,
    (lines) => lines.map((line) => line.replace(/^(\+QDMPCFG: 1,.*),(\d+),(\d+)$/, '$1,$3,$2')),
  ),
  lineFault(
    'read-imei-before-type',
    'the read form answers the IMEI before the terminal type',
    ['CFG-READ-2'],
    isActiveRead,
    (lines) => lines.map((line) => line.replace(/^(\+QDMPCFG: 2,.*),(\d),(\d+)$/, '$1,$3,$2')),
  ),
];
