import { HilError } from '../../base/error.ts';
import { accessCommand } from '../../cmdmp/encode.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import { type SavedRecord, savedRecords } from '../../cmdmp/records.ts';
import type { Input, Line } from './input-log.ts';

/** Inputs that are not given to the module any more. */
export interface RefusedInputs {
  /** The same line; what must not be given rejects INPUT_SILENCES unsent. */
  limit(line: Line): Line;
  /** From now on this input is not given any more, since it `silences` the module or is `unanswered`. @returns the error */
  refuse(input: Input, because: keyof typeof reasons): HilError;
  /** Commands that change this record are refused as well: it could not be read, so it could not be put back. */
  protect(record: SavedRecord): void;
  refuses(command: string): boolean;
}

const reasons = {
  silences: 'the module falls silent after it (INPUT-ALIVE)',
  unanswered: 'it never got a final result (AT-ONE-FINAL)',
};

const lineOf = (bytes: string): string => bytes.replace(/[\r\n]+$/, '');

export function createRefusedInputs(): RefusedInputs {
  const refused = new Map<string, HilError>();
  const unread = new Set<SavedRecord>();

  function whyNot(line: string): HilError | undefined {
    const why = refused.get(line);
    if (why) return why;
    const record = [...unread].find((each) => changes(line, each));
    return (
      record &&
      refusal(
        `${record.name} is left alone: ${record.query} silences the module (INPUT-ALIVE), so it could not be put back`,
      )
    );
  }

  const require = (lines: readonly string[]): void => {
    const error = lines.map(whyNot).find((why) => why !== undefined);
    if (error) throw error;
  };

  return {
    limit: (line) => ({
      async at(command, options) {
        require([command]);
        return line.at(command, options);
      },
      async transmit(bytes, until) {
        const text = Buffer.from(bytes).toString('latin1');
        require([lineOf(text), ...text.split(/[\r\n]+/).filter((part) => part !== '')]);
        return line.transmit(bytes, until);
      },
    }),
    refuse({ bytes, shown }, because) {
      const error = refusal(`${shown} is not given any more: ${reasons[because]}`);
      refused.set(lineOf(bytes), error);
      return error;
    },
    protect: (record) => void unread.add(record),
    refuses: (command) => whyNot(command) !== undefined,
  };
}

const refusal = (message: string): HilError =>
  new HilError('INPUT_SILENCES', message, { remedy: 'give it by hand with `bc26-hil at` to see it' });

/** Whether a command may change a record. */
function changes(line: string, record: SavedRecord): boolean {
  const { command, nvramWrite } = describeCommand(line);
  if (!nvramWrite || command !== record.command) return false;
  const [type, option] = (line.split('=', 2)[1] ?? '').split(',').map((part) => part.trim());
  // AT+QDMPCFG: erased by =5,<type>, all by =5,4.
  const isErase = command === accessCommand && type === '5';
  return isErase ? [record.type, 4].includes(Number(option)) : Number(type) === record.type;
}

/** The records that no snapshot shows, since reading them silences the module. */
export const unreadRecords = ({ saved }: { readonly saved: object }): readonly SavedRecord[] =>
  savedRecords.filter(({ name }) => !Object.hasOwn(saved, name));
