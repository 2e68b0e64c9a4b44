import { access, extended, type ExtendedField, extendedRecords } from '../clauses/limits.ts';
import { accessCommand, extendedCommand } from './encode.ts';
import { stringUses, type Use } from './string-uses.ts';

/** A parameter as it was typed, its quotes apart. */
interface Parameter {
  readonly value: string;
  readonly quoted: boolean;
}

/** Splits parameters at the commas outside quotes. */
const parametersIn = (text: string): readonly Parameter[] =>
  (text.match(/(?:^|,)(?: *"[^"]*" *|[^,]*)/g) ?? []).map((part) => {
    const typed = part.replace(/^,/, '').trim();
    const inner = /^"(.*)"$/s.exec(typed)?.[1];
    return { value: inner ?? typed, quoted: inner !== undefined };
  });

/** A command line of many bytes holds more than anybody reads; generated ones are cut. */
const MOST = 40;
const shown = (value: string): string => (value.length <= MOST ? value : `${value.slice(0, MOST)}…`);

const isWithin = (value: string, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;

const inRange = (
  what: string,
  value: string,
  range: { readonly min: number; readonly max: number },
  [inside, outside]: readonly [string, string],
): Use => ({ what, clause: isWithin(value, range) ? inside : outside });

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const fourOctets = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

const usesOfAddress = ({ value, quoted }: Parameter): readonly Use[] => [
  fourOctets.test(value)
    ? { what: `a server address of ${value.length} characters` }
    : { what: `${shown(value) || 'nothing'} as server address`, clause: 'CFG-IP-FORM' },
  ...(quoted ? [{ what: 'a server address in quotes' }] : []),
];

/** What each type of AT+QDMPCFG does with its parameters, by their position. */
const ofAccess: Readonly<Record<string, readonly ((parameter: Parameter) => readonly Use[])[]>> = {
  0: [
    ({ value }) => [
      inRange(`access mode ${shown(value)}`, value, access.dmmode, ['CFG-MODE-MEMBERS', 'CFG-MODE-OUTSIDE']),
    ],
  ],
  1: [
    usesOfAddress,
    ({ value }) => [{ what: `port ${shown(value)}`, clause: 'CFG-PORT-RANGE' }],
    ({ value }) => [
      inRange(`an update period of ${shown(value)} s`, value, access.updatePeriod, [
        'CFG-PERIOD-RANGE',
        'CFG-PERIOD-OUTSIDE',
      ]),
    ],
  ],
  2: [
    ({ value }) => [{ what: `an app key of ${value.length} bytes` }],
    ({ value }) => [{ what: `a private key of ${value.length} bytes` }],
    ({ value }) => [
      inRange(`terminal type ${shown(value)}`, value, access.tmlType, ['CFG-TML-MEMBERS', 'CFG-TML-OUTSIDE']),
    ],
    ({ value, quoted }) => [
      {
        what: `an IMEI of ${value.length} bytes`,
        clause: isWithin(String(value.length), access.tmlIMEI) ? 'CFG-IMEI-LENGTH' : 'CFG-IMEI-OUTSIDE',
      },
      ...(quoted ? [{ what: 'an IMEI in quotes' }] : []),
    ],
  ],
  // A query that the note has tries nothing: its form says all.
  4: [({ value }) => (isMember(value, access.queryOptions) ? [] : optionOf('query', value, [3]))],
  5: [({ value }) => optionOf('erase', value, [...access.eraseOptions, 3])],
};

const isMember = (value: string, members: readonly number[]): boolean => members.map(String).includes(value);

/** @param members those that have a clause of their own */
const optionOf = (name: 'query' | 'erase', value: string, members: readonly number[]): readonly Use[] => [
  {
    what: `${name} option ${shown(value) || 'nothing'}`,
    clause: `CFG-${name.toUpperCase()}-${isMember(value, members) ? value : 'OUTSIDE'}`,
  },
];

function usesOfAccess(parameters: readonly Parameter[]): readonly Use[] {
  const [type, ...rest] = parameters;
  const value = type?.value ?? '';
  const wanted = Object.entries(access.parameters).find(([name]) => name === value)?.[1];
  if (wanted === undefined)
    return [{ what: `type ${shown(value) || 'nothing'} of ${accessCommand}`, clause: 'CFG-TYPE-OUTSIDE' }];
  if (rest.length !== wanted)
    return [
      {
        what: `${rest.length} parameters after type ${value} of ${accessCommand}`,
        clause: rest.length > wanted ? 'CFG-ARITY' : 'CFG-PARTIAL-SAFE',
      },
    ];
  return rest.flatMap((parameter, index) => ofAccess[value]?.[index]?.(parameter) ?? []);
}

function usesOfExtended(parameters: readonly Parameter[]): readonly Use[] {
  const [type, act, ...strings] = parameters.map(({ value }) => value);
  const record = extendedRecords.find((each) => String(each.type) === type);
  if (!record)
    return [
      { what: `type ${shown(type ?? '') || 'nothing'} of ${extendedCommand}`, clause: 'EX-TYPE-OUTSIDE' },
    ];
  if (
    !Object.values(extended.acts)
      .map(String)
      .includes(act ?? '')
  )
    return [{ what: `act ${shown(act ?? '') || 'nothing'} of ${extendedCommand}`, clause: 'EX-ACT-OUTSIDE' }];
  if (act === String(extended.acts.erase))
    return [{ what: `the erase of type ${type}`, clause: `EX-ERASE-${type}` }];
  if (act !== String(extended.acts.save)) return [];
  const fields: readonly ExtendedField[] = record.fields;
  if (strings.length === fields.length)
    return strings.flatMap((string, index) => stringUses(fields[index]!, string));
  return [
    {
      what: `${strings.length} strings for type ${type} of ${extendedCommand}`,
      clause: strings.length > fields.length ? 'EX-ARITY-SURPLUS' : 'EX-PARTIAL-SAFE',
    },
  ];
}

/**
 * What a write of the two commands under test tries, in words: its values by the classes that clauses and firmware tell
 * apart. Of keys only the length. Empty for other commands.
 * @param command latin1, one character a byte
 */
export function usesOf(command: string): readonly Use[] {
  const [, extendedName, text] = /^AT\+QDMPCFG(EX)?=(.*)$/is.exec(command) ?? [];
  if (text === undefined || text.startsWith('?')) return [];
  const parameters = parametersIn(text);
  const uses = extendedName ? usesOfExtended(parameters) : usesOfAccess(parameters);
  return [...new Map(uses.map((use) => [use.what, use])).values()];
}
