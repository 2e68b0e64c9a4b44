import { isBootText } from './boot-text.ts';
import { edited } from './edited.ts';
import type { Exchange, FinalResult } from './exchange.ts';

/** What a command line asks for, as far as it decides what the answer's lines are. */
export interface PendingCommand {
  /** The extended commands it names (`commandNames`). */
  readonly names: readonly string[];
  /** `AT` alone: it has no information lines. */
  readonly bare: boolean;
}

export const pendingCommand = (command: string): PendingCommand => ({
  names: commandNames(command),
  bare: command.toUpperCase() === 'AT',
});

export interface LineContext {
  /** The command in flight, if any. */
  readonly pending: PendingCommand | undefined;
  /** Whether a command of this name was ever sent: its information lines are not unsolicited. */
  readonly asked: (name: string) => boolean;
  /**
   * A boot is expected, or the module has booted and has not yet answered a command: the line may carry noise and
   * the text of the boot loader (`BL_V01`, `CAPID init done …`).
   */
  readonly booting: boolean;
}

/** What a line is. `stray`: part of an answer, but no command is in flight that it could answer. */
type LineClass =
  | { readonly is: 'final'; readonly final: FinalResult }
  | { readonly is: 'information' | 'unsolicited' | 'stray' | 'boot' };

/**
 * Classifies a line that is no echo (`matchEcho` finds the echo; that takes the whole exchange).
 *
 * A line with a name answers a command of exactly that name: `+QDMPCFGEX:` does not answer `AT+QDMPCFG?`. Some
 * values are both read and reported unasked (`AT+CEREG?`): there the report and the answer look alike.
 */
export function classify(line: string, context: LineContext): LineClass {
  if (isBootText(line)) return { is: 'boot' };
  const final = finalResult(line);
  if (final) return { is: 'final', final };
  const name = lineName(line);
  return { is: name === undefined ? classOfText(line, context) : classOfName(name, context) };
}

function classOfName(name: string, { pending, asked }: LineContext): 'information' | 'unsolicited' | 'stray' {
  if (pending?.names.includes(name)) return 'information';
  return asked(name) && !unsolicitedNames.has(name) ? 'stray' : 'unsolicited';
}

function classOfText(
  line: string,
  { pending, booting }: LineContext,
): 'information' | 'unsolicited' | 'stray' {
  if (unsolicitedTexts.has(line)) return 'unsolicited';
  if (booting && (!pending || pending.bare)) return 'unsolicited';
  return pending ? 'information' : 'stray';
}

/** 27.007 §9.2, 27.005 §3.2.5. The clauses judge what follows the colon (ERR-FORM). */
const extendedError = /^\+CM([ES]) ERROR(?::[ ]*(.*))?$/s;

/**
 * @returns the final result that `line` is, or undefined. `CLOSE OK`, `SEND OK` and the like are no final results:
 * they are unsolicited and come after it (TRANSCRIPTS.md §18).
 */
export function finalResult(line: string): FinalResult | undefined {
  if (line === 'OK') return { kind: 'OK', text: line };
  if (line === 'ERROR') return { kind: 'ERROR', text: line };
  const match = extendedError.exec(line);
  if (!match) return undefined;
  return { kind: match[1] === 'E' ? 'CME' : 'CMS', text: line, code: decimal(match[2] ?? '') };
}

/** Vendor codes go beyond 999 (TRANSCRIPTS.md §19): any whole number that a double holds exactly. */
const decimal = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

/**
 * The names, known to nobody, of the unsolicited lines that came with a final result. The network brings lines that no
 * list has, so one that came once need not belong to the answer.
 */
export const unknownNames = ({ unsolicited }: Pick<Exchange, 'unsolicited'>): readonly string[] =>
  unsolicited
    .map(({ data }) => data)
    .filter((line) => !isKnownUnsolicited(line))
    .map((line) => lineName(line) ?? line);

/**
 * The lines that came with a final result: the information lines, then the unsolicited lines whose name is not
 * known to be unsolicited. `+QDMPERR: 50` beside an error is taken to belong to the error, though no command of
 * that name was sent.
 */
export const accompanyingLines = ({
  information,
  unsolicited,
}: Pick<Exchange, 'information' | 'unsolicited'>): readonly string[] => [
  ...information,
  ...unsolicited.map(({ data }) => data).filter((line) => !isKnownUnsolicited(line)),
];

/** Whether a line is known to come unasked, whatever command is pending. */
export function isKnownUnsolicited(line: string): boolean {
  const name = lineName(line);
  return name === undefined ? unsolicitedTexts.has(line) || isBootText(line) : unsolicitedNames.has(name);
}

/**
 * The extended commands a command line may name, upper case, in order: `AT+CMEE=1;+CREG=2` gives `+CMEE`, `+CREG`.
 * Text in double quotes is data. A basic command (`ATI`, `AT`) names none: its information lines have no prefix.
 *
 * A module may drop or strip bytes, and blanks, before it reads a name (U): `AT+QD<DEL>MPCFG=6` can be answered by
 * `+QDMPCFG: 6,8`, which is no stray.
 */
export function commandNames(command: string): string[] {
  const texts = [command, ...edited(command)].flatMap((text) => [text, text.replaceAll(' ', '')]);
  return [...new Set(texts.flatMap(namesIn))];
}

function namesIn(text: string): string[] {
  const bare = text.replace(/"[^"]*"?/g, '""');
  return Array.from(bare.matchAll(/[+*^%#$][A-Z][A-Z0-9]*/gi), ([name]) => name.toUpperCase());
}

/**
 * The name a line begins with, upper case, or undefined. Real modules also print blanks before the colon, an `=`
 * in its place, and a name alone (TRANSCRIPTS.md §4, §7, §14).
 */
export const lineName = (line: string): string | undefined =>
  /^([+*^%#$][A-Z][A-Z0-9]*)[ ]*(?:[:=]|$)/i.exec(line)?.[1]?.toUpperCase();

/** Names (upper case) of lines that are known to be unsolicited. Other names can be unsolicited too. */
const unsolicitedNames: ReadonlySet<string> = new Set([
  // BC26.md §8: the URC tables of public drivers
  '+CPIN',
  '+CEREG',
  '+CSCON',
  '+IP',
  '+QIND',
  '+QNBIOTEVENT',
  '+CTZEU',
  // 27.007 §7.39, §7.41; Quectel’s manuals of sister modules (BC26.md §8)
  '+CTZV',
  '+CTZE',
  '+CEDRXP',
  '+CREG',
  '+CGREG',
  '+QIURC',
  '+QATSLEEP',
  // BC26.md §3
  '+QATWAKEUP',
  // TRANSCRIPTS.md §2, §11: reference firmware of the chip, LwM2M
  '*MATREADY',
  '+CFUN',
  '+LWM2M',
  '+QLWURC',
  '+QLWOBSERVE',
]);

/** Whole lines without a name that are known to be unsolicited (TRANSCRIPTS.md §12, §18, §20). */
const unsolicitedTexts: ReadonlySet<string> = new Set(['CLOSE OK', 'CONNECT OK', 'SEND OK', 'APP RDY']);
