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
import { createSpelling, type Spelling } from './spelling.ts';

export type EraseOption = 0 | 1 | 2 | 3 | 4;

/**
 * The commands of AT+QDMPCFG as exchanges, errors included. Parameters are sent as they are, except that an address or an
 * IMEI stands in quotes where the firmware takes no other (`Spelling`).
 */
export interface AccessCommands {
  test(): Promise<Exchange>;
  read(): Promise<Exchange>;
  mode(record: ModeParameters): Promise<Exchange>;
  server(record: ServerParameters): Promise<Exchange>;
  /** Quotes app key and private key; rejects USAGE if they cannot be quoted. */
  credentials(record: CredentialsParameters): Promise<Exchange>;
  query(option: Parameter): Promise<Exchange>;
  erase(option: Parameter): Promise<Exchange>;
  state(): Promise<Exchange>;
  /** A whole command line that must be accepted; a save in the form that the firmware takes. */
  valid(command: string): Promise<Exchange>;
  /** `AT+QDMPCFG=<type>[,…]` with any number of parameters, none quoted. */
  write(type: Parameter, ...parameters: readonly Parameter[]): Promise<Exchange>;
}

/**
 * Typed calls for AT+QDMPCFG (app note §2.1). A call rejects AT_REFUSED if the module answers an error,
 * AT_ANSWER_MALFORMED if an answer with values has another form, and with the errors of `AtClient.send`. The exchange
 * behind a value is the module's `last`.
 */
export interface Access {
  /** The lines of the answer to `AT+QDMPCFG=?` without their prefix. */
  test(): Promise<readonly string[]>;
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

/** The part of a module that sends commands. */
export type Sender = Pick<Module, 'at'>;

function accessCommands(sender: Sender, spelling: Spelling): AccessCommands {
  const valid = (command: string): Promise<Exchange> => spelling.save((line) => sender.at(line), command);
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
    valid,
    write,
  };
}

/** @param spelling what is known of how the firmware takes addresses and IMEIs */
export function createAccess(sender: Sender, spelling: Spelling = createSpelling()): Access {
  const send = accessCommands(sender, spelling);
  return {
    send,
    test: async () => someInformationOf(await awaitOk(send.test()), encode.accessCommand),
    read: async () => decodeInUse(await awaitOk(send.read())),
    saveMode: (dmmode) => awaitOk(send.mode({ dmmode })),
    saveServer: async (record) => awaitOk(send.valid(encode.saveServer(record))),
    saveCredentials: async (record) => awaitOk(send.valid(encode.saveCredentials(record))),
    savedMode: () => readValue(send.query(0), decodeMode),
    savedServer: () => readValue(send.query(1), decodeServer),
    savedCredentials: () => readValue(send.query(2), decodeCredentials),
    erase: (option) => awaitOk(send.erase(option)),
    state: () => readValue(send.state(), decodeState),
  };
}

async function awaitOk(sent: Promise<Exchange>): Promise<Exchange> {
  const exchange = await sent;
  return requireOk(exchange, maskPrivateKey(exchange.command));
}

async function readValue<T>(
  sent: Promise<Exchange>,
  decode: (exchange: Exchange, text: string) => T,
): Promise<T> {
  const exchange = await awaitOk(sent);
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
