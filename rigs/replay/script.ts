/** A line of a trace, as far as a replay needs it. */
export interface ReplayLine {
  readonly n: number;
  /** Monotonic ns. */
  readonly at: bigint;
  readonly source: string;
  readonly data?: string;
  readonly [key: string]: unknown;
}

/** What the harness acts on. */
export type Lane = 'uart' | 'control' | 'platform';

/** What the clock of a recorded exchange left in doubt, ms (harness/README.md, "An exchange's clock"). */
export interface RecordedExchange {
  readonly lo: number;
  readonly hi: number;
  readonly disturbanceMs: number;
  /** When the answer's last byte came. */
  readonly endedAt: bigint;
}

/** What the harness did: the replay waits for it before it goes on. */
export interface Awaited {
  readonly is: 'awaited';
  readonly line: number;
  readonly at: bigint;
  readonly lane: Lane;
  /** The bytes (latin1), or the action. */
  readonly what: string;
  /** Of a packet. */
  readonly peer?: string;
  /** Of a command that was answered. */
  readonly exchange?: RecordedExchange;
}

/** What the module, the network or the driver did: the replay does it again. */
export interface Played {
  readonly is: 'played';
  readonly line: number;
  readonly at: bigint;
  /** `control`: the end of the action that `begun` (a step's index) began. */
  readonly play:
    | { readonly lane: 'uart'; readonly data: string }
    | { readonly lane: 'platform'; readonly data: string; readonly peer: string }
    | {
        readonly lane: 'control';
        readonly begun: number;
        readonly failed?: string;
        readonly result?: unknown;
      };
}

/** The harness began a test. */
export interface Begun {
  readonly is: 'begun';
  readonly line: number;
  readonly at: bigint;
  readonly test: string;
}

export type Step = Awaited | Played | Begun;

/** Bytes of a line's end and start: the length of a byte on the wire is ten bits. */
const wireMs = (bytes: number, baud: number): number => (bytes * 10_000) / baud;

/** ms; stamps and durations of an exchange come from the same two numbers, so they differ by rounding only. */
const sameMoment = 0.001;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Makes the steps of a replay from the lines of a trace. Left out is the measurement of the harness's own delay, whose
 * second half is not in a trace (`own-share`).
 */
export function scriptOf(lines: readonly ReplayLine[], baud: number): Step[] {
  const steps: Step[] = [];
  const begun: { action: string; step: number }[] = [];
  let exchanges: { step: number; answered: bigint[] }[] = [];
  for (const line of lines) {
    const { n, at, source, data = '' } = line;
    if (source === 'uart.tx') {
      exchanges.push({ step: steps.length, answered: [] });
      steps.push({ is: 'awaited', line: n, at, lane: 'uart', what: data });
    } else if (source === 'uart.rx') {
      exchanges.forEach(({ answered }) => answered.push(at));
      steps.push({ is: 'played', line: n, at, play: { lane: 'uart', data } });
    } else if (source === 'platform.rx') {
      steps.push({ is: 'played', line: n, at, play: { lane: 'platform', data, peer: textOf(line['peer']) } });
    } else if (source === 'platform.tx') {
      steps.push({
        is: 'awaited',
        line: n,
        at,
        lane: 'platform',
        what: data,
        peer: textOf(line['peer']),
      });
    } else if (line['type'] === 'test-start') {
      steps.push({ is: 'begun', line: n, at, test: textOf(line['name']) });
    } else if (source === 'control') {
      addControl(steps, begun, line);
    } else if (line['type'] === 'exchange') {
      exchanges = keepExchange(steps, exchanges, line, baud);
    } else if (line['type'] === 'own-share') {
      dropMeasurement(steps);
    }
  }
  return steps;
}

function addControl(steps: Step[], begun: { action: string; step: number }[], line: ReplayLine): void {
  const { n, at } = line;
  const action = textOf(line['action']);
  if (line['state'] === 'begun') {
    begun.push({ action, step: steps.length });
    steps.push({ is: 'awaited', line: n, at, lane: 'control', what: action });
    return;
  }
  const of = begun.findIndex((one) => one.action === action);
  const [first] = of < 0 ? [] : begun.splice(of, 1);
  if (!first) return;
  const error = line['error'];
  steps.push({
    is: 'played',
    line: n,
    at,
    play: {
      lane: 'control',
      begun: first.step,
      result: line['result'],
      ...(typeof error === 'string' && { failed: error }),
    },
  });
}

/** Finds the command of an exchange: the one whose answer ended when the exchange says. */
function keepExchange(
  steps: Step[],
  exchanges: { step: number; answered: bigint[] }[],
  line: ReplayLine,
  baud: number,
): { step: number; answered: bigint[] }[] {
  const { lo, hi, disturbanceMs } = line;
  if (typeof lo !== 'number' || typeof hi !== 'number' || typeof disturbanceMs !== 'number') return exchanges;
  for (const [place, { step, answered }] of exchanges.entries()) {
    const sent = steps[step];
    if (sent?.is !== 'awaited') continue;
    const wire = wireMs(sent.what.length, baud);
    const endedAt = answered.find((at) => Math.abs(Number(at - sent.at) / 1e6 - wire - hi) < sameMoment);
    if (endedAt === undefined) continue;
    steps[step] = { ...sent, exchange: { lo, hi, disturbanceMs, endedAt } };
    return exchanges.slice(place + 1);
  }
  return exchanges;
}

/** Takes the last commands away that are a bare `AT`, with their answers. */
function dropMeasurement(steps: Step[]): void {
  const isOther = (step: Step): boolean =>
    step.is === 'begun' ||
    (step.is === 'awaited' ? step.lane === 'uart' && step.what !== 'AT\r' : step.play.lane === 'control');
  const last = steps.findLastIndex(isOther);
  const first = steps.findIndex((step, at) => at > last && step.is === 'awaited' && step.lane === 'uart');
  if (first >= 0)
    steps.splice(first, steps.length - first, ...steps.slice(first).filter((s) => !isOfUart(s)));
}

const isOfUart = (step: Step): boolean =>
  step.is !== 'begun' && (step.is === 'awaited' ? step.lane : step.play.lane) === 'uart';
