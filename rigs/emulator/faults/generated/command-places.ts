import type { Fault } from '../fault.ts';
import { isActiveRead, type Match, matchAccess, matchExtended } from '../match-command.ts';
import type { CommandPlace } from './place.ts';

interface Own {
  readonly lines?: number;
  readonly instead?: string;
}

const access = (
  form: string,
  match: Match,
  breaks: Fault['breaks'],
  { lines = 0, instead }: Own = {},
): CommandPlace => ({
  on: 'command',
  id: `access.${form}`,
  group: 'access.answer',
  describe: `the answer of AT+QDMPCFG, ${form.replace(/-(?=\d|all)/, ' ')}`,
  breaks,
  match,
  lines,
  time: 'CFG-TIME',
  instead,
});

const extended = (form: string, match: Match, breaks: Fault['breaks'], own: Own = {}): CommandPlace => ({
  ...access(form, match, breaks, own),
  id: `extended.${form}`,
  group: 'extended.answer',
  describe: `the answer of AT+QDMPCFGEX, ${form.replace('-', ' ')}`,
  time: 'EX-TIME',
});

const testOf =
  (name: string): Match =>
  (call) =>
    call.name === name && call.form === 'test';

const exact = (parameters: string): RegExp => new RegExp(`^${parameters}$`);

/** Each form of the two commands that a healthy module answers with OK. */
export const commandPlaces: readonly CommandPlace[] = [
  access('test', testOf('+QDMPCFG'), ['CFG-TEST'], { lines: 1 }),
  access('read', isActiveRead, ['CFG-READ'], { lines: 3 }),
  ...[0, 1, 2].map((type) =>
    access(`save-${type}`, matchAccess(new RegExp(`^${type},`)), [`CFG-SAVE-${type}`]),
  ),
  ...[0, 1, 2].map((type) =>
    access(`query-${type}`, matchAccess(exact(`4,${type}`)), [`CFG-QUERY-${type}`], {
      lines: 1,
      instead: `4,${(type + 1) % 3}`,
    }),
  ),
  ...[0, 1, 2].map((type) => access(`erase-${type}`, matchAccess(exact(`5,${type}`)), [`CFG-ERASE-${type}`])),
  access('erase-all', matchAccess(/^5,4$/), ['CFG-ERASE-4']),
  access('state', matchAccess(/^6$/), ['CFG-STATE'], { lines: 1, instead: '4,0' }),
  extended('test', testOf('+QDMPCFGEX'), ['EX-TEST'], { lines: 1 }),
  ...[0, 1, 2, 3, 4, 5].flatMap((type) => [
    extended(`save-${type}`, matchExtended(new RegExp(`^${type},0,`)), [`EX-SAVE-${type}`]),
    extended(`read-${type}`, matchExtended(exact(`${type},1`)), [`EX-READ-${type}`], {
      lines: 1,
      instead: `${(type + 1) % 6},1`,
    }),
    extended(`erase-${type}`, matchExtended(exact(`${type},2`)), [`EX-ERASE-${type}`]),
  ]),
];
