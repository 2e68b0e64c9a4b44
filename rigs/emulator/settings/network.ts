import { choice, integer, text } from './spec.ts';

/** How the LwM2M client behaves; times are seconds of network time (CMDMP.md §1, §2 and §9). */
export const networkSettings = {
  attachDelayMs: integer(500, 0, 600_000, 'from the end of a boot to the network, ms of network time'),
  plmns: text(
    '46000,46002,46004,46007',
    /^\d{5,6}(,\d{5,6}){0,15}$/,
    '1 to 16 PLMNs of 5 or 6 digits, with commas',
    "the client works only with these operators' SIMs (A03, EC); with any other the state stays 0",
  ),
  endpointName: choice('v2', ['v1'], 'five parts (RDA-CUS, 2019), or three (MTK, A03)'),
  dmVersion: text(
    'v2.0',
    /^[\x21-\x7e]{1,32}$/,
    '1 to 32 printable characters',
    "the version in the name's encrypted part; MTK has V2.2.0_D1.1.1, A03 v1.0",
  ),
  imei2: choice('absent', ['module'], "the name's second IMEI: not told, or the module's own (POLY)"),
  keyDigest: choice(
    'full',
    ['truncated'],
    "MTK cuts the private key's digest at its first zero byte; unknown of a BC26",
  ),
  lifetimeRule: choice(
    'equal',
    ['plus46', 'tenfold'],
    'the lifetime for a period: the same (EC), 46 s more (RDA-CUS), ten times (XY DM4)',
  ),
  coapTimeoutS: integer(4, 1, 60, 'T, doubled at each retransmission; 4 in MTK, 2, 6 and 10 elsewhere'),
  updateRule: choice(
    'share',
    ['period', 'event', 'flag'],
    "when an update goes out: updatePercent of the lifetime, the period (RDA-CUS), the CIS core's first event 14, or its first from updatePercent on (MTK)",
  ),
  updatePercent: integer(90, 1, 100, 'share of the lifetime; 90 is that of the timer in MTK'),
  updates: choice('sent', ['suppressed'], 'the way to state 9, which no server can force'),
  lifetimeExpiry: choice(
    'deregister',
    ['update'],
    'after state 9: deregister and stop until a reboot (MTK), or update at once (RDA-CUS)',
  ),
  socket: choice('opens', ['fails'], 'the way to state 5, which no server can force'),
  retryDelayS: integer(7, 0, 86_400, 'from a failure to the next socket; 7 in MTK, 600 in XY DM4'),
  retryPolicy: choice('endless', ['five', 'never'], 'how often: MTK without limit, XY DM4 five times'),
  deviceInfo: choice('present', ['absent'], 'whether there is an object 666; clients of version 1 have none'),
  exInUse: choice('reboot', ['at-once'], 'when object 666 shows what was saved; RDA-CUS at once'),
} as const;
