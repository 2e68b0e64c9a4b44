import { EventEmitter, once } from 'node:events';

import { systemClock } from '../base/clock.ts';
import { type CommandLayer, openCommandLayer } from '../board/command-layer.fixture.ts';
import { openLoopbackSocket } from './loopback-socket.ts';
import { openNetwork } from './network.ts';
import { LIMIT_MS } from './udp-server.fixture.ts';

/** A module on a real network (loopback), with the real clock. */
export interface JoinedModule {
  readonly layer: CommandLayer;
  /** The states it showed, and when (monotonic, ms). */
  readonly states: readonly (readonly [at: number, state: number])[];
  /** Settles once the state was shown, with the time of the first one (monotonic, ms). */
  waitForState(state: number): Promise<number>;
  leave(): void;
}

interface JoinOptions {
  readonly settings?: Record<string, string>;
  /** Commands that it gets before it joins. */
  readonly commands?: readonly string[];
  /** Its saved update period. */
  readonly periodS?: number;
}

/**
 * @param port port of its server on 127.0.0.1
 * @param factor network seconds per second of real time
 */
export function joinModule(
  port: number,
  factor: number,
  { settings = {}, commands = [], periodS = 300 }: JoinOptions = {},
): JoinedModule {
  const layer = openCommandLayer([], settings);
  for (const command of [`AT+QDMPCFG=1,127.0.0.1,${port},${periodS}`, ...commands]) layer.send(command);
  layer.reboot();
  const states: [number, number][] = [];
  const news = new EventEmitter();
  const watched = new Proxy(layer.module, {
    set(target, name, value: number) {
      states.push([performance.now(), value]);
      news.emit('state');
      return Reflect.set(target, name, value);
    },
  });
  const network = openNetwork({ clock: systemClock, factor, openSocket: openLoopbackSocket });
  const leave = network.join(watched, () => layer.clientPlan());
  return {
    layer: layer,
    states,
    async waitForState(wanted) {
      const signal = AbortSignal.timeout(LIMIT_MS);
      for (;;) {
        const found = states.find(([, state]) => state === wanted);
        if (found) return found[0];
        await once(news, 'state', { signal });
      }
    },
    leave,
  };
}
