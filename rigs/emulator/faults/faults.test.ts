import { openBench } from '../bench.ts';
import type { Bench } from '../bench.ts';
import { extendedRecords } from '../dmp/extended.ts';
import { accessLimits } from './access-limits.ts';
import { clientSteps } from './client-steps.ts';
import { extendedLimits, kebab } from './extended-limits.ts';
import { faults } from './registry.ts';

const mode = 'AT+QDMPCFG=0,0';
const server = 'AT+QDMPCFG=1,117.161.2.7,5683,420';
const credentials = 'AT+QDMPCFG=2,"M100000089","95GoSecret",1,863703030822519';
const mac = 'AT+QDMPCFGEX=1,0,"00-01-6C-06-A6-29"';
const hardware = 'AT+QDMPCFGEX=2,0,"4096KB","4096KB","MT2625","FREE RTOS"';
const software = 'AT+QDMPCFGEX=3,0,"BC26NBR01A07","Quectel"';
const subscriber = 'AT+QDMPCFGEX=4,0,"off","NB-IoT","XY05553867549","18009699999"';
const location = 'AT+QDMPCFGEX=5,0,"31.8438799075,117.2025477950,OTDOA"';
const appInfo = 'AT+QDMPCFGEX=0,0,"Douyin|FW1|990650|9123;QQ|FW03|11650|92551"';
const everything = [mode, server, credentials, appInfo, mac, hardware, software, subscriber, location];
const queries = [
  ...[0, 1, 2].map((option) => `AT+QDMPCFG=4,${option}`),
  ...[0, 1, 2, 3, 4, 5].map((type) => `AT+QDMPCFGEX=${type},1`),
];

/** What is seen of a module: the same steps show a healthy and a faulty one. */
type Steps = (bench: Bench) => unknown;

const sending =
  (...commands: readonly string[]): Steps =>
  (bench) =>
    commands.map((command) => bench.send(command));

/** Everything saved, then these commands, then all records read. */
const upon =
  (...commands: readonly string[]): Steps =>
  (bench) =>
    sending(...everything, ...commands, ...queries)(bench);

const bytesOf =
  (command: string, ...before: readonly string[]): Steps =>
  (bench) => {
    sending(...before)(bench);
    return bench.bytes(command);
  };

const readAfterReboot =
  (...commands: readonly string[]): Steps =>
  (bench) => {
    sending(...commands)(bench);
    bench.reboot();
    return bench.send('AT+QDMPCFG?');
  };

const over =
  (cause: 'soft' | 'reset' | 'power-key', ...before: readonly string[]): Steps =>
  (bench) => {
    sending(...everything, ...before)(bench);
    bench.reboot(cause);
    return sending(...queries)(bench);
  };

const latency =
  (command: string, earlier: number): Steps =>
  (bench) => {
    for (let sent = 0; sent < earlier; sent += 1) bench.send('AT');
    return bench.latencyMs(command);
  };

const withPeriod = (period: string): Steps =>
  sending(`AT+QDMPCFG=1,117.161.2.7,5683,${period}`, 'AT+QDMPCFG=4,1');
const withPort = (port: string): Steps => sending(`AT+QDMPCFG=1,117.161.2.7,${port},420`, 'AT+QDMPCFG=4,1');
const withServer = (address: string): Steps => sending(`AT+QDMPCFG=1,${address},5683,420`, 'AT+QDMPCFG=4,1');
const withImei = (length: number): Steps =>
  sending(`AT+QDMPCFG=2,"key","secret",1,${'1'.repeat(length)}`, 'AT+QDMPCFG=4,2');
const withType = (type: string): Steps =>
  sending(`AT+QDMPCFG=2,"key","secret",${type},863703030822519`, 'AT+QDMPCFG=4,2');

const extendedLimitSteps: [string, Steps][] = extendedRecords.flatMap(({ type, fields }) =>
  fields.flatMap(({ name, maxBytes }, index) => {
    const save = (value: string): string =>
      `AT+QDMPCFGEX=${type},0,${fields.map((_, at) => (at === index ? `"${value}"` : '"y"')).join(',')}`;
    const at = (length: number): Steps => sending(save('z'.repeat(length)), `AT+QDMPCFGEX=${type},1`);
    const id = `ex-${kebab(name)}`;
    return [
      [`${id}-longest-refused`, at(maxBytes)],
      [`${id}-cut-short`, at(maxBytes + 1)],
      [`${id}-over-accepted`, at(maxBytes + 1)],
    ] satisfies [string, Steps][];
  }),
);

