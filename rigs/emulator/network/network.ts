import type { Clock } from '../base/clock.ts';
import type { Module } from '../module/handler.ts';
import { Client } from './client.ts';
import type { ClientPlan } from './client-plan.ts';
import type { OpenSocket } from './loopback-socket.ts';
import { networkTime } from './network-time.ts';

export interface Network {
  /**
   * Starts the client of a module that has booted.
   * @param plan the client's plan, faults included
   * @returns ends the client; called when the module stops
   */
  join(module: Module, plan: () => ClientPlan): () => void;
}

interface NetworkParts {
  readonly clock: Clock;
  /** Network seconds per second of the clock. */
  readonly factor: number;
  readonly openSocket: OpenSocket;
}

/** A network in which each module that joins runs an LwM2M client. */
export function openNetwork({ clock, factor, openSocket }: NetworkParts): Network {
  const time = networkTime(clock, factor);
  return {
    join(module, plan) {
      const client = new Client({ module, time, openSocket, plan });
      return () => client.end();
    },
  };
}
