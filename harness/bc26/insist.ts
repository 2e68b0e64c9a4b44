import type { Exchange, FinalResult } from '../at/exchange.ts';
import { hasCode } from '../base/error.ts';
import type { Bench } from './bench.ts';
import { askedUntil, type AskLimits } from './patience.ts';
import { requireOk } from './require-ok.ts';

/** Sends a command that the firmware may lack. @returns the answer OK, or a refusal that lasts */
export type Insist = (command: string) => Promise<Exchange>;

/** 27.007 §9.2.1: operation not supported. It does not help to ask again. */
const isLasting = (final: FinalResult): boolean => final.kind === 'CME' && final.code === 4;

/** Asks again while a command is refused, by `limits`; a command that was refused to the end is asked once at later boots. */
export function insisting(bench: Bench, limits: AskLimits): Insist {
  const { at, learned } = bench;
  const ask = askedUntil(bench, limits);
  return async (command) => {
    let last: Exchange | undefined;
    const attempt = async (): Promise<Exchange> => {
      last = await at.send(command, { signal: limits.signal });
      return isLasting(last.final) ? last : requireOk(last);
    };
    try {
      const answer = await (learned.refused.has(command) ? attempt() : ask(attempt));
      learned.refused.delete(command);
      return answer;
    } catch (error) {
      if (last === undefined || !hasCode(error, 'AT_REFUSED')) throw error;
      if (!limits.isOver()) learned.refused.add(command);
      return last;
    }
  };
}
