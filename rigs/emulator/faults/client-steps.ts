import type { Bench } from '../bench.ts';
import {
  openAir,
  accepting,
  answerTo,
  isRegistration,
  refusing,
  silent,
  updating,
} from '../network/air-bench.ts';
import type { AirBench, Server } from '../network/air-bench.ts';
import { coapCode, coapOption, textOption } from '../network/coap.ts';
import type { CoapMessage } from '../network/coap.ts';

/** For tests: what shows the faults of the LwM2M client, the same steps for a healthy and a faulty module. */
type Steps = (bench: Bench) => unknown;

const PERIOD_S = 420;
const FORBIDDEN = 0x83;
const enabled = 'AT+QDMPCFG=0,1';
const disabled = 'AT+QDMPCFG=0,0';
const server = `AT+QDMPCFG=1,127.0.0.1,5700,${PERIOD_S}`;
const credentials = 'AT+QDMPCFG=2,"M200000001","vector-3",1,861234567890123';
const subscriber = 'AT+QDMPCFGEX=4,0,"off","NB-IoT","XY05553867549","18009699999"';
const location = `AT+QDMPCFGEX=5,0,"${'31.8438799075,117.2025477950,OTDOA '.repeat(3)}"`;
const everything = [enabled, server, credentials, subscriber, location];

const booted = (bench: Bench, ...commands: readonly string[]): void => {
  for (const command of commands) bench.send(command);
  bench.reboot();
};

/** The packets and states of this many seconds. */
function watch(bench: Bench, answers: Server, seconds: number): unknown {
  const air = openAir(bench.module, () => bench.client(), answers);
  air.pass(seconds);
  air.client.end();
  return [bench.module.dmState, air.sent, air.states];
}

/** With everything saved and the module rebooted, a little more than a period passes. */
const over =
  (answers: Server = accepting, settings: readonly string[] = everything): Steps =>
  (bench) => {
    booted(bench, ...settings);
    return watch(bench, answers, PERIOD_S * 1.2);
  };

/** An update that nobody answers takes 31 T. */
const unanswered: Steps = (bench) => {
  booted(bench, ...everything);
  return watch(bench, updating(silent), PERIOD_S + 124);
};

/** Nobody updates in time: the lifetime ends. */
const outliving: Steps = (bench) => {
  booted(bench, ...everything);
  const air = openAir(bench.module, () => ({ ...bench.client(), updateAfterS: undefined }));
  air.pass(PERIOD_S + 10);
  air.client.end();
  return [bench.module.dmState, air.states];
};

const getLocation: CoapMessage = {
  type: 'CON',
  code: coapCode.get,
  id: 7,
  token: Buffer.from('token'),
  options: ['666', '0'].map((segment) => textOption(coapOption.uriPath, segment)),
  payload: Buffer.alloc(0),
};

/** Object 666, read once the module has registered. */
function readInfo(bench: Bench, meanwhile: readonly string[] = []): unknown {
  const air: AirBench = openAir(bench.module, () => bench.client());
  air.pass(5);
  for (const command of meanwhile) bench.send(command);
  air.arrive(getLocation);
  air.client.end();
  return air.sent;
}

const info =
  (...meanwhile: readonly string[]): Steps =>
  (bench) => {
    booted(bench, ...everything);
    return readInfo(bench, meanwhile);
  };

/** Refuses the first registration alone. */
const refusingOnce: Server = (message, count) =>
  count === 1 && isRegistration(message) ? [answerTo(message, FORBIDDEN)] : accepting(message, count);

const withoutSocket: Steps = (bench) => {
  booted(bench, ...everything);
  const air = openAir(bench.module, () => bench.client(), 'no socket');
  air.pass(1);
  air.client.end();
  return air.states;
};

export const clientSteps: readonly (readonly [id: string, steps: Steps])[] = [
  ['disabled-registers', over(accepting, [disabled, server])],
  [
    'disabling-ignored',
    (bench) => {
      booted(bench, enabled, server);
      booted(bench, disabled);
      return watch(bench, accepting, 10);
    },
  ],
  ['enabled-silent', over()],
  ['server-ignored', over()],
  ['port-ignored', over()],
  ['letter-wrong', over()],
  ['name-imei-wrong', over()],
  ['name-key-wrong', over()],
  ['key-not-applied', over()],
  ['lifetime-default', over()],
  ['lifetime-in-minutes', over()],
  ['updates-early', over()],
  ['updates-late', over()],
  ['updates-never', over()],
  ['update-path-wrong', over()],
  ['gives-up', over(refusingOnce)],

  ['state-4-never', over(silent)],
  ['state-4-once', over(refusing(FORBIDDEN))],
  ['state-4-for-5', withoutSocket],
  ['state-6-early', over(silent)],
  ['state-6-for-7', over(refusing(FORBIDDEN))],
  ['state-8-for-7', over(refusing(FORBIDDEN))],
  ['state-7-for-8', over(silent)],
  ['state-9-never', outliving],
  [
    'state-9-early',
    (bench) => {
      booted(bench, ...everything);
      return watch(bench, accepting, 20);
    },
  ],
  ['state-11-never', over()],
  ['state-12-never', over(updating(refusing(FORBIDDEN)))],
  ['state-13-never', unanswered],
  ['state-11-for-12', over(updating(refusing(FORBIDDEN)))],
  ['state-13-for-12', over(updating(refusing(FORBIDDEN)))],
  ['state-12-for-13', unanswered],
  [
    'state-kept-over-reboot',
    (bench) => {
      over()(bench);
      bench.reboot();
      return bench.module.dmState;
    },
  ],
  [
    'state-4-disabled',
    (bench) => {
      booted(bench, disabled);
      return bench.module.dmState;
    },
  ],

  ['info-stale', info()],
  ['info-at-once', info('AT+QDMPCFGEX=1,0,"00-01-6C-06-A6-29"')],
  [
    'info-erase-ignored',
    (bench) => {
      booted(bench, ...everything);
      booted(bench, 'AT+QDMPCFGEX=4,2');
      return readInfo(bench);
    },
  ],
  ['info-swapped', info()],
  ['info-location-lost', info()],
  ['info-cut-short', info()],
  ['info-in-clear', info()],
  ['info-missing', info()],
];
