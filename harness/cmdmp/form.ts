import { escapeText } from '../base/escape.ts';
import { access, extended } from '../clauses/limits.ts';

/** A command's form and kind, for the figures by form; plain data for the record. */
interface CommandFacts {
  /** E.g. `AT+QDMPCFG=4,1`; parameters that vary are shown as `…`. */
  readonly form: string;
  /** `AT+QDMPCFG`, `AT+QDMPCFGEX`, another command's name, or `other` for a text that is no command. */
  readonly command: string;
  readonly kind: 'read' | 'write' | 'other';
  /** Whether it writes to NVRAM if it is accepted. */
  readonly nvramWrite: boolean;
}

/** Basic commands carry a digit (`ATE0`), extended ones a name (V.250 §5.3, §5.4). */
const shape = /^(AT(?:[+*$%][A-Z][A-Z0-9]{0,30}|&?[A-Z]\d{0,3})?) *(=\?|=|\?)?(.{0,40})/is;

/** Other commands that write to NVRAM (BC26.md §7, §3). */
const otherWriters: ReadonlySet<string> = new Set([
  'AT&W',
  'AT&W0',
  'AT+QCGDEFCONT=',
  'AT+CPSMS=',
  'AT+CEDRXS=',
]);

/** Describes a command line. No text is refused, since robustness tests send anything. */
export function describeCommand(command: string): CommandFacts {
  const [, head = '', sign = '', parameters = ''] = shape.exec(command) ?? [];
  const name = head.toUpperCase();
  if (name === '') return { form: 'other', command: 'other', kind: 'other', nvramWrite: false };
  if (name === 'AT+QDMPCFG' && sign === '=') return accessFacts(name, parameters);
  if (name === 'AT+QDMPCFGEX' && sign === '=') return extendedFacts(name, parameters);
  const ofCmdmp = name === 'AT+QDMPCFG' || name === 'AT+QDMPCFGEX';
  return {
    form: escapeText(`${name}${sign}${parameters === '' ? '' : '…'}`),
    command: name,
    kind: ofCmdmp && sign !== '' && parameters === '' ? 'read' : 'other',
    nvramWrite: otherWriters.has(`${name}${sign}`),
  };
}

function accessFacts(command: string, parameters: string): CommandFacts {
  const [type, option] = leading(parameters);
  switch (type) {
    case 0:
    case 1:
    case 2:
      return write(command, `${type},…`);
    case 4:
      return read(command, `4,${memberText(option, [...access.queryOptions, access.reservedOption])}`);
    case 5:
      return write(command, `5,${memberText(option, [...access.eraseOptions, access.reservedOption])}`);
    case 6:
      return read(command, option === undefined && !parameters.includes(',') ? '6' : '6,…');
    default:
      return { form: `${command}=${type === 3 ? '3' : '…'}`, command, kind: 'other', nvramWrite: false };
  }
}

function extendedFacts(command: string, parameters: string): CommandFacts {
  const [type, act] = leading(parameters);
  const shown = memberText(type, extended.types);
  const { save, read: readAct, erase } = extended.acts;
  if (shown !== '…' && act === save) return write(command, `${shown},${save},…`);
  if (shown !== '…' && act === erase) return write(command, `${shown},${erase}`);
  if (shown !== '…' && act === readAct) return read(command, `${shown},${readAct}`);
  return { form: `${command}=…`, command, kind: 'other', nvramWrite: false };
}

/** The first two parameters as numbers, if they are written in decimal. */
function leading(parameters: string): readonly (number | undefined)[] {
  return parameters.split(',', 2).map((text) => (/^ *\d{1,10} *$/.test(text) ? Number(text) : undefined));
}

/** The value if the note has it, else `…`. */
const memberText = (value: number | undefined, members: readonly number[]): string =>
  value !== undefined && members.includes(value) ? String(value) : '…';

const read = (command: string, parameters: string): CommandFacts => ({
  form: `${command}=${parameters}`,
  command,
  kind: 'read',
  nvramWrite: false,
});

const write = (command: string, parameters: string): CommandFacts => ({
  form: `${command}=${parameters}`,
  command,
  kind: 'write',
  nvramWrite: true,
});
