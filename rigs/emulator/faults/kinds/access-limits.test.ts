import { openCommandLayer } from '../../board/command-layer.fixture.ts';
import {
  afterSavingAll,
  type Expectation,
  readAfterEachSave,
  server,
  type Steps,
  testFaults,
} from '../fault-expectations.fixture.ts';
import { faults } from './access-limits.ts';

const period = (value: string): string => `AT+QDMPCFG=1,117.161.2.8,5684,${value}`;
const port = (value: string): string => `AT+QDMPCFG=1,117.161.2.8,${value},421`;
const address = (value: string): string => `AT+QDMPCFG=1,${value},5684,421`;
const imei = (length: number): string => `AT+QDMPCFG=2,"key","secret",1,${'1'.repeat(length)}`;
const terminalType = (value: string): string => `AT+QDMPCFG=2,"key","secret",${value},861234567890123`;
const mode = (value: string): string => `AT+QDMPCFG=0,${value}`;

/** Values on both sides of each limit: a fault shows at one of them and does not change the others. */
const values = {
  period: ['0', '298', '299', '300', '301', '300.5', '4294965', '4294966', '4294967', '4294968'],
  // 2^32 and around it: 300 more is the shortest period again.
  wrapped: ['4294967295', '4294967296', '4294967595', '4294967596', '4294967997', '8589934892'],
  port: ['-2', '-1', '0', '1', '2', '65534', '65535', '65536', '65537'],
  address: ['117.161.2.255', '256.1.1.1', '1.2.3', '1.2', 'server', '1.2.3.4.5'],
};
const server7 = '+QDMPCFG: 1,117.161.2.7,5683,420';

const servers = (saves: readonly string[]): Steps => readAfterEachSave(server, 'AT+QDMPCFG=4,1', saves);
const periods = servers([...values.period, ...values.wrapped].map(period));
const ports = servers(values.port.map(port));
const addresses = servers(values.address.map(address));
const modes = readAfterEachSave('AT+QDMPCFG=0,0', 'AT+QDMPCFG=4,0', ['-1', '0', '1', '2', '3'].map(mode));
const credentials = (length: number): string => `AT+QDMPCFG=2,"M1","s",0,${'2'.repeat(length)}`;
const credentialsLine = (length: number): string => `+QDMPCFG: 2,M1,s****,0,${'2'.repeat(length)}`;
const terminalTypes = readAfterEachSave(
  credentials(15),
  'AT+QDMPCFG=4,2',
  ['-1', '0', '1', '2', '3', '4'].map(terminalType),
);
/** @param saved length of the IMEI saved before, which the faulty module has to accept, too */
const imeis = (saved: number): Steps =>
  readAfterEachSave(credentials(saved), 'AT+QDMPCFG=4,2', [13, 14, 15, 16, 17, 18, 19].map(imei));

const accepted = (save: string, line: string) => ({ [save]: ['OK', line, 'OK'] });
/** Refused; the old value stays. */
const refused = (save: string, line: string) => ({ [save]: ['50', line, 'OK'] });

const withPeriod = (value: string): string => `+QDMPCFG: 1,117.161.2.8,5684,${value}`;
const withPort = (value: string): string => `+QDMPCFG: 1,117.161.2.8,${value},421`;
const withAddress = (value: string): string => `+QDMPCFG: 1,${value},5684,421`;
const withImei = (length: number): string => `+QDMPCFG: 2,key,secr****,1,${'1'.repeat(length)}`;
const withType = (value: string): string => `+QDMPCFG: 2,key,secr****,${value},861234567890123`;

const expectations: readonly Expectation[] = [
  ['period-299-accepted', periods, accepted(period('299'), withPeriod('299'))],
  ['period-300-refused', periods, refused(period('300'), server7)],
  ['period-4294966-refused', periods, refused(period('4294966'), server7)],
  ['period-4294967-accepted', periods, accepted(period('4294967'), withPeriod('4294967'))],
  ['period-zero-accepted', periods, accepted(period('0'), withPeriod('0'))],
  [
    'period-wraps',
    periods,
    {
      ...accepted(period('4294967596'), withPeriod('300')),
      ...accepted(period('4294967997'), withPeriod('701')),
    },
  ],
  ['period-decimals-accepted', periods, accepted(period('300.5'), withPeriod('300'))],
  ['port-1-refused', ports, refused(port('1'), server7)],
  ['port-65535-refused', ports, refused(port('65535'), server7)],
  ['port-65536-accepted', ports, accepted(port('65536'), withPort('0'))],
  ['port-negative-accepted', ports, accepted(port('-1'), withPort('65535'))],
  ['server-256-accepted', addresses, accepted(address('256.1.1.1'), withAddress('256.1.1.1'))],
  ['server-text-accepted', addresses, accepted(address('server'), withAddress('server'))],
  ['server-three-octets-accepted', addresses, accepted(address('1.2.3'), withAddress('1.2.3'))],
  ['mode-1-refused', modes, refused(mode('1'), '+QDMPCFG: 0,0')],
  ['mode-2-accepted', modes, accepted(mode('2'), '+QDMPCFG: 0,2')],
  ['terminal-type-3-accepted', terminalTypes, accepted(terminalType('3'), withType('3'))],
  ['terminal-type-2-refused', terminalTypes, refused(terminalType('2'), credentialsLine(15))],
  ['imei-14-accepted', imeis(15), accepted(imei(14), withImei(14))],
  ['imei-15-refused', imeis(16), refused(imei(15), credentialsLine(16))],
  ['imei-16-refused', imeis(15), refused(imei(16), credentialsLine(15))],
  ['imei-17-refused', imeis(15), refused(imei(17), credentialsLine(15))],
  ['imei-18-accepted', imeis(15), accepted(imei(18), withImei(18))],
];

testFaults(faults, expectations);

/** Ordinary values are not at a limit, except that an IMEI has 15 digits. */
const onlyAtLimits = faults.filter(({ id }) => id !== 'imei-15-refused');

test.each(onlyAtLimits.map((fault) => [fault.id, fault] as const))(
  '%s does not change ordinary values',
  (_, fault) => {
    expect(afterSavingAll()(openCommandLayer([fault]))).toEqual(afterSavingAll()(openCommandLayer()));
  },
);
