import type { Exchange } from '../at/exchange.ts';
import { requireOk } from '../bc26/require-ok.ts';
import { extended, extendedRecords } from '../clauses/limits.ts';
import type { Sender } from './access.ts';
import { informationOf, type Shown, someInformationOf } from './answer.ts';
import { recordFields } from './decode.ts';
import type { Parameter } from './encode.ts';
import * as encode from './encode.ts';

export type ExtendedType = (typeof extendedRecords)[number]['type'];

export interface ExtendedShown extends Shown {
  readonly type: ExtendedType;
  /** In the order of the command's parameters; a comma in any but the last one is misplaced (`showsFields`). */
  readonly values: readonly string[];
}

/** The commands of AT+QDMPCFGEX as exchanges, errors included. */
export interface ExtendedCommands {
  test(): Promise<Exchange>;
  /** Quotes every value; rejects USAGE if one cannot be quoted. */
  save(type: Parameter, values: readonly string[]): Promise<Exchange>;
  read(type: Parameter): Promise<Exchange>;
  erase(type: Parameter): Promise<Exchange>;
  /** `AT+QDMPCFGEX=<type>,<act>[,…]` with any number of parameters, none quoted. */
  write(type: Parameter, act: Parameter, ...parameters: readonly Parameter[]): Promise<Exchange>;
}

/** Typed calls for AT+QDMPCFGEX (app note §2.2); they reject as those of `Access`. */
export interface Extended {
  /** The lines of the answer to `AT+QDMPCFGEX=?` without their prefix. */
  test(): Promise<readonly string[]>;
  /** Values as text, one character a byte (`utf8`), in the order of the command's parameters. */
  save(type: ExtendedType, values: readonly string[]): Promise<Exchange>;
  read(type: ExtendedType): Promise<ExtendedShown>;
  erase(type: ExtendedType): Promise<Exchange>;
  readonly send: ExtendedCommands;
}

function extendedCommands(sender: Sender): ExtendedCommands {
  const { read, erase } = extended.acts;
  const write = async (
    type: Parameter,
    act: Parameter,
    ...parameters: readonly Parameter[]
  ): Promise<Exchange> => sender.at(encode.extendedWrite(type, act, ...parameters));
  return {
    test: () => sender.at(`${encode.extendedCommand}=?`),
    save: async (type, values) => sender.at(encode.saveExtended(type, values)),
    read: (type) => write(type, read),
    erase: (type) => write(type, erase),
    write,
  };
}

export function createExtended(sender: Sender): Extended {
  const send = extendedCommands(sender);
  return {
    send,
    test: async () => someInformationOf(await awaitOk(send.test()), encode.extendedCommand),
    save: (type, values) => awaitOk(send.save(type, values)),
    read: async (type) => decodeExtended(await awaitOk(send.read(type)), type),
    erase: (type) => awaitOk(send.erase(type)),
  };
}

const awaitOk = async (sent: Promise<Exchange>): Promise<Exchange> => requireOk(await sent);

const onlyText = (exchange: Exchange): string => informationOf(exchange, encode.extendedCommand, 1)[0] ?? '';

function decodeExtended(exchange: Exchange, type: ExtendedType): ExtendedShown {
  const text = onlyText(exchange);
  const { values, blanks } = recordFields(exchange, text, type, patternOf(type));
  return { type, values, text, blanks };
}

/** The note's pattern of a record, e.g. `<swVer>,<swName>`. */
const patternOf = (type: ExtendedType): string => {
  const { fields } = extendedRecords[type];
  return fields.map(({ name }) => `<${name}>`).join(',');
};
