import type { BootCause } from '../../module/handler.ts';
import { BootCount, Memory } from './memory.ts';
import type { ValuePlace } from './place.ts';
import { chapterOf, elsewhereOf, type RecordField, recordFields } from './record-field.ts';
import { wireClauses } from './wire-clauses.ts';

/** The kinds of reboots that the clauses tell apart (CFG-PERSIST-KINDS). */
const kinds = {
  'soft-reset': 'PERSIST',
  'reset-pin': 'PERSIST-KINDS',
  'power-off': 'PERSIST-KINDS',
  'supply-cut': 'PERSIST-KINDS',
} as const;

type Kind = keyof typeof kinds;

function kindOf(cause: BootCause, orderly: boolean): Kind {
  if (cause === 'power-key') return orderly ? 'power-off' : 'supply-cut';
  return cause === 'soft' ? 'soft-reset' : 'reset-pin';
}

const keptPlace = (field: RecordField, kind: Kind): ValuePlace => ({
  on: 'value',
  id: `${field.command}.${field.name}.over-${kind}`,
  group: `${field.command}.over-${kind}`,
  describe: `${field.name} saved before a ${kind.replace('-', ' ')}`,
  // Of a private key no more than four characters are ever shown: the rest shows on the wire.
  breaks: [
    `${chapterOf(field.command)}-${kinds[kind]}`,
    ...(field.name === 'password' ? wireClauses(field) : []),
  ],
  field,
  moment: 'boot',
  hooks(edit) {
    const memory = new Memory();
    const boots = new BootCount(field.item);
    let orderly = false;
    let before: string | undefined;
    return {
      answer(call, _, next) {
        orderly ||= call.name === '+QPOWD' && call.form === 'write';
        return next(call);
      },
      commit(changes, { nvram }, next) {
        boots.commit(changes);
        const value = nvram.read(field.item);
        if (changes.has(field.item) && changes.get(field.item) !== value) before = value;
        next(changes);
      },
      booting(nvram, cause) {
        const happened = kindOf(cause, orderly);
        orderly = false;
        const value = nvram.read(field.item);
        if (happened !== kind || value === undefined) return;
        const neighbour = field.neighbour === undefined ? undefined : nvram.read(field.neighbour);
        const elsewhere = nvram.read(elsewhereOf(field)) ?? '';
        const passing = { ...memory.pass(), nth: boots.boot(), before, neighbour, elsewhere };
        nvram.commit(new Map([[field.item, edit(value, passing)]]));
      },
    };
  },
});

/** Each saved value at each kind of reboot. */
export const keptPlaces: readonly ValuePlace[] = recordFields.flatMap((field) =>
  (Object.keys(kinds) as Kind[]).map((kind) => keptPlace(field, kind)),
);
