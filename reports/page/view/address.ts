/** What the page shows, as it stands in the address after `#`: each view can be sent to somebody. */
export interface Address {
  /** The section in view, an element's id. */
  readonly section: string;
  readonly search: string;
  readonly verdict: string;
  readonly status: string;
  /** A clause whose row is open. */
  readonly clause: string;
  /** A firmware whose row is open, on the page of a proof. */
  readonly fault: string;
  /** What the time line shows, s. */
  readonly time: readonly [number, number] | undefined;
}

/** Reads an address such as `#clauses?verdict=fail&q=IMEI` or `#time?from=1.5&to=2`. */
export function readAddress(hash: string): Address {
  const [section = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const values = new URLSearchParams(query);
  const from = Number.parseFloat(values.get('from') ?? '');
  const to = Number.parseFloat(values.get('to') ?? '');
  return {
    section,
    search: values.get('q') ?? '',
    verdict: values.get('verdict') ?? '',
    status: values.get('status') ?? '',
    clause: values.get('clause') ?? '',
    fault: values.get('fault') ?? '',
    time: to > from ? [from, to] : undefined,
  };
}

/** Writes an address that `readAddress` reads. */
export function writeAddress({ section, search, verdict, status, clause, fault, time }: Address): string {
  const values = new URLSearchParams();
  const named = { q: search, verdict, status, clause, fault };
  for (const [name, value] of Object.entries(named)) if (value !== '') values.set(name, value);
  if (time) {
    values.set('from', time[0].toFixed(6));
    values.set('to', time[1].toFixed(6));
  }
  const query = values.toString();
  return `#${section}${query === '' ? '' : `?${query}`}`;
}

/** Shows another view: goes into the browser's history only where the section changes. */
export function goTo(change: Partial<Address>): void {
  const now = readAddress(location.hash);
  const hash = writeAddress({ ...now, ...change });
  if (hash === location.hash) return;
  if (change.section !== undefined && change.section !== now.section) location.hash = hash;
  else {
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

/** Notes in the address what the time line shows, all of it where undefined; the page shows it already. */
export function keepTime(time: Address['time']): void {
  const now = readAddress(location.hash);
  if (time || now.time) history.replaceState(null, '', writeAddress({ ...now, time }));
}
