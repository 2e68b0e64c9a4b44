import { choice, integer, text } from './spec.ts';

/** The LwM2M client; times are seconds of network time (CMDMP.md §1, §2 and §9). */
export const networkSettings = {
  attachDelayMs: integer(
    500,
    0,
    600_000,
    'from the end of a boot until the network is there, ms of network time',
  ),
  plmns: text(
    '46000,46002,46004,46007',
    /^\d{5,6}(,\d{5,6}){0,15}$/,
    '1 to 16 PLMNs of 5 or 6 digits, with commas',
    'the client runs only with a SIM and a network of these operators (A03, EC); else the state stays 0',
  ),
  network: text(
    '46000',
    /^\d{5,6}$/,
    'a PLMN of 5 or 6 digits',
    'AT+COPS: the network that the module finds; a SIM that is not of it roams (AT+CEREG: 5)',
  ),
  endpointName: choice('v2', ['v1'], 'a name of five parts (RDA-CUS, 2019), or of three (MTK, A03)'),
  dmVersion: text(
    'v2.0',
    /^[\x21-\x7e]{1,32}$/,
    '1 to 32 printable characters',
    'the version in the encrypted part of the name; MTK has V2.2.0_D1.1.1, A03 v1.0',
  ),
  imei2: choice('absent', ['module'], 'the second IMEI of the name: missing, or that of the module (POLY)'),
  keyDigest: choice(
    'full',
    ['truncated'],
    'MTK cuts the digest of the private key at its first zero byte; unknown for a BC26',
  ),
  lifetimeRule: choice(
    'equal',
    ['plus46', 'tenfold'],
    'the lifetime for a period: equal to it (EC), 46 s longer (RDA-CUS), ten times as long (XY DM4)',
  ),
  coapTimeoutS: integer(4, 1, 60, 'T, doubled at each retransmission; 4 in MTK, 2, 6 and 10 in others'),
  updateRule: choice(
    'share',
    ['period', 'event', 'flag'],
    'when an update is sent: after updatePercent of the lifetime, after the period (RDA-CUS) or 10 s before where that is the lifetime (EC), at the first event 14 of the CIS core, or at its first event 14 after updatePercent (MTK)',
  ),
  updatePercent: integer(90, 1, 100, 'percent of the lifetime; the timer in MTK has 90'),
  updates: choice('sent', ['suppressed'], 'suppressed: leads to state 9, which no server can force'),
  lifetimeExpiry: choice(
    'deregister',
    ['update'],
    'after state 9: deregister and stop until a reboot (MTK), or update at once (RDA-CUS)',
  ),
  socket: choice('opens', ['fails'], 'fails: leads to state 5, which no server can force'),
  retryDelayS: integer(7, 0, 86_400, 'from a failure to the next socket; 7 in MTK, 600 in XY DM4'),
  retryPolicy: choice(
    'endless',
    ['five', 'never'],
    'how often it retries: MTK without limit, XY DM4 five times',
  ),
  failureShown: choice(
    'until-retry',
    ['until-result'],
    'how long 5, 7, 8, 12 and 13 are shown: until the next connection (MTK), or until the result of the next registration',
  ),
  deviceInfo: choice(
    'present',
    ['absent', 'not-allowed'],
    'whether there is an object 666; clients of version 1 have none: 4.04, or 4.05 (not-allowed)',
  ),
  deviceInfoKey: choice(
    'private',
    ['none', 'default'],
    'the key of the values of object 666: the private key, none (in clear), or the built-in one',
  ),
  deviceInfoEmpty: choice(
    'NULL',
    ['built-in'],
    "what object 666 has for a record that is not saved: NULL, or the firmware's own texts",
  ),
  exInUse: choice(
    'reboot',
    ['at-once'],
    'when object 666 shows a saved value: after a reboot, or at once (RDA-CUS)',
  ),
} as const;
