import { accessRecords, passwordItem } from '../dmp/access-records.ts';
import { extendedRecords, noInformation } from '../dmp/extended-records.ts';
import type { DmpConfig, Module } from '../module/handler.ts';
import { encryptValue } from './cipher.ts';
import type { Address } from './loopback-socket.ts';
import { lifetimeOf, updateAfter } from './update-times.ts';

/** CMDMP access states (the note, `<dmstate>`); the module begins with 0. */
export type AccessState = 4 | 5 | 6 | 7 | 8 | 9 | 11 | 12 | 13;

/** The parameters of the LwM2M client; made anew at each step, so that a fault or setting applies from the next. */
export interface ClientPlan {
  /** Asked again at every step: a firmware that does not wait for the reboot changes it in between. */
  readonly enabled: boolean;
  /** From the network to the first connection, s; a healthy client does not wait. */
  readonly startsAfterS: number;
  /** From a registration to another one that nothing asks for, s; undefined in a healthy client. */
  readonly registersAgainAfterS: number | undefined;
  readonly server: Address;
  /** The letter of the terminal type in endpoint names: I, L or A. */
  readonly letter: string;
  readonly terminalImei: string;
  /** Undefined: not in the endpoint name. */
  readonly moduleImei: string | undefined;
  readonly imsi: string;
  readonly appKey: string;
  /** Encrypts a value with the private key. */
  readonly encrypt: (clear: string) => string;
  readonly lifetimeS: number;
  /** From a registration or update to the next update, s; undefined: none is sent. */
  readonly updateAfterS: number | undefined;
  /** From a registration or update to the end of the lifetime on the client's side, s; undefined: no end. */
  readonly expiresAfterS: number | undefined;
  /** How often it connects again after consecutive failures. */
  readonly retries: number;
  /** Object 666 in clear, by resource; undefined: there is no such object. */
  readonly deviceInfo: ReadonlyMap<number, string> | undefined;
  /** Without an object 666: whether a read of it is answered 4.05, not 4.04. */
  readonly refusesDeviceInfo: boolean;
  /** Encodes a value of object 666 for sending. */
  readonly encodeDeviceInfo: (clear: string) => string;
  /** The path of updates, made of the location that the server gave. */
  readonly updatePath: (location: readonly string[]) => readonly string[];
  /** The state that AT+QDMPCFG=6 shows when this one is reached; undefined: the state before. */
  readonly stateShown: (reached: AccessState) => number | undefined;
}

/** The letter for each `<tmlType>` (CMDMP.md §5). */
const letters: Readonly<Record<string, string>> = { '0': 'I', '1': 'L', '2': 'A' };

/** XY DM4 gives up after five (CMDMP.md §2.5). */
const retryLimits = { endless: Infinity, five: 5, never: 0 };

/** The resources of object 666 have the order of AT+QDMPCFGEX's strings (CMDMP.md §1.5). */
const FIRST_RESOURCE = 6602;

/**
 * The plan of a healthy client, made of the configuration in use and the settings.
 * @param active the configuration that the client follows, if it is another than the one in use
 */
export function healthyPlan(module: Module, active: DmpConfig = module.active): ClientPlan {
  const { settings } = module;
  const inUse = (item: string): string => active.values.get(item) ?? '';
  const periodS = Number(inUse('dm_update_period'));
  const lifetimeS = lifetimeOf(periodS, settings);
  const encrypt = (clear: string): string => encryptValue(clear, inUse('dm_pwd'), settings.keyDigest);
  return {
    enabled: inUse('dm_enable') === '1',
    startsAfterS: 0,
    registersAgainAfterS: undefined,
    server: { address: inUse('dm_access_ip_address'), port: Number(inUse('dm_port')) },
    letter: letters[inUse('dm_interface')] ?? 'I',
    terminalImei: inUse('dm_imei1'),
    moduleImei: settings.imei2 === 'module' ? settings.imei : undefined,
    imsi: settings.imsi,
    appKey: inUse('dm_appkey'),
    encrypt,
    lifetimeS,
    updateAfterS: settings.updates === 'sent' ? updateAfter(periodS, lifetimeS, settings) : undefined,
    expiresAfterS: lifetimeS,
    retries: retryLimits[settings.retryPolicy],
    deviceInfo: settings.deviceInfo === 'present' ? deviceInfoOf(module) : undefined,
    refusesDeviceInfo: settings.deviceInfo === 'not-allowed',
    encodeDeviceInfo: deviceInfoEncoder(module, encrypt),
    updatePath: (location) => location,
    stateShown: (reached) => (reached === 4 && keepsFailure(module) ? undefined : reached),
  };
}

/** States that report a failure (CMDMP.md §2.2). */
const failureStates: readonly number[] = [5, 7, 8, 12, 13];

const keepsFailure = ({ settings, dmState }: Module): boolean =>
  settings.failureShown === 'until-result' && failureStates.includes(dmState);

function deviceInfoEncoder({ settings }: Module, encrypt: ClientPlan['encrypt']): ClientPlan['encrypt'] {
  switch (settings.deviceInfoKey) {
    case 'private':
      return encrypt;
    case 'none':
      return (clear) => clear;
    case 'default':
      return (clear) => encryptValue(clear, fallbackOf(passwordItem, settings), settings.keyDigest);
  }
}

/** The value of an item of AT+QDMPCFG while nothing is saved. */
export const fallbackOf = (wanted: string, settings: Module['settings']): string =>
  accessRecords
    .flatMap(({ fields }) => fields)
    .find(({ item }) => item === wanted)
    ?.fallback(settings) ?? '';

function deviceInfoOf(module: Module): ReadonlyMap<number, string> {
  const { active, nvram, settings } = module;
  const running = (item: string): string | undefined => active.values.get(item);
  const value = settings.exInUse === 'at-once' ? (item: string) => nvram.read(item) : running;
  if (settings.deviceInfoEmpty === 'NULL') return deviceInfoFrom(value);
  return deviceInfoFrom((item) => {
    const own = value(item);
    return own === undefined || own === noInformation ? (builtIn[item] ?? noInformation) : own;
  });
}

/** The texts that a firmware has for some strings; the note's examples show them (§2.2). */
const builtIn: Readonly<Record<string, string>> = {
  dm_ex_cpu: 'MT2625',
  dm_ex_ossysver: 'FREE RTOS',
  dm_ex_nettype: 'NB-IoT',
  dm_ex_swname: 'Quectel',
};

/** Makes object 666 of the strings of AT+QDMPCFGEX, which `value` returns by NVRAM item. */
export function deviceInfoFrom(value: (item: string) => string | undefined): ReadonlyMap<number, string> {
  const items = extendedRecords.flatMap(({ fields }) => fields.map(({ item }) => item));
  return new Map(items.map((item, index) => [FIRST_RESOURCE + index, value(item) ?? noInformation]));
}
