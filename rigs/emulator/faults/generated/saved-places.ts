import { passwordItem } from '../../dmp/access-records.ts';
import { Memory } from './memory.ts';
import type { ValuePlace } from './place.ts';
import { clauseOf, elsewhereOf, type RecordField, recordFields } from './record-field.ts';

/** Of the private key four characters come back (CFG-MASK): the platform alone sees the rest. */
const breaksOf = (field: RecordField): ValuePlace['breaks'] => [
  clauseOf(field, 'SAVE'),
  ...(field.command === 'extended' ? [clauseOf(field, 'READ'), 'EX-READ-SAVED'] : []),
  ...(field.item === passwordItem ? ['WIRE-KEY'] : []),
];

const savedPlace = (field: RecordField): ValuePlace => ({
  on: 'value',
  id: `${field.command}.${field.name}.save`,
  group: `${field.command}.save`,
  describe: `${field.name} as it is saved`,
  breaks: breaksOf(field),
  field,
  moment: 'saved',
  hooks(edit) {
    const memory = new Memory();
    let before: string | undefined;
    return {
      ...memory.watch(),
      commit(changes, { nvram, active }, next) {
        const value = changes.get(field.item);
        if (value === undefined) {
          next(changes);
          return;
        }
        const neighbour = field.neighbour === undefined ? undefined : changes.get(field.neighbour);
        const elsewhere = nvram.read(elsewhereOf(field)) ?? active.values.get(elsewhereOf(field)) ?? '';
        const edited = edit(value, { ...memory.pass(), before, neighbour, elsewhere });
        before = value;
        next(
          edited === undefined
            ? new Map([...changes].filter(([item]) => item !== field.item))
            : new Map(changes).set(field.item, edited),
        );
      },
    };
  },
});

/** Each value on its way into NVRAM. */
export const savedPlaces: readonly ValuePlace[] = recordFields.map(savedPlace);
