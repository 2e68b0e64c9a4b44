import type { Module } from '../module/handler.ts';
import type { ClientPlan } from './client-plan.ts';

const SEPARATOR = '@#@';
/** In place of a missing field (CMDMP.md §1.2). */
const MISSING = '****';
/** The fifth part of names of the second generation. */
const NAME_VERSION = 'v2.0';

/** The name in a registration (`ep`). Its last encrypted field is the DM version. */
export const registrationName = (plan: ClientPlan, { settings }: Module): string =>
  endpointName(plan, settings.dmVersion, settings.endpointName);

/** The name in an update (`epi`). Its last encrypted field is a verification, which Android alone has (POLY). */
export const updateName = (plan: ClientPlan, { settings }: Module): string =>
  endpointName(plan, MISSING, settings.endpointName);

function endpointName(plan: ClientPlan, last: string, generation: 'v1' | 'v2'): string {
  const identity = [plan.terminalImei, plan.moduleImei ?? MISSING, plan.imsi, last].join('-');
  const parts = [plan.letter, plan.encrypt(identity), plan.appKey];
  const clear = generation === 'v2' ? [plan.terminalImei, NAME_VERSION] : [];
  return [...parts, ...clear].join(SEPARATOR);
}
