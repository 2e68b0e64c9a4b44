/**
 * The networks of China Mobile: country and network code, as SIM numbers begin and `AT+COPS?` shows them. The known CMDMP
 * clients compare the SIM or the network with a list of these, and are idle elsewhere (CMDMP.md §2.2); each has some of
 * them.
 */
export const servedNetworks: readonly string[] = ['46000', '46002', '46004', '46007', '46008', '46013'];

/** By what a client is served. */
interface Numbers {
  /** The SIM's number (`AT+CIMI`); undefined where it was not read. */
  readonly imsi?: string | undefined;
  /** The network's number (`AT+COPS?`); undefined where it was not shown. */
  readonly network?: string | undefined;
}

const isServed = (number: string): boolean => servedNetworks.some((served) => number.startsWith(served));

/** The part of a SIM's number that names its network; the rest names a person. */
const PLMN_DIGITS = 5;

/** @returns why the client of a sound module may be idle here, in words; undefined where nothing says so */
export function whyIdle({ imsi, network }: Numbers): string | undefined {
  const elsewhere = [
    imsi !== undefined && !isServed(imsi) && `the SIM is of network ${imsi.slice(0, PLMN_DIGITS)}`,
    network !== undefined && !isServed(network) && `the module is in network ${network}`,
  ].filter((found) => found !== false);
  if (elsewhere.length === 0) return undefined;
  return `${elsewhere.join(', and ')}: CMDMP clients are idle outside China Mobile's networks`;
}
