import type { Exchange } from '../at/exchange.ts';
import type { Module } from '../bc26/module.ts';
import { requireOk } from '../bc26/require-ok.ts';
import { informationOf, someInformationOf } from './answer.ts';
import {
  type CredentialsShown,
  decodeCredentials,
  decodeMode,
  decodeServer,
  decodeState,
  type InUse,
  type ModeShown,
  type ServerShown,
  type StateShown,
} from './decode.ts';
import type { CredentialsParameters, ModeParameters, Parameter, ServerParameters } from './encode.ts';
import * as encode from './encode.ts';
import { maskPrivateKey } from './mask.ts';

export type EraseOption = 0 | 1 | 2 | 3 | 4;

/** The commands of AT+QDMPCFG as exchanges, whatever their final result; parameters are sent as they are. */
export interface AccessCommands {
  test(): Promise<Exchange>;
  read(): Promise<Exchange>;
  mode(record: ModeParameters): Promise<Exchange>;
  server(record: ServerParameters): Promise<Exchange>;
  /** App key and private key are quoted; rejects USAGE where that cannot be done. */
  credentials(record: CredentialsParameters): Promise<Exchange>;
  query(option: Parameter): Promise<Exchange>;
  erase(option: Parameter): Promise<Exchange>;
  state(): Promise<Exchange>;
  /** `AT+QDMPCFG=<type>[,…]` with any number of parameters, none of them quoted. */
  write(type: Parameter, ...parameters: readonly Parameter[]): Promise<Exchange>;
}

/**
 * AT+QDMPCFG in words (app note §2.1). Every call rejects AT_REFUSED when the module answers an error, those that
 * return values AT_ANSWER_MALFORMED when the answer has another form, and all as `AtClient.send` does. The
 * exchange behind a value is the module's `last`.
 */
export interface Access {
  /** What follows the prefix in each line of the answer to `AT+QDMPCFG=?`. */
  test(): Promise<readonly string[]>;
  /** The values in use. */
  read(): Promise<InUse>;
  saveMode(dmmode: number): Promise<Exchange>;
  saveServer(record: ServerParameters<number>): Promise<Exchange>;
  saveCredentials(record: CredentialsParameters<number>): Promise<Exchange>;
  savedMode(): Promise<ModeShown>;
  savedServer(): Promise<ServerShown>;
  savedCredentials(): Promise<CredentialsShown>;
  erase(option: EraseOption): Promise<Exchange>;
  state(): Promise<StateShown>;
  readonly send: AccessCommands;
}

/** What a command needs of a module. */
export type Sender = Pick<Module, 'at'>;

function accessCommands(sender: Sender): AccessCommands {
  const write = async (type: Parameter, ...parameters: readonly Parameter[]): Promise<Exchange> =>
    sender.at(encode.accessWrite(type, ...parameters));
  return {
    test: () => sender.at(`${encode.accessCommand}=?`),
    read: () => sender.at(`${encode.accessCommand}?`),
    mode: async (record) => sender.at(encode.saveMode(record)),
    server: async (record) => sender.at(encode.saveServer(record)),
    credentials: async (record) => sender.at(encode.saveCredentials(record)),
    query: (option) => write(4, option),
    erase: (option) => write(5, option),
    state: () => write(6),
    write,
  };
}

export function createAccess(sender: Sender): Access {
  const send = accessCommands(sender);
  return {
    send,
    test: async () => someInformationOf(await ok(send.test()), encode.accessCommand),
    read: async () => decodeInUse(await ok(send.read())),
    saveMode: (dmmode) => ok(send.mode({ dmmode })),
    saveServer: (record) => ok(send.server(record)),
    saveCredentials: (record) => ok(send.credentials(record)),
    savedMode: () => ask(send.query(0), decodeMode),
    savedServer: () => ask(send.query(1), decodeServer),
    savedCredentials: () => ask(send.query(2), decodeCredentials),
    erase: (option) => ok(send.erase(option)),
    state: () => ask(send.state(), decodeState),
  };
}

async function ok(sent: Promise<Exchange>): Promise<Exchange> {
  const exchange = await sent;
  return requireOk(exchange, maskPrivateKey(exchange.command));
}

async function ask<T>(sent: Promise<Exchange>, decode: (exchange: Exchange, text: string) => T): Promise<T> {
  const exchange = await ok(sent);
  const [text = ''] = informationOf(exchange, encode.accessCommand, 1);
  return decode(exchange, text);
}

/** Three lines, for types 0, 1 and 2 in that order (clause CFG-READ). */
function decodeInUse(exchange: Exchange): InUse {
  const [mode = '', server = '', credentials = ''] = informationOf(exchange, encode.accessCommand, 3);
  return {
    mode: decodeMode(exchange, mode),
    server: decodeServer(exchange, server),
    credentials: decodeCredentials(exchange, credentials),
  };
}
