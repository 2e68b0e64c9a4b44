import type { Fault } from './fault.ts';
import { configures } from './fault-builders.ts';
import { accepting, refusing, type Slot } from './saved-parameter.ts';

const savesMode = configures(/^0,[^,]*$/);
const savesServer = configures(/^1(,[^,]*){3}$/);
const savesCredentials = configures(/^2,.*,.*,.*,.*$/);

const mode: Slot = { match: savesMode, index: 1, item: 'dm_enable', standIn: '1' };
const server: Slot = { match: savesServer, index: 1, item: 'dm_access_ip_address', standIn: '10.0.0.1' };
const port: Slot = { match: savesServer, index: 2, item: 'dm_port', standIn: '5683' };
const period: Slot = { match: savesServer, index: 3, item: 'dm_update_period', standIn: '300' };
const terminalType: Slot = { match: savesCredentials, index: 3, item: 'dm_interface', standIn: '0' };
const imei: Slot = { match: savesCredentials, index: 4, item: 'dm_imei1', standIn: '863703030822519' };

const is = (wanted: string) => (value: string) => value === wanted;
const isLong = (length: number) => (value: string) => value.length === length;

/** Limits of AT+QDMPCFG that are off by one, or not looked at. */
export const accessLimits: readonly Fault[] = [
  accepting('period-299-accepted', 'takes an update period of 299 s', period, is('299')),
  refusing('period-300-refused', 'refuses the shortest update period, 300 s', period, is('300')),
  refusing('period-4294966-refused', 'refuses the longest update period, 4294966 s', period, is('4294966')),
  accepting('period-4294967-accepted', 'takes an update period of 4294967 s', period, is('4294967')),
  accepting('period-zero-accepted', 'takes an update period of 0 s', period, is('0')),
  accepting(
    'period-wraps',
    'reads the update period modulo 2^32, so that 2^32 + 300 is saved as 300',
    period,
    (value) => /^\d+$/.test(value) && Number(value) >= 2 ** 32 + 300 && Number(value) <= 2 ** 32 + 4_294_966,
    (value) => String(Number(value) - 2 ** 32),
  ),
  accepting(
    'period-decimals-accepted',
    'takes 300.5 s as 300 s',
    period,
    (value) => /^\d{3,6}\.\d+$/.test(value),
    (value) => value.replace(/\..*/, ''),
  ),
  refusing('port-1-refused', 'refuses port 1', port, is('1')),
  refusing('port-65535-refused', 'refuses port 65535', port, is('65535')),
  accepting(
    'port-65536-accepted',
    'reads the port modulo 65536, so that 65536 is saved as 0',
    port,
    is('65536'),
    () => '0',
  ),
  accepting('port-negative-accepted', 'takes port -1 as 65535', port, is('-1'), () => '65535'),
  accepting('server-256-accepted', 'takes octets above 255 in the server address', server, (value) =>
    /^(?=.*(25[6-9]|2[6-9]\d|[3-9]\d\d))\d{1,3}(\.\d{1,3}){3}$/.test(value),
  ),
  accepting('server-text-accepted', 'takes any text as server address', server, (value) =>
    /^[a-z]+$/i.test(value),
  ),
  accepting('server-three-octets-accepted', 'takes three octets as server address', server, (value) =>
    /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(value),
  ),
  accepting('mode-2-accepted', 'takes access mode 2', mode, is('2')),
  accepting('terminal-type-3-accepted', 'takes terminal type 3', terminalType, is('3')),
  refusing('terminal-type-2-refused', 'refuses terminal type 2, Android', terminalType, is('2')),
  accepting('imei-14-accepted', 'takes a terminal IMEI of 14 bytes', imei, isLong(14)),
  refusing('imei-15-refused', 'refuses a terminal IMEI of 15 bytes', imei, isLong(15)),
  refusing('imei-16-refused', 'refuses a terminal IMEI of 16 bytes', imei, isLong(16)),
  refusing('imei-17-refused', 'refuses a terminal IMEI of 17 bytes', imei, isLong(17)),
  accepting('imei-18-accepted', 'takes a terminal IMEI of 18 bytes', imei, isLong(18)),
];
