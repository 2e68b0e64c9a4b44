import { createAtClient } from '../../at/client.ts';
import type { Exchange } from '../../at/exchange.ts';
import type { DisturbanceOf } from '../../at/reporting.ts';
import { scriptedPort } from '../../at/scripted-port.fixture.ts';
import { settled } from '../../at/test-desk.fixture.ts';
import { type Clock, toNs } from '../../base/clock.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { memoryTrace } from '../../base/trace.ts';

/** A client whose event loop can be blocked: time passes without its timers. */
export function loadedDesk(disturbanceOf?: DisturbanceOf) {
  const timers = new ManualClock();
  let blockedMs = 0;
  const clock: Clock = { now: () => timers.now() + toNs(blockedMs), after: (ms, fn) => timers.after(ms, fn) };
  const port = scriptedPort(clock);
  const at = createAtClient({ port, clock, trace: memoryTrace(), ...(disturbanceOf && { disturbanceOf }) });
  const heard: Exchange[] = [];
  at.onExchange((exchange) => heard.push(exchange));
  return {
    port,
    at,
    heard,
    block: (ms: number) => void (blockedMs += ms),
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed++) {
        timers.advance(1);
        await settled();
      }
    },
  };
}
