import type { Answer, BootCause, Call, Module } from '../../module/handler.ts';
import type { Nvram } from '../../module/nvram.ts';
import type { Fault } from '../fault.ts';
import { writeItems } from '../fault-builders.ts';
import { type Match, matchAccess, matchExtended } from '../match-command.ts';

/** The boots that end a deafness. */
type Until = 'reset' | 'power' | 'never';

/** Deafness outlives a reset in NVRAM; the item holds the boot that ends it. */
const deafItem = 'fault_deaf';
/** How often the module has gone deaf by the fault `deaf`. */
const timesItem = 'fault_deaf_times';

const silence: Answer = { lines: [], result: 'none' };

const ends: Readonly<Record<Until, readonly BootCause[]>> = {
  reset: ['reset', 'soft', 'power-key'],
  power: ['power-key'],
  never: [],
};

const isUntil = (text: string | undefined): text is Until => text !== undefined && Object.hasOwn(ends, text);

function endDeafness(nvram: Nvram, cause: BootCause): void {
  const until = nvram.read(deafItem);
  if (isUntil(until) && ends[until].includes(cause)) nvram.commit(new Map([[deafItem, undefined]]));
}

/** A fault that goes deaf at some command, which gets no answer itself, until such a boot. */
const deafFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  match: Match,
  until: Until,
): Fault => ({
  id,
  describe,
  breaks,
  answer(call, module, next) {
    if (module.nvram.read(deafItem) === undefined && !match(call)) return next(call);
    if (module.nvram.read(deafItem) === undefined) writeItems(module, { [deafItem]: until });
    return silence;
  },
  booting: endDeafness,
});

const signs: Readonly<Record<Call['form'], string>> = { execute: '', read: '?', test: '=?', write: '=' };

const textOf = ({ name, form, parameters }: Call): string => `AT${name}${signs[form]}${parameters}`;

/** The fault whose command, end and number of times are settings. */
const deaf: Fault = {
  id: 'deaf',
  describe: 'deaf after the command of the setting deafAfter, until the boot of deafUntil',
  breaks: ['INPUT-ALIVE'],
  answer(call, module, next) {
    const { nvram, settings } = module;
    if (nvram.read(deafItem) !== undefined) return silence;
    if (textOf(call) !== settings.deafAfter || isOver(module)) return next(call);
    const answer = settings.deafAnswers === 'yes' ? next(call) : silence;
    const times = String(timesOf(module) + 1);
    writeItems(module, { [deafItem]: settings.deafUntil, [timesItem]: times });
    return answer;
  },
  booting: endDeafness,
};

const timesOf = ({ nvram }: Module): number => Number(nvram.read(timesItem) ?? 0);

const isOver = (module: Module): boolean =>
  module.settings.deafTimes > 0 && timesOf(module) >= module.settings.deafTimes;

export const faults: readonly Fault[] = [
  deaf,
  deafFault(
    'deaf-after-location-read',
    'deaf after AT+QDMPCFGEX=5,1, until a reset',
    ['INPUT-ALIVE'],
    matchExtended(/^5,1$/),
    'reset',
  ),
  deafFault(
    'deaf-after-long-line',
    'deaf after AT+QDMPCFG= with 380 characters or more, until a power cycle',
    ['INPUT-ALIVE'],
    matchAccess(/^.{380}/s),
    'power',
  ),
  deafFault(
    'deaf-after-erase',
    'deaf for ever after AT+QDMPCFG=5,1',
    ['INPUT-ALIVE'],
    matchAccess(/^5,1$/),
    'never',
  ),
];
