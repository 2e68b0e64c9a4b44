import { answerNothing, answerUpdates, refuseAll } from '../../network/client-on-air.fixture.ts';
import { answersTo, testFaults } from '../fault-expectations.fixture.ts';
import { disabled, PERIOD_S, sendAndReboot, watchAfterSaving } from '../watched-client.fixture.ts';
import { faults } from './states.ts';

const FORBIDDEN = 0x83;
const updated = watchAfterSaving({ seconds: PERIOD_S * 1.2 });
const refused = watchAfterSaving({ answers: refuseAll(FORBIDDEN), seconds: 20 });
/** A registration without an answer is given up after 31 T. */
const unanswered = watchAfterSaving({ answers: answerNothing, seconds: 140 });
const updateRefused = watchAfterSaving({ answers: answerUpdates(refuseAll(FORBIDDEN)), seconds: PERIOD_S });
const updateUnanswered = watchAfterSaving({ answers: answerUpdates(answerNothing), seconds: PERIOD_S + 124 });
/** No update is sent in time: the lifetime ends. */
const outliving = watchAfterSaving({ seconds: PERIOD_S + 10, plan: { updateAfterS: undefined } });
const withoutSocket = watchAfterSaving({ answers: 'no socket', seconds: 1 });

type Shown = readonly (readonly [at: number, state: number])[];
/** These states, and the last of them as the final state. */
const states = (...shown: Shown) => ({ states: shown, state: shown.at(-1)?.[1] });
/** These states; the final state is that of a healthy module. */
const statesBefore = (...shown: Shown) => ({ states: shown });
/** A refusal, and after 7 s the next try: three of them in 20 s. */
const refusals = (connected: number, failed: number): Shown =>
  [0.5, 8.5, 16.5].flatMap((at) => [[at, connected] as const, [at + 1, failed] as const]);
/** An update that failed at this time, and the registration after it. */
const failedUpdate = (at: number, shown: number): Shown => [
  [0.5, 4],
  [1.5, 6],
  [at, shown],
  [at + 7, 4],
  [at + 8, 6],
];

/** The state once a command was sent to a module that has registered. */
const touched = (command: string) => watchAfterSaving({ seconds: 12, meanwhile: [command] });
const touchedBy = (state: number) => ({ state });

testFaults(faults, [
  // After a failure its state stays in place of 4.
  ['state-4-never', unanswered, states([0.5, 0], [125.5, 8], [132.5, 8])],
  ['state-4-for-5', withoutSocket, states([0.5, 4])],
  ['state-3-for-6', updated, statesBefore([0.5, 4], [1.5, 3], [379.5, 11])],
  ['state-6-early', unanswered, states([0.5, 6], [125.5, 8], [132.5, 6])],
  ['state-6-for-7', refused, states(...refusals(4, 6))],
  ['state-8-for-7', refused, states(...refusals(4, 8))],
  ['state-7-for-8', unanswered, statesBefore([0.5, 4], [125.5, 7], [132.5, 4])],
  ['state-9-never', outliving, states([0.5, 4], [1.5, 6], [421.5, 6])],
  [
    'state-9-early',
    watchAfterSaving({ seconds: 20 }),
    {
      ...states([0.5, 4], [1.5, 6], [16.5, 9]),
      packets: [
        [1.5, 'POST rd'],
        [16.5, 'DELETE rd/a1b2c3d4e5'],
      ],
    },
  ],
  ['state-11-never', updated, states([0.5, 4], [1.5, 6], [379.5, 6])],
  ['state-12-never', updateRefused, statesBefore(...failedUpdate(379.5, 6))],
  ['state-13-never', updateUnanswered, statesBefore(...failedUpdate(503.5, 6))],
  ['state-11-for-12', updateRefused, statesBefore(...failedUpdate(379.5, 11))],
  ['state-13-for-12', updateRefused, statesBefore(...failedUpdate(379.5, 13))],
  ['state-12-for-13', updateUnanswered, statesBefore(...failedUpdate(503.5, 12))],
  [
    'state-kept-over-reboot',
    (layer) => {
      const before = updated(layer);
      layer.reboot();
      return { ...before, 'state after a reboot': layer.module.dmState };
    },
    { 'state after a reboot': 11 },
  ],
  ['state-0-after-query', touched('AT+QDMPCFG=4,1'), touchedBy(0)],
  ['state-4-after-read', touched('AT+QDMPCFG?'), touchedBy(4)],
  ['state-0-after-save', touched('AT+QDMPCFG=0,1'), touchedBy(0)],
  ['state-0-after-ex-save', touched('AT+QDMPCFGEX=1,0,"00-01-6C-06-A6-29"'), touchedBy(0)],
  ['state-5-after-refusal', touched('AT+QDMPCFG=0,2'), touchedBy(5)],
  ['state-without-type', answersTo('AT+QDMPCFG=6'), { 'AT+QDMPCFG=6': ['+QDMPCFG: 0', 'OK'] }],
  [
    'state-4-disabled',
    (layer) => {
      const fresh = layer.module.dmState;
      sendAndReboot(layer, disabled);
      return { fresh, disabled: layer.module.dmState };
    },
    { disabled: 4 },
  ],
]);
