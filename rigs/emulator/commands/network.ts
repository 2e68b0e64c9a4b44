import { ok, refused } from '../module/answers.ts';
import type { Handler, Module } from '../module/handler.ts';
import { functionalityItem } from '../module/session.ts';
import { always, cme, oneOf, withForms, writeNumber } from './forms.ts';

/** Whether the module is on the network: full functionality, a SIM, and not detached by a command. */
export const isRegistered = ({ session, settings }: Module): boolean =>
  session.functionality === 1 && settings.sim === 'present' && session.attached;

/** Whether a SIM number or a network is of an operator whose devices run the client. */
export const isServed = ({ settings }: Module, number: string): boolean =>
  settings.plmns.split(',').some((plmn) => number.startsWith(plmn));

const isHome = (module: Module): boolean => {
  const { imsi, network } = module.settings;
  return imsi.startsWith(network) || (isServed(module, imsi) && isServed(module, network));
};

/** 1: registered in the home network, 5: roaming; 0: neither registered nor searching (27.007 §10.1.22). */
const registration = (module: Module): number => {
  if (!isRegistered(module)) return 0;
  return isHome(module) ? 1 : 5;
};

/** Tracking area, cell and access technology 9 (NB-S1), shown from AT+CEREG=2 on (TRANSCRIPTS.md §2). */
const cellFields = (report: number, module: Module): string =>
  report >= 2 && isRegistered(module) ? ',"0002","01A2D102",9' : '';

/** AT+CFUN=<fun>[,<rst>], without 15; rst 1 applies after the next boot, rst 2 now and after it (BC26.md §4). */
const functionality: Handler = (call, { session, nvram }) => {
  const [fun, rst, ...more] = call.parameters.split(',');
  const value = oneOf(fun, [0, 1, 4, 7]);
  const kind = oneOf(rst ?? '0', [0, 1, 2]);
  if (value === undefined || kind === undefined || more.length > 0) return refused(cme.incorrectParameters);
  if (kind !== 1) session.functionality = value;
  if (kind !== 0) nvram.commit(new Map([[functionalityItem, String(value)]]));
  return ok();
};

/** AT+COPS=<mode>[,<format>[,<oper>[,<AcT>]]]: 2 deregisters, 3 sets the format alone (27.007 §7.3). */
const selectOperator: Handler = (call, { session }) => {
  const [mode, format] = call.parameters.split(',');
  const value = oneOf(mode, [0, 1, 2, 3, 4]);
  const form = format === undefined || format === '' ? session.operatorFormat : oneOf(format, [0, 1, 2]);
  if (value === undefined || form === undefined) return refused(cme.incorrectParameters);
  session.operatorFormat = form;
  if (value === 3) return ok();
  session.operatorMode = value;
  session.attached = value !== 2;
  return ok();
};

/** The long and the short name; a network without a known name is shown by its number. */
const operatorNames = ({ network }: Module['settings']): readonly string[] =>
  network === '46000' ? ['CHINA MOBILE', 'CMCC', network] : [network, network, network];

const currentOperator: Handler = (_, module) => {
  const { operatorMode, operatorFormat } = module.session;
  if (!isRegistered(module)) return ok(`+COPS: ${operatorMode}`);
  return ok(`+COPS: ${operatorMode},${operatorFormat},"${operatorNames(module.settings)[operatorFormat]}",9`);
};

export const networkCommands: readonly (readonly [string, Handler])[] = [
  [
    '+CFUN',
    withForms({
      test: always(ok('+CFUN: (0,1,4,7),(0-2)')),
      read: (_, { session }) => ok(`+CFUN: ${session.functionality}`),
      write: functionality,
    }),
  ],
  [
    '+CSQ',
    withForms({
      test: always(ok('+CSQ: (0-31,99),(0-7,99)')),
      execute: (_, module) => ok(`+CSQ: ${isRegistered(module) ? '20,0' : '99,99'}`),
    }),
  ],
  [
    '+CESQ',
    withForms({
      test: always(ok('+CESQ: (0-63,99),(0-7,99),(255),(255),(0-34,255),(0-97,255)')),
      execute: (_, module) =>
        ok(`+CESQ: ${isRegistered(module) ? '40,0,255,255,20,50' : '99,99,255,255,255,255'}`),
    }),
  ],
  [
    '+CEREG',
    withForms({
      test: always(ok('+CEREG: (0-5)')),
      read: (_, module) => {
        const report = module.session.eregReport;
        return ok(`+CEREG: ${report},${registration(module)}${cellFields(report, module)}`);
      },
      write: writeNumber([0, 1, 2, 3, 4, 5], (value, { session }) => {
        session.eregReport = value;
      }),
    }),
  ],
  [
    // Not in the BC26 manual, which has AT+CEREG. A public BC26 driver sends it and expects 1 or 5.
    '+CGREG',
    withForms({
      test: always(ok('+CGREG: (0-2)')),
      read: (_, module) => ok(`+CGREG: ${module.session.gregReport},${registration(module)}`),
      write: writeNumber([0, 1, 2], (value, { session }) => {
        session.gregReport = value;
      }),
    }),
  ],
  [
    '+CGATT',
    withForms({
      test: always(ok('+CGATT: (0,1)')),
      read: (_, module) => ok(`+CGATT: ${isRegistered(module) ? 1 : 0}`),
      write: writeNumber([0, 1], (value, { session }) => {
        session.attached = value === 1;
      }),
    }),
  ],
  [
    '+COPS',
    withForms({
      test: always(ok('+COPS: (2,"CHINA MOBILE","CMCC","46000",9),,(0-4),(0-2)')),
      read: currentOperator,
      write: selectOperator,
    }),
  ],
];
