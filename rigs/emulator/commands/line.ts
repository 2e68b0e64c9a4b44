import { ok, refused } from '../module/answers.ts';
import type { Handler } from '../module/handler.ts';
import { baudItem } from '../module/session.ts';
import { always, oneOf, withForms, writeNumber } from './forms.ts';

/** The rates of AT+IPR (AT manual §3.4); 0 is auto-baud. */
const bauds = [
  0, 110, 300, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
];

/** ATE0, ATE1. ATE alone is ATE0: a missing number is 0 (V.250 §5.3). */
const echo: Handler = (call, { session, settings }) => {
  const value = oneOf(call.parameters || '0', [0, 1]);
  if (value === undefined || (value === 0 && settings.echoOff === 'refused')) return refused();
  session.echo = value === 1 || settings.echoOff === 'ignored';
  return ok();
};

/** AT&W[0]: saves the baud rate (BC26.md §7). */
const storeProfile: Handler = (call, { session, nvram }) => {
  if (oneOf(call.parameters || '0', [0]) === undefined) return refused();
  nvram.commit(new Map([[baudItem, String(session.baud)]]));
  return ok();
};

/** ATZ[0]: restores the saved profile (V.250 §6.1.1; not documented for a BC26). */
const restoreProfile: Handler = (call, { session, nvram }) => {
  if (oneOf(call.parameters || '0', [0]) === undefined) return refused();
  session.echo = true;
  session.cmee = 0;
  session.baud = Number(nvram.read(baudItem) ?? 0);
  return ok();
};

/** Echo, error format, baud rate. */
export const lineCommands: readonly (readonly [string, Handler])[] = [
  ['', always(ok())],
  ['E', echo],
  ['&W', storeProfile],
  ['Z', restoreProfile],
  [
    '+CMEE',
    withForms({
      test: always(ok('+CMEE: (0-2)')),
      read: (_, { session }) => ok(`+CMEE: ${session.cmee}`),
      write: writeNumber([0, 1, 2], (value, { session }) => {
        session.cmee = value as 0 | 1 | 2;
      }),
    }),
  ],
  [
    '+IPR',
    withForms({
      test: always(ok(`+IPR: (4800,9600,115200),(${bauds.join(',')})`)),
      read: (_, { session }) => ok(`+IPR: ${session.baud}`),
      write: writeNumber(bauds, (value, { session }) => {
        session.baud = value;
      }),
    }),
  ],
];