const persistence = (prefix: string): [string, Steps][] => [
  [`${prefix}lost-over-soft-reset`, over('soft')],
  [`${prefix}lost-over-reset-pin`, over('reset')],
  [`${prefix}lost-over-power-off`, over('power-key', 'AT+QPOWD=0')],
  [`${prefix}lost-over-supply-cut`, over('power-key')],
];

const steps = new Map<string, Steps>([
  ['no-qdmpcfg', sending('AT+QDMPCFG?', server)],
  ['no-qdmpcfgex', sending(mac)],
  ['no-test-form', sending('AT+QDMPCFG=?')],
  ['no-ex-test-form', sending('AT+QDMPCFGEX=?')],
  ['ex-read-form', sending('AT+QDMPCFGEX?')],

  ['period-299-accepted', withPeriod('299')],
  ['period-300-refused', withPeriod('300')],
  ['period-4294966-refused', withPeriod('4294966')],
  ['period-4294967-accepted', withPeriod('4294967')],
  ['period-zero-accepted', withPeriod('0')],
  ['period-wraps', withPeriod('4294967596')],
  ['period-decimals-accepted', withPeriod('300.5')],
  ['port-1-refused', withPort('1')],
  ['port-65535-refused', withPort('65535')],
  ['port-65536-accepted', withPort('65536')],
  ['port-negative-accepted', withPort('-1')],
  ['server-256-accepted', withServer('256.1.1.1')],
  ['server-text-accepted', withServer('server')],
  ['server-three-octets-accepted', withServer('1.2.3')],
  ['mode-2-accepted', sending('AT+QDMPCFG=0,2', 'AT+QDMPCFG=4,0')],
  ['terminal-type-3-accepted', withType('3')],
  ['terminal-type-2-refused', withType('2')],
  ['imei-14-accepted', withImei(14)],
  ['imei-15-refused', withImei(15)],
  ['imei-16-refused', withImei(16)],
  ['imei-17-refused', withImei(17)],
  ['imei-18-accepted', withImei(18)],
  ...extendedLimitSteps,
  ['ex-characters-counted', sending(`AT+QDMPCFGEX=1,0,"${'\xc3\xa9'.repeat(19)}"`, 'AT+QDMPCFGEX=1,1')],

  ['save-mode-forgotten', upon()],
  ['save-server-forgotten', upon()],
  ['save-credentials-forgotten', upon()],
  ['save-period-forgotten', upon()],
  ...[0, 1, 2, 3, 4, 5].map((type): [string, Steps] => [`ex-save-${type}-forgotten`, upon()]),
  ['save-server-resets-mode', upon(server)],
  ['save-mode-resets-server', upon(mode)],
  ['save-credentials-resets-server', upon(credentials)],
  ['ex-save-resets-another', upon(software)],
  ['save-server-erases-location', upon(server)],
  ['ex-save-disables-access', upon('AT+QDMPCFG=0,1', mac)],
  ['refused-server-half-saved', upon('AT+QDMPCFG=1,10.0.0.9,5683,299')],
  ['ex-refused-half-saved', upon(`AT+QDMPCFGEX=2,0,"other","ram","${'c'.repeat(20)}","os"`)],

  ['erase-mode-nothing', upon('AT+QDMPCFG=5,0')],
  ['erase-server-nothing', upon('AT+QDMPCFG=5,1')],
  ['erase-credentials-nothing', upon('AT+QDMPCFG=5,2')],
  ['erase-all-nothing', upon('AT+QDMPCFG=5,4')],
  ['erase-server-too-much', upon('AT+QDMPCFG=5,1')],
  ['erase-mode-too-much', upon('AT+QDMPCFG=5,0')],
  ['erase-credentials-too-much', upon('AT+QDMPCFG=5,2')],
  ['erase-all-misses-credentials', upon('AT+QDMPCFG=5,4')],
  ['erase-all-takes-extended', upon('AT+QDMPCFG=5,4')],
  [
    'erase-in-use-at-once',
    (bench) => {
      sending(...everything)(bench);
      bench.reboot();
      return sending('AT+QDMPCFG=5,4', 'AT+QDMPCFG?')(bench);
    },
  ],
  ...[0, 1, 2, 3, 4, 5].map((type): [string, Steps] => [
    `ex-erase-${type}-nothing`,
    upon(`AT+QDMPCFGEX=${type},2`),
  ]),
  ['ex-erase-all', upon('AT+QDMPCFGEX=1,2')],
  ['ex-erase-takes-server', upon('AT+QDMPCFGEX=1,2')],
  ['reserved-erase-erases', upon('AT+QDMPCFG=5,3')],
  ['reserved-type-saves', upon('AT+QDMPCFG=0,1', 'AT+QDMPCFG=3,0')],

  ['query-mode-wrong', upon()],
  ['query-server-wrong', upon()],
  ['query-credentials-wrong', upon()],
  ['key-leaked-read', readAfterReboot(credentials)],
  ['key-leaked-query', upon()],
  ['five-characters-read', readAfterReboot(credentials)],
  ['five-characters-query', upon()],
  ['read-shows-saved', sending(server, 'AT+QDMPCFG?')],
  ['query-shows-active', upon()],
  ['values-quoted', sending('AT+QDMPCFG?')],
  ['ex-values-quoted', upon()],
  ['read-order-wrong', sending('AT+QDMPCFG?')],
  ['read-line-0-missing', sending('AT+QDMPCFG?')],
  ['read-line-doubled', sending('AT+QDMPCFG?')],
  ['state-outside-list', sending('AT+QDMPCFG=6')],
  ['prefix-wrong', sending('AT+QDMPCFG?')],
  ['ex-type-4-swapped', upon()],
  ['ex-read-stale', upon()],

  ['default-mode-wrong', readAfterReboot()],
  ['default-server-wrong', readAfterReboot()],
  ['default-port-wrong', readAfterReboot()],
  ['default-period-wrong', readAfterReboot()],
  ['erased-zeros-in-use', readAfterReboot()],
  ['default-terminal-type-wrong', readAfterReboot()],
  ['never-applied', readAfterReboot(server)],
  ['applied-at-once', sending(server, 'AT+QDMPCFG?')],

  ...persistence(''),
  ...persistence('ex-'),
  [
    'nvram-torn',
    (bench) => {
      bench.send(server);
      return bench.commits.map((changes) => changes.size);
    },
  ],
  ['boots-twice', (bench) => [bench.reboot('power-key'), bench.reboot('soft')]],
  [
    'resets-on-erase',
    (bench) => {
      bench.send('AT+QDMPCFG=5,4');
      return bench.last?.then;
    },
  ],

  ['error-with-line', bytesOf('AT+QDMPCFG=7')],
  ['two-final-results', bytesOf(server)],
  ['line-after-final', bytesOf('AT+QDMPCFG?')],
  ['no-final-result', bytesOf('AT+QDMPCFG?')],
  ['final-unframed', bytesOf(server)],
  ['line-feed-missing', bytesOf('AT+QDMPCFG?')],
  ['nul-in-answer', bytesOf('AT+QDMPCFG?')],
  ['escape-in-answer', bytesOf('AT+QDMPCFG?')],
  ['ff-in-answer', bytesOf('AT+QDMPCFG?')],
  ['cdata-end-in-answer', bytesOf('AT+QDMPCFG?')],
  [
    'echo-stuck-on',
    (bench) => {
      bench.send('ATE0');
      return bench.module.session.echo;
    },
  ],
  ['cme-text-at-1', bytesOf('AT+QDMPCFG=0,2', 'AT+CMEE=1')],
  ['cme-number-at-0', bytesOf('AT+QDMPCFG=0,2')],
  ['error-code-unknown', sending('AT+QDMPCFG=0,2')],
  ['reserved-query-silent', sending('AT+QDMPCFG=4,3')],

  ['answers-late', latency('AT+QDMPCFG?', 7)],
  ['answers-late-at-times', latency('AT+QDMPCFG?', 20)],
  ['saves-late', latency(server, 1)],
  ['ex-reads-late', latency('AT+QDMPCFGEX=1,1', 1)],
  ...['wedges', 'wedges-past-reset', 'wedges-for-ever'].map((id): [string, Steps] => [
    id,
    (bench) => {
      latency('AT', 60)(bench);
      const silent = bench.send('AT');
      bench.reboot();
      return [silent, bench.send('AT')];
    },
  ]),

  [
    'commands-hang',
    (bench) => {
      latency('AT', 60)(bench);
      return sending('AT', 'AT+QDMPCFG?', 'AT+QDMPCFGEX=0,1')(bench);
    },
  ],

  ['surplus-accepted', sending(`${server},9`)],
  ['ex-surplus-accepted', sending(`${mac},"9"`)],
  ['type-7-accepted', sending('AT+QDMPCFG=7')],
  ['type-negative-accepted', sending('AT+QDMPCFG=-1')],
  ['query-4-accepted', sending('AT+QDMPCFG=4,4')],
  ['erase-5-accepted', sending('AT+QDMPCFG=5,5')],
  ['ex-type-6-accepted', sending('AT+QDMPCFGEX=6,1')],
  ['ex-act-3-accepted', sending('AT+QDMPCFGEX=1,3')],
  ['ex-arity-wrong', upon()],
  ['semicolon-splits', upon()],
  ['comma-splits', upon()],
  ['bar-lost', upon()],
  ['blank-lost', upon()],
  ['hyphen-lost', upon()],
  ['ex-upper-cased', upon()],
  ['ex-null-refused', sending('AT+QDMPCFGEX=1,0,"NULL"')],
  [
    'unclosed-quote-resets',
    (bench) => {
      bench.send('AT+QDMPCFGEX=1,0,"00');
      return bench.last?.then;
    },
  ],
  ['partial-refused-saved', upon('AT+QDMPCFG=1,10.0.0.9,1')],
  ['ex-partial-refused-saved', upon('AT+QDMPCFGEX=3,0,"other"')],

  ...clientSteps,
]);

