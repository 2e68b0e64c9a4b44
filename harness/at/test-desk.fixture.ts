import type { HilError } from '../base/error.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { memoryTrace } from '../base/trace.ts';
import type { AtClient, Boot } from './at-client.ts';
import { type AtClientOptions, createAtClient } from './client.ts';
import type { Exchange, Line } from './exchange.ts';
import { type ScriptedPort, scriptedPort } from './scripted-port.fixture.ts';

/** A client on a scripted port, with everything it reported. */
export interface Desk {
  readonly clock: ManualClock;
  readonly port: ScriptedPort;
  readonly trace: ReturnType<typeof memoryTrace>;
  readonly at: AtClient;
  readonly unsolicited: string[];
  readonly stray: string[];
  readonly boots: Boot[];
  readonly exchanges: Exchange[];
}

export function desk(options: Partial<AtClientOptions> = {}): Desk {
  const clock = new ManualClock();
  const port = scriptedPort(clock);
  const trace = memoryTrace();
  const at = createAtClient({ port, clock, trace, ...options });
  const unsolicited: string[] = [];
  const stray: string[] = [];
  const boots: Boot[] = [];
  const exchanges: Exchange[] = [];
  at.onUnsolicited(({ data }: Line) => unsolicited.push(data));
  at.onStray(({ data }: Line) => stray.push(data));
  at.onBoot((boot) => boots.push(boot));
  at.onExchange((exchange) => exchanges.push(exchange));
  return { clock, port, trace, at, unsolicited, stray, boots, exchanges };
}

/** Lets promises settle that need no time. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Moves the clock in steps; promises settle between them. */
export async function pass({ clock }: Pick<Desk, 'clock'>, ms: number, step = 10): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    clock.advance(Math.min(step, ms - passed));
    await settled();
  }
}

/** The error a promise rejects with. Handles the rejection at once, so the test may await it later. */
export function failing(promise: Promise<unknown>): Promise<HilError> {
  return promise.then(
    (value) => {
      throw new TypeError(`it resolved with ${JSON.stringify(value)}`);
    },
    (error: unknown) => error as HilError,
  );
}

/** What the boot ROM prints (TRANSCRIPTS.md §2). */
export const romBanner =
  '\n\rF1: 0000 0000\n\rV0: 0000 0000 [0001]\n\r00: 0006 000C\n\r01: 0000 0000\n\rU0: 0000 0001 [0000]\n\r' +
  'T0: 0000 00B4\n\rLeaving the BROM\n\r';
