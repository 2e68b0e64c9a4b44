import { escapeBytes, escapeText, shortened } from '../../harness/base/escape.ts';
import type { TraceLine } from '../files/trace-file.ts';

/** Characters; a hostile module may send lines of any length. */
const MOST = 2_000;

const visible = (data: string): string => escapeBytes(Buffer.from(data, 'latin1'));

const part = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The fields of a line whose kind has no words of its own. */
const fieldsOf = (body: Record<string, unknown>): string =>
  Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${part(value)}`)
    .join(', ');

const msOf = (value: unknown): string => (typeof value === 'number' ? `${value.toFixed(1)} ms` : '');

function controlText({ action, state, ms, ...rest }: Record<string, unknown>): string {
  const took = state === 'begun' ? '' : ` in ${msOf(ms)}`;
  const more = fieldsOf(rest);
  return `${part(action)} ${part(state)}${took}${more && `: ${more}`}`;
}

function testText({ type, name, verdict, reason, durationMs }: Record<string, unknown>): string {
  if (type === 'test-start') return `begins: ${part(name)}`;
  if (type === 'test-again') return `runs again: ${part(name)}`;
  if (type !== 'test-end') return `${part(type)}: ${part(name)}`;
  const why = typeof reason === 'string' ? `: ${reason.split('\n', 1)[0]}` : '';
  return `${part(verdict)} after ${msOf(durationMs)}: ${part(name)}${why}`;
}

function noteText({ type, kind, ...rest }: Record<string, unknown>): string {
  if (type === 'exchange') {
    const { form, lo, hi, final } = rest;
    return `exchange ${part(form)}: ${part(final) || 'no answer'}, ${Number(lo).toFixed(1)} to ${msOf(hi)}`;
  }
  const more = fieldsOf(type === undefined ? rest : { kind, ...rest });
  return [part(type ?? kind ?? 'note'), ...(more ? [more] : [])].join(': ');
}

function textOf({ n: _n, at: _at, source, data, ...body }: TraceLine): string {
  switch (source) {
    case 'uart.rx':
    case 'uart.tx':
      return visible(data ?? '');
    case 'platform.rx':
    case 'platform.tx':
      return [body['peer'], body['summary'], visible(data ?? '')]
        .filter((text) => typeof text === 'string' && text !== '')
        .join('  ');
    case 'control':
      return controlText(body);
    case 'test':
      return testText(body);
    default:
      return noteText(body);
  }
}

/**
 * What happened, in one line that a terminal may show: control characters and bytes above 0x7e are visible, line breaks
 * too, and a long text is cut.
 */
export const lineText = (line: TraceLine): string =>
  shortened(escapeText(textOf(line)).replaceAll('\n', '\\n').replaceAll('\t', '\\t'), MOST);
