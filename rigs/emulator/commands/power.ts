import { ok, refused } from '../module/answers.ts';
import type { Handler } from '../module/handler.ts';
import { always, cme, withForms, writeNumber } from './forms.ts';

const psmItem = 'cpsms';
const edrxItem = 'cedrxs';
const lockItem = 'sm_lock';

/** AT+CPSMS=<mode>[,,,<TAU>,<active time>]: saved, according to the manual of a sister module (BC660K). */
const setPsm: Handler = (call, { nvram }) => {
  const match = /^([012])(?:,[^,]*,[^,]*(?:,"([01]{8})")?(?:,"([01]{8})")?)?$/.exec(call.parameters);
  if (!match) return refused(cme.incorrectParameters);
  const timers = match[2] ? `,,,"${match[2]}"${match[3] ? `,"${match[3]}"` : ''}` : '';
  // 2 restores the defaults (27.007 §7.38).
  const saved = match[1] === '2' ? undefined : `${match[1]}${timers}`;
  nvram.commit(new Map([[psmItem, saved]]));
  return ok();
};

/** AT+CEDRXS=<mode>[,5[,<value>]]; 3 restores the defaults (27.007 §7.40). */
const setEdrx: Handler = (call, { nvram }) => {
  const match = /^([0-3])(?:,5(?:,"([01]{4})")?)?$/.exec(call.parameters);
  if (!match) return refused(cme.incorrectParameters);
  const value = match[2] ?? nvram.read(edrxItem);
  nvram.commit(new Map([[edrxItem, match[1] === '1' || match[1] === '2' ? (value ?? '0010') : undefined]]));
  return ok();
};

/** AT+SM: the sleep lock of firmware up to A02 (BC26.md §3). */
const sleepLock: Handler = (call, { nvram }) => {
  switch (call.parameters.trim()) {
    case 'LOCK_FOREVER':
      nvram.commit(new Map([[lockItem, '1']]));
      return ok();
    case 'UNLOCK':
      nvram.commit(new Map([[lockItem, undefined]]));
      return ok();
    case 'LOCK':
      return ok();
    default:
      return refused(cme.incorrectParameters);
  }
};

/** Sleep, reset and power-off. The emulated module accepts the sleep commands and never sleeps. */
export const powerCommands: readonly (readonly [string, Handler])[] = [
  [
    '+QSCLK',
    withForms({
      test: always(ok('+QSCLK: (0-2)')),
      read: (_, { session }) => ok(`+QSCLK: ${session.sleepClock}`),
      write: writeNumber([0, 1, 2], (value, { session }) => {
        session.sleepClock = value;
      }),
    }),
  ],
  ['+QRELLOCK', withForms({ test: always(ok()), execute: always(ok()) })],
  ['+SM', withForms({ write: sleepLock })],
  [
    '+CPSMS',
    withForms({
      test: always(ok('+CPSMS: (0-2),,,("00000000"-"11111111"),("00000000"-"11111111")')),
      read: (_, { nvram }) => ok(`+CPSMS: ${nvram.read(psmItem) ?? '0'}`),
      write: setPsm,
    }),
  ],
  [
    '+CEDRXS',
    withForms({
      test: always(ok('+CEDRXS: (0-3),(5),("0000"-"1111")')),
      read: (_, { nvram }) => {
        const value = nvram.read(edrxItem);
        return value === undefined ? ok() : ok(`+CEDRXS: 5,"${value}"`);
      },
      write: setEdrx,
    }),
  ],
  [
    '+QRST',
    withForms({
      test: always(ok('+QRST: (1)')),
      write: (call, { settings }) =>
        call.parameters.trim() === '1'
          ? { lines: [], result: settings.qrstAnswer, then: 'reset' }
          : refused(cme.incorrectParameters),
    }),
  ],
  [
    '+QPOWD',
    withForms({
      test: always(ok('+QPOWD: (0)')),
      write: (call) =>
        call.parameters.trim() === '0' ? { ...ok(), then: 'power-off' } : refused(cme.incorrectParameters),
    }),
  ],
];
