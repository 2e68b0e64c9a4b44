import { loadActive } from '../../dmp/load-active.ts';
import type { Module } from '../../module/handler.ts';
import { BootCount, Memory } from './memory.ts';
import type { Hooks, ValueEdit, ValuePlace } from './place.ts';
import { elsewhereOf, type RecordField, recordFields } from './record-field.ts';
import { wireClauses } from './wire-clauses.ts';

/** What is in use while nothing is saved. */
const fallback = (item: string, { settings }: Module): string =>
  loadActive({ read: () => undefined, commit: () => undefined }, settings).values.get(item) ?? '';

/** What becomes of a saved value at the boots that take it into use. */
interface BootEdit {
  /** The value in use after this boot; undefined where nothing is changed. */
  readonly change: (module: Module) => string | undefined;
  readonly commit: NonNullable<Hooks['commit']>;
}

/**
 * Changes a saved value that a boot takes into use; values that are not saved are the defaults, which have clauses of
 * their own.
 */
export function bootEdit(field: RecordField, edit: ValueEdit): BootEdit {
  const memory = new Memory();
  const boots = new BootCount(field.item);
  let booted: string | undefined;
  let before: string | undefined;
  const change = (module: Module): string | undefined => {
    const { nvram } = module;
    const value = nvram.read(field.item);
    if (value !== booted) before = booted;
    booted = value;
    if (value === undefined) return undefined;
    const neighbour = field.neighbour === undefined ? undefined : module.active.values.get(field.neighbour);
    const elsewhere = module.active.values.get(elsewhereOf(field)) ?? '';
    const passing = { ...memory.pass(), nth: boots.boot(), before, neighbour, elsewhere };
    return edit(value, passing) ?? fallback(field.item, module);
  };
  return {
    change,
    commit(changes, _, next) {
      boots.commit(changes);
      next(changes);
    },
  };
}

const inUsePlace = (field: RecordField): ValuePlace => ({
  on: 'value',
  id: `${field.command}.${field.name}.in-use`,
  group: `${field.command}.in-use`,
  describe: `${field.name} as a boot takes it into use`,
  breaks: ['CFG-APPLY', ...wireClauses(field)],
  field,
  moment: 'boot',
  hooks(edit) {
    const { change, commit } = bootEdit(field, edit);
    return {
      commit,
      booted(module) {
        const value = change(module);
        if (value !== undefined) module.active.values.set(field.item, value);
      },
    };
  },
  early: {
    breaks: ['CFG-READ-ACTIVE', 'CFG-APPLY'],
    hooks: () => ({
      commit(changes, module, next) {
        next(changes);
        const saved = module.nvram.read(field.item) ?? fallback(field.item, module);
        if (changes.has(field.item)) module.active.values.set(field.item, saved);
      },
    }),
  },
});

/** Each value of AT+QDMPCFG on its way into use. What AT+QDMPCFGEX saved is in use on the wire alone. */
export const inUsePlaces: readonly ValuePlace[] = recordFields
  .filter(({ command }) => command === 'access')
  .map(inUsePlace);
