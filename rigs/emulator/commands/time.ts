import { ok, refused } from '../module/answers.ts';
import type { Handler } from '../module/handler.ts';
import { always, cme, withForms } from './forms.ts';

/** The time zone of China in quarters of an hour, which a network there reports. */
const zone = '+32';
const zoneMs = 8 * 3_600_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** AT+CCLK?: `"yy/MM/dd,hh:mm:ss±zz"`, local time (27.007 §8.15). */
const readClock: Handler = (_, { session }) => {
  const local = new Date(Date.now() + session.clockOffsetMs + zoneMs);
  const date = [local.getUTCFullYear() % 100, local.getUTCMonth() + 1, local.getUTCDate()].map(two).join('/');
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  return ok(`+CCLK: "${date},${time}${zone}"`);
};

const setClock: Handler = (call, { session }) => {
  const match = /^"?(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d\d)?"?$/.exec(call.parameters);
  if (!match) return refused(cme.incorrectParameters);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) {
    return refused(cme.incorrectParameters);
  }
  const utc = Date.UTC(2000 + year, month - 1, day, hour, minute, second);
  session.clockOffsetMs = utc - zoneMs - Date.now();
  return ok();
};

export const timeCommands: readonly (readonly [string, Handler])[] = [
  ['+CCLK', withForms({ test: always(ok()), read: readClock, write: setClock })],
];
