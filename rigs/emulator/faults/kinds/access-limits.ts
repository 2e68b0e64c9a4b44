import type { Fault } from '../fault.ts';
import { matchAccess } from '../match-command.ts';
import { acceptFault, refuseFault, type SavedParameter } from '../saved-parameter.ts';

const savesMode = matchAccess(/^0,[^,]*$/);
const savesServer = matchAccess(/^1(,[^,]*){3}$/);
const savesCredentials = matchAccess(/^2,.*,.*,.*,.*$/);

const mode: SavedParameter = { match: savesMode, index: 1, item: 'dm_enable', goodValue: '1' };
const server: SavedParameter = {
  match: savesServer,
  index: 1,
  item: 'dm_access_ip_address',
  goodValue: '10.0.0.1',
};
const port: SavedParameter = { match: savesServer, index: 2, item: 'dm_port', goodValue: '5683' };
const period: SavedParameter = { match: savesServer, index: 3, item: 'dm_update_period', goodValue: '300' };
const terminalType: SavedParameter = {
  match: savesCredentials,
  index: 3,
  item: 'dm_interface',
  goodValue: '0',
};
const imei: SavedParameter = {
  match: savesCredentials,
  index: 4,
  item: 'dm_imei1',
  goodValue: '863703030822519',
};

const equals = (wanted: string) => (value: string) => value === wanted;
const hasLength = (length: number) => (value: string) => value.length === length;

/** Limits of AT+QDMPCFG that are off by one, or not checked. */
export const faults: readonly Fault[] = [
  refuseFault('mode-1-refused', 'refuses access mode 1, enabled', ['CFG-MODE-MEMBERS'], mode, equals('1')),
  acceptFault(
    'period-299-accepted',
    'accepts an update period of 299 s',
    ['CFG-PERIOD-OUTSIDE'],
    period,
    equals('299'),
  ),
  refuseFault(
    'period-300-refused',
    'refuses the shortest update period, 300 s',
    ['CFG-PERIOD-RANGE'],
    period,
    equals('300'),
  ),
  refuseFault(
    'period-4294966-refused',
    'refuses the longest update period, 4294966 s',
    ['CFG-PERIOD-RANGE'],
    period,
    equals('4294966'),
  ),
  acceptFault(
    'period-4294967-accepted',
    'accepts an update period of 4294967 s',
    ['CFG-PERIOD-OUTSIDE'],
    period,
    equals('4294967'),
  ),
  acceptFault(
    'period-zero-accepted',
    'accepts an update period of 0 s',
    ['CFG-PERIOD-OUTSIDE'],
    period,
    equals('0'),
  ),
  acceptFault(
    'period-wraps',
    'reads the update period modulo 2^32, so that 2^32 + 300 is saved as 300',
    ['CFG-PERIOD-OUTSIDE'],
    period,
    (value) => /^\d+$/.test(value) && Number(value) >= 2 ** 32 + 300 && Number(value) <= 2 ** 32 + 4_294_966,
    (value) => String(Number(value) - 2 ** 32),
  ),
  acceptFault(
    'period-decimals-accepted',
    'accepts an update period of 300.5 s and saves 300 s',
    ['CFG-PERIOD-OUTSIDE'],
    period,
    (value) => /^\d{3,6}\.\d+$/.test(value),
    (value) => value.replace(/\..*/, ''),
  ),
  refuseFault('port-1-refused', 'refuses port 1', ['CFG-PORT-RANGE'], port, equals('1')),
  refuseFault('port-65535-refused', 'refuses port 65535', ['CFG-PORT-RANGE'], port, equals('65535')),
  acceptFault(
    'port-65536-accepted',
    'reads the port modulo 65536, so that 65536 is saved as 0',
    ['CFG-PORT-RANGE'],
    port,
    equals('65536'),
    () => '0',
  ),
  acceptFault(
    'port-negative-accepted',
    'accepts port -1 and saves 65535',
    ['CFG-PORT-RANGE'],
    port,
    equals('-1'),
    () => '65535',
  ),
  acceptFault(
    'server-256-accepted',
    'accepts octets above 255 in the server address',
    ['CFG-IP-FORM'],
    server,
    (value) => /^(?=.*(25[6-9]|2[6-9]\d|[3-9]\d\d))\d{1,3}(\.\d{1,3}){3}$/.test(value),
  ),
  acceptFault(
    'server-text-accepted',
    'accepts any text as server address',
    ['CFG-IP-FORM'],
    server,
    (value) => /^[a-z]+$/i.test(value),
  ),
  acceptFault(
    'server-three-octets-accepted',
    'accepts three octets as server address',
    ['CFG-IP-FORM'],
    server,
    (value) => /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(value),
  ),
  acceptFault('mode-2-accepted', 'accepts access mode 2', ['CFG-MODE-OUTSIDE'], mode, equals('2')),
  acceptFault(
    'terminal-type-3-accepted',
    'accepts terminal type 3',
    ['CFG-TML-OUTSIDE'],
    terminalType,
    equals('3'),
  ),
  refuseFault(
    'terminal-type-2-refused',
    'refuses terminal type 2, Android',
    ['CFG-TML-MEMBERS'],
    terminalType,
    equals('2'),
  ),
  acceptFault(
    'imei-14-accepted',
    'accepts a terminal IMEI of 14 bytes',
    ['CFG-IMEI-OUTSIDE'],
    imei,
    hasLength(14),
  ),
  refuseFault(
    'imei-15-refused',
    'refuses a terminal IMEI of 15 bytes',
    ['CFG-IMEI-LENGTH'],
    imei,
    hasLength(15),
  ),
  refuseFault(
    'imei-16-refused',
    'refuses a terminal IMEI of 16 bytes',
    ['CFG-IMEI-LENGTH'],
    imei,
    hasLength(16),
  ),
  refuseFault(
    'imei-17-refused',
    'refuses a terminal IMEI of 17 bytes',
    ['CFG-IMEI-LENGTH'],
    imei,
    hasLength(17),
  ),
  acceptFault(
    'imei-18-accepted',
    'accepts a terminal IMEI of 18 bytes',
    ['CFG-IMEI-OUTSIDE'],
    imei,
    hasLength(18),
  ),
];