test('ids are in kebab case, no two alike, each with one line', () => {
  const ids = faults.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(faults.filter(({ id }) => !/^[a-z\d]+(-[a-z\d]+)*$/.test(id))).toEqual([]);
  expect(faults.filter(({ describe: line }) => line === '' || line.includes('\n'))).toEqual([]);
});

test('steps show every fault there is, and no other', () => {
  expect([...steps.keys()].sort()).toEqual(faults.map(({ id }) => id).sort());
});

describe.each(faults.map((fault) => [fault.id, fault] as const))('%s', (id, fault) => {
  test('is seen, and the healthy module answers otherwise', () => {
    const show = steps.get(id) ?? (() => undefined);
    expect(show(openBench([fault]))).not.toEqual(show(openBench()));
  });

  test('is wrong in one way: AT, identity and bring-up are as they should be', () => {
    const bringUp = sending('AT', 'ATI', 'AT+CMEE=1', 'AT+QSCLK=0', 'AT+CGSN=1', 'AT+CMEE?');
    expect(bringUp(openBench([fault]))).toEqual(bringUp(openBench()));
  });
});

/** Values of every day are not at a limit, except that an IMEI has 15 digits. */
const onlyAtLimits = [...accessLimits, ...extendedLimits].filter(({ id }) => id !== 'imei-15-refused');

