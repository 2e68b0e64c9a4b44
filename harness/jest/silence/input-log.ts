import type { Transcript } from '../../at/at-client.ts';
import { shownCommand } from '../../at/end-error.ts';
import type { Exchange } from '../../at/exchange.ts';
import { isSilence } from '../../bc26/probe.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import type { TestModule } from '../host/fixtures.ts';

/** What a command line and raw bytes go over. */
export type Line = Pick<TestModule, 'at' | 'transmit'>;

/** Something that was given to the module. */
export interface Input {
  /** All its bytes, the line end included where there was one (latin1). */
  readonly bytes: string;
  /** As it may be shown: escaped, bounded, without private keys. */
  readonly shown: string;
}

/** Remembers what was given to the module last, so that a silence has its suspects. */
export interface InputLog {
  /** The same line; what it is given and what is answered is remembered. */
  followedOn(line: Line): Line;
  /**
   * The inputs that may have silenced the module: the first that was not answered, and the one before it. A bare `AT`
   * asks whether the module lives and is none.
   */
  suspects(): readonly Input[];
  /** The module was booted: what was given before is no suspect any more. */
  forget(): void;
  /** The last command that was answered OK and writes to NVRAM, as it may be shown. */
  readonly lastSave: string | undefined;
}

const isBareAt = (bytes: string): boolean => /^[\r\n]*AT[\r\n]*$/i.test(bytes);

const endsLine = (bytes: string): boolean => /[\r\n]$/.test(bytes);

const toShow = (bytes: string): string => shownCommand(maskPrivateKey(bytes.replace(/\r$/, '')));

export const inputOf = (bytes: string): Input => ({ bytes, shown: toShow(bytes) });

/** How many inputs are kept. */
const KEPT = 2;

export function createInputLog(): InputLog {
  let inputs: readonly string[] = [];
  /** A command was not answered: what is given now is not the cause. */
  let silent = false;
  let lastSave: string | undefined;

  function given(bytes: string): void {
    if (silent) return;
    const before = inputs.at(-1) ?? '';
    // The module sees one line until it is ended.
    const isOpen = before !== '' && !endsLine(before);
    if (isOpen) inputs = [...inputs.slice(0, -1), before + bytes];
    else if (!isBareAt(bytes)) inputs = [...inputs, bytes].slice(-KEPT);
  }

  const answered = ({ command, final }: Exchange): void => {
    silent = false;
    if (final.kind === 'OK' && describeCommand(command).nvramWrite) lastSave = toShow(command);
  };

  return {
    followedOn: (line) => ({
      async at(command, options) {
        given(`${command}\r`);
        try {
          const exchange = await line.at(command, options);
          answered(exchange);
          return exchange;
        } catch (error) {
          silent ||= isSilence(error);
          throw error;
        }
      },
      async transmit(bytes, until): Promise<Transcript> {
        given(Buffer.from(bytes).toString('latin1'));
        const transcript = await line.transmit(bytes, until);
        if (transcript.finals > 0) silent = false;
        return transcript;
      },
    }),
    suspects: () => inputs.toReversed().map(inputOf),
    forget() {
      inputs = [];
      silent = false;
    },
    get lastSave() {
      return lastSave;
    },
  };
}
