import type { Nvram } from './nvram.ts';

/**
 * The state that a reboot resets. Whether AT+CMEE, ATE and AT+QSCLK survive a reboot is not documented for a BC26.
 * Here they do not: every driver sends them again at each boot (BC26.md §2, §3, §6).
 */
export interface Session {
  /** Echo is on after a boot since AT manual V1.1 (BC26.md §2). */
  echo: boolean;
  /** AT+CMEE; the manual shows 0. */
  cmee: 0 | 1 | 2;
  /** AT+CFUN: 0, 1, 4 or 7. */
  functionality: number;
  /** AT+CGATT, AT+COPS: whether the module attaches to the network. */
  attached: boolean;
  /** AT+COPS <mode> and <format>. */
  operatorMode: number;
  operatorFormat: number;
  /** AT+CEREG and AT+CGREG <n>. */
  eregReport: number;
  gregReport: number;
  /** AT+QSCLK. */
  sleepClock: number;
  /** AT+IPR; 0 is auto-baud. Kept by AT&W alone (BC26.md §7). */
  baud: number;
  /** AT+QIDNSCFG: the addresses of the DNS servers. */
  dns: readonly string[];
  /** AT+CCLK: the time that was set minus the machine's time then, ms. */
  clockOffsetMs: number;
  /** Commands since boot. */
  commands: number;
}

/** The NVRAM items that keep a value of `Session` over a reboot. */
export const baudItem = 'ipr';
export const functionalityItem = 'cfun';

/** The session of a module that has just booted. */
export function newSession(nvram: Nvram): Session {
  return {
    echo: true,
    cmee: 0,
    functionality: Number(nvram.read(functionalityItem) ?? 1),
    attached: true,
    operatorMode: 0,
    operatorFormat: 2,
    eregReport: 0,
    gregReport: 0,
    sleepClock: 1,
    baud: Number(nvram.read(baudItem) ?? 0),
    // Addresses reserved for documentation (RFC 5737), so that no real server is asked.
    dns: ['192.0.2.53', '192.0.2.54'],
    clockOffsetMs: 0,
    commands: 0,
  };
}
