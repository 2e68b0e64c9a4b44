import { type Match, matchAccess, matchExtended } from '../match-command.ts';
import { Memory } from './memory.ts';
import type { ErasePlace } from './place.ts';
import { clauseOf, type RecordField, recordFields } from './record-field.ts';

/** Of key, private key and IMEI the clause does not say what is in use once they are erased. */
const withDefault = new Set(['mode', 'server', 'port', 'period', 'tmlType']);

/** What stays saved is in use after the next reboot, where the clause wants the default. */
const hasDefault = ({ command, name }: RecordField): boolean => command === 'access' && withDefault.has(name);

const erasePlace = (field: RecordField, how: string, match: Match, clause: string): ErasePlace => ({
  on: 'erase',
  id: `${field.command}.${field.name}.${how}`,
  group: `${field.command}.${how}`,
  describe: `${field.name} by ${how === 'erase-all' ? '=5,4' : 'the erase of its record'}`,
  breaks: hasDefault(field) ? [clause, 'CFG-ERASE-APPLY'] : [clause],
  hooks(keeps) {
    const memory = new Memory();
    let erasing = false;
    const watch = memory.watch();
    return {
      ...watch,
      answer(call, module, next) {
        erasing = match(call);
        const answer = watch.answer?.(call, module, next) ?? next(call);
        erasing = false;
        return answer;
      },
      commit(changes, { nvram }, next) {
        const erases = erasing && changes.has(field.item) && nvram.read(field.item) !== undefined;
        next(
          erases && keeps(memory.pass())
            ? new Map([...changes].filter(([item]) => item !== field.item))
            : changes,
        );
      },
    };
  },
});

const placesOf = (field: RecordField): ErasePlace[] =>
  field.command === 'extended'
    ? [erasePlace(field, 'erase', matchExtended(new RegExp(`^${field.type},2$`)), clauseOf(field, 'ERASE'))]
    : [
        erasePlace(field, 'erase', matchAccess(new RegExp(`^5,${field.type}$`)), clauseOf(field, 'ERASE')),
        erasePlace(field, 'erase-all', matchAccess(/^5,4$/), 'CFG-ERASE-4'),
      ];

/** Each field at each command that erases it. */
export const erasePlaces: readonly ErasePlace[] = recordFields.flatMap(placesOf);
