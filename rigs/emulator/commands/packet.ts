import { isIPv4 } from 'node:net';

import { ok, refused } from '../module/answers.ts';
import type { Handler } from '../module/handler.ts';
import { always, cme, withForms } from './forms.ts';
import { isRegistered } from './network.ts';

/** The module's own address, from the carrier-grade NAT space (RFC 6598) as with operators. */
const address = '100.64.0.26';

const bandItem = 'qband';
const bearerItem = 'qcgdefcont';

/** The bands of a BC26 (hardware design, "Functional description"). */
const bands = ['1', '3', '5', '8', '20', '28'];

const showAddress: Handler = (call, module) => {
  if (call.form === 'write' && call.parameters.trim() !== '1') return refused(cme.incorrectParameters);
  return isRegistered(module) ? ok(`+CGPADDR: 1,${address}`) : ok();
};

/** AT+QIDNSCFG=1 shows the servers; =1,"a"[,"b"] sets them (TRANSCRIPTS.md §16). */
const configureDns: Handler = (call, { session }) => {
  const [context, ...servers] = call.parameters.split(',').map((part) => part.replaceAll('"', '').trim());
  if (context !== '1' || servers.length > 2 || !servers.every(isIPv4))
    return refused(cme.incorrectParameters);
  if (servers.length === 0) return ok(`+QIDNSCFG: 1,${session.dns.map((server) => `"${server}"`).join(',')}`);
  session.dns = servers;
  return ok();
};

/** AT+QBAND=<n>[,<band>…]: 0 is all bands; saved in NVRAM, according to the manual of a sister module (BC660K). */
const setBands: Handler = (call, { nvram }) => {
  const [count, ...wanted] = call.parameters.split(',');
  const areBands = wanted.every((band) => bands.includes(band)) && new Set(wanted).size === wanted.length;
  if (!areBands || count !== String(wanted.length)) return refused(cme.incorrectParameters);
  nvram.commit(new Map([[bandItem, wanted.length === 0 ? undefined : wanted.join(',')]]));
  return ok();
};

/** AT+QCGDEFCONT="IP"[,"apn"]: saved in NVRAM, in use after a reboot (BC26.md §5). */
const setBearer: Handler = (call, { nvram }) => {
  if (!/^"(IP|IPV6|IPV4V6|Non-IP)"(,"[^"]{0,100}")?$/i.test(call.parameters)) {
    return refused(cme.incorrectParameters);
  }
  nvram.commit(new Map([[bearerItem, call.parameters]]));
  return ok();
};

export const packetCommands: readonly (readonly [string, Handler])[] = [
  [
    '+CGPADDR',
    withForms({
      test: always(ok('+CGPADDR: (1)')),
      // No information line: TRANSCRIPTS.md §15.
      read: always(ok()),
      execute: showAddress,
      write: showAddress,
    }),
  ],
  [
    '+QIDNSCFG',
    withForms({ test: always(ok('+QIDNSCFG: (1),<pridnsaddr>,<secdnsaddr>')), write: configureDns }),
  ],
  [
    '+QBAND',
    withForms({
      test: always(ok(`+QBAND: (0-${bands.length}),(${bands.join(',')})`)),
      read: (_, { nvram }) => ok(`+QBAND: ${nvram.read(bandItem) ?? bands.join(',')}`),
      write: setBands,
    }),
  ],
  [
    '+QCGDEFCONT',
    withForms({
      test: always(ok('+QCGDEFCONT: ("IP","IPV6","IPV4V6","Non-IP")')),
      read: (_, { nvram }) => ok(`+QCGDEFCONT: ${nvram.read(bearerItem) ?? '"IPV4V6"'}`),
      write: setBearer,
    }),
  ],
];
