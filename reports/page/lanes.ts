import { escapeBytes, escapeText, shortened } from '../../harness/base/escape.ts';
import type { TraceLine } from '../files/trace-file.ts';
import type { Lane, LaneName, Span } from './view/page-data.ts';

const labels: Record<LaneName, string> = {
  test: 'Tests',
  supply: 'Supply',
  reset: 'Control',
  boot: 'Boots',
  state: 'States (=6)',
  'uart.tx': 'UART sent',
  'uart.rx': 'UART received',
  'platform.rx': 'Platform in',
  'platform.tx': 'Platform out',
  note: 'Notes',
};

/** Bytes of the module that come sooner after each other are shown as one, µs. */
const together = 20_000;
/** Longer texts are cut; the trace has all of it. Characters. */
const longest = 4000;

type Open = { at: number; lasted: number; line: number; text: string; tag?: string };

/** Sorts the lines of a trace into the lanes of the time line; lanes without anything are left out. */
export class Lanes {
  readonly #lanes = new Map<LaneName, Open[]>();
  #start: bigint | undefined;
  #lastUart: Open | undefined;
  #test: Open | undefined;
  #on: Open | undefined;
  #state: Open | undefined;
  #control: Open | undefined;
  #now = 0;

  /** Takes the next line of the trace. */
  add(line: TraceLine): void {
    this.#start ??= line.at;
    const at = Math.max(0, Number(line.at - this.#start) / 1000);
    this.#now = Math.max(this.#now, at);
    const open: Open = { at, lasted: 0, line: line.n, text: '' };
    switch (line.source) {
      case 'uart.rx':
      case 'uart.tx':
        return this.#uart(line, open);
      case 'platform.rx':
      case 'platform.tx':
        return this.#put(line.source, {
          ...open,
          text: escapeText(`${String(line['peer'])} ${String(line['summary'])}`),
        });
      case 'control':
        return this.#action(line, open);
      case 'test':
        return this.#ofTest(line, open);
      case 'note':
        return this.#note(line, open);
    }
  }

  /** The lanes so far, with what is still under way shown up to the last line. */
  done(): Lane[] {
    for (const open of [this.#test, this.#on]) if (open) open.lasted = this.#now - open.at;
    const names = Object.keys(labels) as LaneName[];
    return names.flatMap((name) => {
      const spans = (this.#lanes.get(name) ?? []).sort((a, b) => a.at - b.at).map(spanOf);
      return spans.length === 0 ? [] : [{ name, label: labels[name], spans }];
    });
  }

  #put(name: LaneName, open: Open): void {
    const lane = this.#lanes.get(name);
    if (lane) lane.push(open);
    else this.#lanes.set(name, [open]);
  }

  #uart({ source, data = '' }: TraceLine, open: Open): void {
    const text = escapeBytes(Buffer.from(data, 'latin1'));
    const last = this.#lastUart;
    const goesOn = source === 'uart.rx' && last && open.at - last.at - last.lasted < together;
    if (goesOn && last.text.length < longest) {
      last.lasted = open.at - last.at;
      last.text += text;
    } else {
      open.text = text;
      this.#put(source as LaneName, open);
      this.#lastUart = source === 'uart.rx' ? open : undefined;
    }
    if (source === 'uart.rx') this.#ofState(open);
  }

  /** States are read from answers, and last until another one is read. */
  #ofState(open: Open): void {
    const state = /\+QDMPCFG: 6,(\d{1,3})\\r/.exec(this.#lastUart?.text ?? open.text)?.[1];
    if (state === undefined) return;
    if (this.#state?.text === state) this.#state.lasted = open.at - this.#state.at;
    else {
      if (this.#state) this.#state.lasted = open.at - this.#state.at;
      this.#state = { ...open, text: state, tag: 'state' };
      this.#put('state', this.#state);
    }
  }

  #action({ action, state, ms, error }: TraceLine, open: Open): void {
    const name = escapeText(String(action));
    if (state === 'begun') {
      this.#control = { ...open, text: name };
      if (name !== 'powered') this.#put('reset', this.#control);
      return;
    }
    if (this.#control && typeof ms === 'number') this.#control.lasted = ms * 1000;
    if (this.#control && typeof error === 'string') this.#control.text += `: ${escapeText(error)}`;
    if (name === 'on' && !this.#on) this.#put('supply', (this.#on = { ...open, text: 'on' }));
    if ((name === 'off' || name === 'rest') && this.#on) {
      this.#on.lasted = open.at - this.#on.at;
      this.#on = undefined;
    }
  }

  #ofTest({ type, name, verdict }: TraceLine, open: Open): void {
    if (type === 'test-start') {
      this.#test = { ...open, text: escapeText(String(name)).replace(/^.* › /, ''), tag: 'not-run' };
      this.#put('test', this.#test);
    } else if (type === 'test-end' && this.#test) {
      this.#test.lasted = open.at - this.#test.at;
      this.#test.tag = String(verdict);
      this.#test = undefined;
    }
  }

  #note(line: TraceLine, open: Open): void {
    if (line['type'] === 'reboot' || line['type'] === 'start') {
      const lasted = Number(line['namedMs'] ?? line['bootMs'] ?? 0) * 1000;
      // The state of before is not the one after.
      this.#state = undefined;
      this.#put('boot', {
        ...open,
        at: Math.max(0, open.at - lasted),
        lasted,
        text: escapeText(String(line['kind'])),
      });
      return;
    }
    const text = worthSaying[String(line['type'])]?.(line);
    if (text !== undefined) this.#put('note', { ...open, text: escapeText(text) });
  }
}

/** The notes that a reader of the time line looks for, as text. */
const worthSaying: Record<string, (line: TraceLine) => string> = {
  observation: ({ key, value }) => `${String(key)}: ${String(value)}`,
  'line-fault': ({ clause, text }) => `${String(clause)}: ${String(text)}`,
  silence: ({ text }) => String(text),
  'rig-error': ({ code, message }) => `${String(code)}: ${String(message)}`,
  'module-error': ({ code, message }) => `${String(code)}: ${String(message)}`,
  'usage-error': ({ code, message }) => `${String(code)}: ${String(message)}`,
  interrupted: ({ signal }) => `interrupted by ${String(signal)}`,
  waiting: ({ text }) => `waiting: ${String(text)}`,
  message: ({ text }) => String(text),
};

/** Microseconds without a fraction: the line of the trace has the nanoseconds. */
const spanOf = ({ at, lasted, line, text, tag }: Open): Span => [
  Math.round(at),
  Math.round(lasted),
  line,
  shortened(text, longest),
  ...(tag === undefined ? ([] as const) : ([tag] as const)),
];
