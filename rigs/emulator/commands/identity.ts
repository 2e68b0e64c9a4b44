import { ok, refused } from '../module/answers.ts';
import type { Handler } from '../module/handler.ts';
import { always, cme, withForms } from './forms.ts';

const maker = 'Quectel_Ltd';
const model = 'Quectel_BC26';

/** Software version number, two digits (23.003 §6.2.2). */
const svn = '01';

/** AT+CGSN=0…3: serial number, IMEI, IMEISV (the IMEI without its check digit, then the SVN), SVN. */
const readSerial: Handler = (call, { settings }) => {
  switch (call.parameters.trim()) {
    case '0':
      return ok(settings.serialNumber);
    case '1':
      return ok(`+CGSN: ${settings.imei}`);
    case '2':
      return ok(`+CGSN: ${settings.imei.slice(0, 14)}${svn}`);
    case '3':
      return ok(`+CGSN: ${svn}`);
    default:
      return refused(cme.incorrectParameters);
  }
};

/** Maker, model, revision and serial numbers (AT manual §3.1 and following, BC26.md §5). */
export const identityCommands: readonly (readonly [string, Handler])[] = [
  ['I', (_, { settings }) => ok(maker, model, `Revision: ${settings.revision}`)],
  ['+CGMI', withForms({ test: always(ok()), execute: always(ok(maker, model, 'Revision: MTK_2625')) })],
  ['+CGMM', withForms({ test: always(ok()), execute: always(ok(model)) })],
  [
    '+CGMR',
    withForms({ test: always(ok()), execute: (_, { settings }) => ok(`Revision: ${settings.revision}`) }),
  ],
  [
    '+CGSN',
    withForms({
      test: always(ok('+CGSN: (0-3)')),
      execute: (_, { settings }) => ok(settings.serialNumber),
      write: readSerial,
    }),
  ],
  // Not in the BC26 manual. A public BC26 driver reads the IMEI with it, without a prefix; V.250 has the command.
  ['+GSN', withForms({ test: always(ok()), execute: (_, { settings }) => ok(settings.imei) })],
];
