import { ok, refused } from '../module/answers.ts';
import type { Answer, Handler, Module } from '../module/handler.ts';
import { always, cme, withForms } from './forms.ts';

/** An answer that needs a SIM; without one it is 27.007 code 10. */
const needsSim =
  (answer: (module: Module) => Answer): Handler =>
  (_, module) =>
    module.settings.sim === 'present' ? answer(module) : refused(cme.simNotInserted);

export const simCommands: readonly (readonly [string, Handler])[] = [
  ['+CIMI', withForms({ test: always(ok()), execute: needsSim(({ settings }) => ok(settings.imsi)) })],
  [
    '+QCCID',
    withForms({ test: always(ok()), execute: needsSim(({ settings }) => ok(`+QCCID: ${settings.iccid}`)) }),
  ],
  [
    '+CPIN',
    withForms({
      test: always(ok()),
      read: needsSim(() => ok('+CPIN: READY')),
      // The module asks for no PIN, so it refuses one (27.007 §8.3).
      write: needsSim(() => refused(cme.notAllowed)),
    }),
  ],
];
