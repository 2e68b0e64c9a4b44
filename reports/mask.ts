import type { TraceSink } from '../harness/base/trace.ts';
import { escapeBytes } from '../harness/base/escape.ts';
import { mapTexts } from './map-texts.ts';

/**
 * What of a private key may be seen: its first four characters, as the module itself shows it (CFG-MASK).
 * A key of four characters or fewer is therefore not masked at all.
 */
const SHOWN = 4;

/** Every way a secret may be spelled in our files: as given, as its bytes on the UART, and escaped. */
function spellings(secrets: readonly string[]): string[] {
  const all = secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret, 'utf8');
    return [secret, bytes.toString('latin1'), escapeBytes(bytes)];
  });
  return [...new Set(all)].filter(({ length }) => length > SHOWN);
}

/** How much of the end of `text` may be the beginning of `secret`. */
function begun(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > SHOWN; length--) {
    if (secret.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

/** The stretches of `text` to be hidden: [from, to). */
function* hidden(text: string, secret: string): Generator<[from: number, to: number]> {
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
    yield [at + SHOWN, at + secret.length];
  }
}

function cover(text: string, stretches: Iterable<[number, number]>): string {
  const characters = text.split('');
  for (const [from, to] of stretches) characters.fill('*', from, to);
  return characters.join('');
}

const coverAll = (text: string, spelled: readonly string[]): string =>
  cover(
    text,
    spelled.flatMap((secret) => [...hidden(text, secret)]),
  );

/** Masks the secrets in a text that is whole. Its length stays. */
export const maskText = (text: string, secrets: readonly string[]): string =>
  coverAll(text, spellings(secrets));

/** Masks one stream of characters, chunk by chunk. */
interface Mask {
  /** The next chunk, masked; as long as what went in. */
  push(chunk: string): string;
}

/**
 * A mask for a stream that cuts secrets anywhere. Nothing is held back, so that every chunk keeps its
 * length and its stamp: where a chunk ends in the middle of what may become a secret, everything beyond its
 * first four characters is masked at once. If it turns out to be something else, those few characters stay
 * masked: a starred innocent costs less than a key in an artefact.
 */
export function createMask(secrets: readonly string[]): Mask {
  const all = spellings(secrets);
  const reach = Math.max(0, ...all.map(({ length }) => length - 1));
  let before = '';
  return {
    push(chunk) {
      const text = before + chunk;
      const stretches = all.flatMap((secret): [number, number][] => [
        ...hidden(text, secret),
        [text.length - Math.max(0, begun(text, secret) - SHOWN), text.length],
      ]);
      const masked = cover(text, stretches).slice(before.length);
      before = reach === 0 ? '' : text.slice(-reach);
      return masked;
    },
  };
}

/** A record, or any other plain value, with the secrets masked wherever they stand. */
export function maskRecord<T>(record: T, secrets: readonly string[]): T {
  const spelled = spellings(secrets);
  return mapTexts(record, (text) => coverAll(text, spelled));
}

/**
 * A trace in which the secrets are masked: `data` as one stream for each direction of the UART, since a
 * chunk ends anywhere; everything else, datagrams included, as whole texts.
 * @param secrets the private keys the rig knows; none leaves the trace as it is
 */
export function maskTrace(sink: TraceSink, secrets: readonly string[]): TraceSink {
  const spelled = spellings(secrets);
  if (spelled.length === 0) return sink;
  const streams = new Map([
    ['uart.rx', createMask(secrets)],
    ['uart.tx', createMask(secrets)],
  ]);
  return {
    get last() {
      return sink.last;
    },
    write(source, at, { data, ...rest }) {
      const body = mapTexts(rest, (text) => coverAll(text, spelled));
      if (data === undefined) return sink.write(source, at, body);
      const masked = streams.get(source)?.push(data) ?? coverAll(data, spelled);
      return sink.write(source, at, { ...body, data: masked });
    },
  };
}
