import { type CommandLayer, openCommandLayer } from '../../board/command-layer.fixture.ts';
import type { Fault } from '../fault.ts';

const address = (text: string): string => `AT+QDMPCFG=1,${text}`;
const extended = (type: number, ...values: readonly string[]): string =>
  `AT+QDMPCFGEX=${type},0,${values.map((value) => `"${value}"`).join(',')}`;

/** Three sets of values for every record: short and long ones, none like that of another field. */
const saves: readonly (readonly string[])[] = [
  [
    'AT+QDMPCFG=0,0',
    address('192.0.2.1,5700,420'),
    'AT+QDMPCFG=2,"M200000001","95GoSecretKeyThatIsQuiteLong0001",1,861234567890123',
    extended(0, 'Douyin|FW1|990650|9123;QQ|FW03|11650|92551'),
    extended(1, '00-01-6c-06-A6-29'),
    extended(2, '4096KB of flash ROM', '4095KB of fast RAMs', 'MT2625 of one core1', 'FREE RTOS, '.repeat(4)),
    extended(3, 'BC26NBR01A07 '.repeat(3), 'Quectel '.repeat(5)),
    extended(4, 'off now', 'NB-IoT, and LTE too', 'XY05553867549'.repeat(3), '1800969999912345678'),
    extended(5, '31.8438799075,117.2025477950,OTDOA'),
  ],
  [
    'AT+QDMPCFG=0,1',
    address('198.51.100.217,65001,4294966'),
    'AT+QDMPCFG=2,"A300000002-of-thirty-two-charact","zKeySecretOther",2,86123456789012345',
    extended(0, 'Wechat|FW02|80650|9201'),
    extended(1, 'aa-bb-cc-dd-ee-ff'),
    extended(2, '1MB', '2MB', '3MHz', 'LITE'),
    extended(3, 'v2', 'other'),
    extended(4, 'on', 'Cat', 'ZZ9', '110'),
    extended(5, '1.5,2.5,GPS'),
  ],
  [
    'AT+QDMPCFG=0,0',
    address('203.0.113.7,6000,86399'),
    'AT+QDMPCFG=2,"B400000003","qKeySecretThird",0,8612345678901234',
    extended(0, 'QQ|FW9|1|2'),
    extended(1, '11-22-33-44-55-66'),
    extended(2, '7MB', '8MB', '9MHz', 'HARD'),
    extended(3, 'v3', 'third'),
    extended(4, 'off', 'Sat', 'YY8', '120'),
    extended(5, '3.5,4.5,WLAN'),
  ],
];

const tests = ['AT+QDMPCFG=?', 'AT+QDMPCFGEX=?'];
const reads = [
  'AT+QDMPCFG?',
  'AT+QDMPCFG=6',
  ...[0, 1, 2].map((option) => `AT+QDMPCFG=4,${option}`),
  ...[0, 1, 2, 3, 4, 5].map((type) => `AT+QDMPCFGEX=${type},1`),
];
const erases = [
  ...[0, 1, 2].map((option) => `AT+QDMPCFG=5,${option}`),
  ...[0, 1, 2, 3, 4, 5].map((type) => `AT+QDMPCFGEX=${type},2`),
];
/** Each may decide about the command that follows. */
const before = ['AT+QDMPCFG=6', 'AT+QDMPCFG=9', 'AT+QDMPCFG=?', 'AT+QDMPCFG=5,3', 'AT+QDMPCFGEX=0,2'];
const reached = [4, 5, 6, 7, 8, 9, 11, 12, 13] as const;

const plan = (layer: CommandLayer): unknown => {
  const {
    encrypt,
    stateShown,
    deviceInfo,
    encodeDeviceInfo: _,
    updatePath: __,
    ...facts
  } = layer.clientPlan();
  return {
    ...facts,
    encrypted: encrypt('clear'),
    deviceInfo: deviceInfo && [...deviceInfo],
    states: reached.map(stateShown),
  };
};

/** What a firmware does in a life in which every command, value and kind of reboot occurs, more than once. */
export function* wholeLife(fault?: Fault): Generator<string> {
  const layer = openCommandLayer(fault ? [fault] : []);
  const see = (what: string, shown: unknown): string => `${what} ${JSON.stringify(shown)}`;
  function* send(commands: readonly string[]): Generator<string> {
    for (const command of commands) yield see(command, [layer.bytes(command), layer.latencyMs(command)]);
  }
  function* boot(how: 'soft' | 'reset' | 'power-off' | 'cut'): Generator<string> {
    if (how === 'power-off') layer.send('AT+QPOWD=0');
    layer.reboot(how === 'power-off' || how === 'cut' ? 'power-key' : how);
    yield see(how, plan(layer));
    yield* send(reads);
  }
  for (const [index, save] of [...saves, ...saves].entries()) {
    yield* send([...tests, ...save, ...reads, ...reads, ...reads]);
    yield see('before a reboot', plan(layer));
    for (const how of ['soft', 'reset', 'power-off', 'cut'] as const) {
      yield* send(saves[(index + 1) % saves.length]!);
      yield* boot(how);
      yield* boot(how);
    }
    for (let time = 0; time < 6; time += 1) {
      yield* send([...saves[(index + time) % saves.length]!, ...reads]);
      yield* send([...erases, ...reads]);
    }
    for (const first of before) yield* send([...save, ...reads.flatMap((read) => [first, read])]);
    for (const [step, first] of [...before, 'AT', 'AT'].entries()) {
      const other = saves[(index + step) % saves.length]!;
      yield* send([...other.flatMap((command) => [first, command]), ...reads]);
    }
    for (const first of ['AT', ...before]) {
      yield* send([...save, ...erases.flatMap((erase) => [first, erase]), ...reads]);
      yield* send([...save, first, 'AT+QDMPCFG=5,4', ...reads]);
    }
    for (let time = 0; time < 5; time += 1)
      yield* send([...save, ...erases, ...reads, ...save, 'AT+QDMPCFG=5,4', ...reads]);
  }
}