test.each(onlyAtLimits.map((fault) => [fault.id, fault] as const))(
  '%s leaves values of every day alone',
  (_, fault) => {
    expect(upon()(openBench([fault]))).toEqual(upon()(openBench()));
  },
);

describe('two faults at once', () => {
  test('the newest is asked first, and the other still shows', () => {
    const both = faults.filter(({ id }) => id === 'query-server-wrong' || id === 'prefix-wrong');
    expect(openBench(both).send('AT+QDMPCFG=4,1')).toEqual(['+DMPCFG: 1,117.161.2.41,5684,86400', 'OK']);
  });
});

describe('values in quotes', () => {
  const quoting = faults.filter(({ id }) => id === 'values-quoted' || id === 'ex-values-quoted');

  test.each([
    [location, 'AT+QDMPCFGEX=5,1', '+QDMPCFGEX: 5,"31.8438799075,117.2025477950,OTDOA"'],
    ['AT+QDMPCFGEX=3,0,"SW,1","Meter"', 'AT+QDMPCFGEX=3,1', '+QDMPCFGEX: 3,"SW,1","Meter"'],
    [mode, 'AT+QDMPCFG=4,0', '+QDMPCFG: 0,"0"'],
    [server, 'AT+QDMPCFG=4,1', '+QDMPCFG: 1,"117.161.2.7","5683","420"'],
    [
      'AT+QDMPCFG=2,"M1,2","95GoSecret",1,863703030822519',
      'AT+QDMPCFG=4,2',
      '+QDMPCFG: 2,"M1,2","95Go****","1","863703030822519"',
    ],
  ])('%s', (save, read, expected) => {
    const bench = openBench(quoting);
    bench.send(save);
    expect(bench.send(read)).toEqual([expected, 'OK']);
  });
});
