import { isBootText } from './boot-text.ts';
import { commandNames, lineName } from './command-names.ts';
import type { FinalResult } from './exchange.ts';
import { finalResult } from './final-result.ts';
import { isUnsolicitedName, isUnsolicitedText } from './unsolicited.ts';

/** What a command line asks for, as far as its answer's lines go. */
export interface PendingCommand {
  /** The extended commands it names (`commandNames`). */
  readonly names: readonly string[];
  /** `AT` alone: it has no information lines. */
  readonly bare: boolean;
}

/** @param command without its terminator, latin1. */
export const pendingCommand = (command: string): PendingCommand => ({
  names: commandNames(command),
  bare: command.toUpperCase() === 'AT',
});

/** What is known when a line comes in. */
export interface LineContext {
  /** The command in flight, if any. */
  readonly pending: PendingCommand | undefined;
  /** Whether a command of this name was ever sent: its information lines do not come unasked. */
  readonly asked: (name: string) => boolean;
  /**
   * A boot is expected, or the module has booted and has answered no command yet: rubbish may come, and the
   * loader may still chat (`BL_V01`, `CAPID init done …`).
   */
  readonly booting: boolean;
}

/** What a line is. `stray`: part of an answer, though no command is in flight that it could answer. */
type LineClass =
  | { readonly is: 'final'; readonly final: FinalResult }
  | { readonly is: 'information' | 'unsolicited' | 'stray' | 'boot' };

/**
 * Says what `line` is, an echo aside (`echo.ts`; only a whole exchange can tell one).
 *
 * A line with a name answers a command of exactly that name: `+QDMPCFGEX:` does not answer `AT+QDMPCFG?`. A
 * read of something that is also reported unasked (`AT+CEREG?`) cannot be told from the report; both look alike.
 */
export function classify(line: string, context: LineContext): LineClass {
  if (isBootText(line)) return { is: 'boot' };
  const final = finalResult(line);
  if (final) return { is: 'final', final };
  const name = lineName(line);
  return { is: name === undefined ? ofText(line, context) : ofName(name, context) };
}

function ofName(name: string, { pending, asked }: LineContext): 'information' | 'unsolicited' | 'stray' {
  if (pending?.names.includes(name)) return 'information';
  return asked(name) && !isUnsolicitedName(name) ? 'stray' : 'unsolicited';
}

function ofText(line: string, { pending, booting }: LineContext): 'information' | 'unsolicited' | 'stray' {
  if (isUnsolicitedText(line)) return 'unsolicited';
  if (booting && (!pending || pending.bare)) return 'unsolicited';
  return pending ? 'information' : 'stray';
}
