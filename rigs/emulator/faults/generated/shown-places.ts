import { passwordItem } from '../../dmp/access-records.ts';
import { maskPassword } from '../../dmp/mask-password.ts';
import { isRefused } from '../../module/answers.ts';
import type { Module } from '../../module/handler.ts';
import { isActiveRead, type Match, matchAccess, matchExtended } from '../match-command.ts';
import { Memory } from './memory.ts';
import type { ValueEdit, ValuePassing, ValuePlace } from './place.ts';
import { chapterOf, clauseOf, elsewhereOf, type RecordField, recordFields } from './record-field.ts';

/** Who shows the values: the read form those in use, a query the saved ones. */
interface Shown {
  readonly how: 'read' | 'query';
  readonly match: Match;
  readonly value: (item: string, module: Module) => string | undefined;
}

const read: Shown = {
  how: 'read',
  match: isActiveRead,
  value: (item, { active }) => active.values.get(item),
};

const queryOf = ({ command, type }: RecordField): Shown => ({
  how: 'query',
  match:
    command === 'access' ? matchAccess(new RegExp(`^4,${type}$`)) : matchExtended(new RegExp(`^${type},1$`)),
  value: (item, { nvram }) => nvram.read(item),
});

/**
 * The values of a line. A value may hold commas: of AT+QDMPCFG the first one, the app key; of AT+QDMPCFGEX the saved
 * values show where one ends.
 */
function valuesOf(text: string, { command, type, of }: RecordField, { nvram }: Module): string[] {
  const fields = recordFields.filter((field) => field.command === command && field.type === type);
  const saved = fields.map(({ item }) => nvram.read(item) ?? '');
  if (saved.join(',') === text) return saved;
  const pieces = text.split(',');
  if (command === 'extended') return [...pieces.slice(0, of - 1), pieces.slice(of - 1).join(',')];
  return [pieces.slice(0, pieces.length - of + 1).join(','), ...pieces.slice(pieces.length - of + 1)];
}

const asShown = (field: RecordField, value: string | undefined, module: Module): string | undefined =>
  field.item === passwordItem && value !== undefined ? maskPassword(value, module.settings) : value;

function shownPlace(field: RecordField, { how, match, value }: Shown): ValuePlace {
  const { name, command, type, index, of } = field;
  const verb = command === 'extended' || how === 'read' ? 'READ' : 'QUERY';
  const start = `+QDMPCFG${command === 'extended' ? 'EX' : ''}: ${type},`;
  const asked = how === 'read' ? `${chapterOf(command)}-READ-ACTIVE` : undefined;
  const edited = (line: string, module: Module, edit: ValueEdit, passing: ValuePassing): string => {
    const values = valuesOf(line.slice(start.length), field, module);
    const changed = edit(values[index] ?? '', {
      ...passing,
      before: asShown(field, passing.before, module),
      neighbour: of > 1 ? (values[index + 1] ?? values[index - 1]) : undefined,
    });
    return start + values.with(index, changed ?? '').join(',');
  };
  return {
    on: 'value',
    id: `${command}.${name}.${how}`,
    group: `${command}.${how}`,
    describe: `${name} as ${how === 'read' ? 'AT+QDMPCFG? shows it' : `it is shown where ${command} type ${type} is queried`}`,
    breaks: [
      clauseOf(field, verb),
      ...(command === 'extended' ? ['EX-READ-SAVED' as const] : []),
      ...(asked === undefined ? [] : [asked]),
    ],
    field,
    moment: 'shown',
    hooks(edit) {
      const memory = new Memory();
      let shown: string | undefined;
      let before: string | undefined;
      /** A value that is about to change becomes the one before. */
      const follow = (module: Module): void => {
        const now = value(field.item, module);
        if (now !== shown) before = shown;
        shown = now;
      };
      return {
        answer(call, module, next) {
          const answer = next(call);
          follow(module);
          if (!match(call) || isRefused(answer) || shown === undefined) {
            memory.note(call, answer);
            return answer;
          }
          const elsewhere = module.active.values.get(elsewhereOf(field)) ?? '';
          const passing = { ...memory.pass(), before, neighbour: undefined, elsewhere };
          memory.note(call, answer);
          const lines = answer.lines.map((line) =>
            line.startsWith(start) ? edited(line, module, edit, passing) : line,
          );
          return { ...answer, lines };
        },
        booted: () => memory.reboot(),
      };
    },
  };
}

/** Each value that a command shows. */
export const shownPlaces: readonly ValuePlace[] = recordFields.flatMap((field) => [
  ...(field.command === 'access' ? [shownPlace(field, read)] : []),
  shownPlace(field, queryOf(field)),
]);
