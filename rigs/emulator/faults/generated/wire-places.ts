import { noInformation } from '../../dmp/extended-records.ts';
import type { Module } from '../../module/handler.ts';
import { type ClientPlan, fallbackOf, healthyPlan } from '../../network/client-plan.ts';
import { bootEdit } from './in-use-places.ts';
import type { Hooks, ValuePlace } from './place.ts';
import { type RecordField, recordFields } from './record-field.ts';
import { wireClauses } from './wire-clauses.ts';

/** The first resource of object 666 (CMDMP.md §1.5). */
const FIRST_RESOURCE = 6602;

const extendedItems = recordFields.filter(({ command }) => command === 'extended').map(({ item }) => item);

/** The plan of a client that has this value of one field. */
function planWith(field: RecordField, value: string, plan: ClientPlan, module: Module): ClientPlan {
  if (field.command === 'extended') {
    const resource = FIRST_RESOURCE + extendedItems.indexOf(field.item);
    return { ...plan, deviceInfo: plan.deviceInfo && new Map(plan.deviceInfo).set(resource, value) };
  }
  return healthyPlan(module, { values: new Map(module.active.values).set(field.item, value) });
}

/** A client that takes one value from elsewhere; undefined: it is healthy. */
const planHooks = (field: RecordField, valueOf: (module: Module) => string | undefined): Hooks => ({
  clientPlan(plan, module) {
    const value = valueOf(module);
    return value === undefined ? plan : planWith(field, value, plan, module);
  },
});

const wirePlace = (field: RecordField): ValuePlace => ({
  on: 'value',
  id: `${field.command}.${field.name}.wire`,
  group: `${field.command}.wire`,
  describe: `${field.name} as the platform sees it`,
  breaks: wireClauses(field),
  field,
  moment: 'boot',
  hooks(edit) {
    const { change, commit } = bootEdit(field, edit);
    /** The plan is made anew at each step; the value is taken once a boot, by whichever comes first. */
    const taken = new WeakMap<Module, { readonly value: string | undefined }>();
    const take = (module: Module): string | undefined => {
      const known = taken.get(module) ?? { value: change(module) };
      taken.set(module, known);
      return known.value;
    };
    return { ...planHooks(field, take), commit, booted: (module) => void take(module) };
  },
  early: {
    breaks: [field.command === 'access' ? 'CFG-APPLY-NOT-BEFORE' : 'EX-APPLY'],
    hooks: () =>
      planHooks(field, ({ nvram, settings }) => {
        const otherwise = field.command === 'access' ? fallbackOf(field.item, settings) : noInformation;
        return nvram.read(field.item) ?? otherwise;
      }),
  },
});

/** Each value that the platform sees. */
export const wirePlaces: readonly ValuePlace[] = recordFields.map(wirePlace);
