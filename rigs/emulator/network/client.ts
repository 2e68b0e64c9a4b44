import type { Cancel } from '../base/clock.ts';
import { isRegistered, isServed } from '../commands/network.ts';
import type { Module } from '../module/handler.ts';
import { answerRequest } from './answer-request.ts';
import type { AccessState, ClientPlan } from './client-plan.ts';
import { coapCode, coapOption, textsOf } from './coap.ts';
import { Connection } from './connection.ts';
import { registrationName, updateName } from './endpoint-name.ts';
import type { Outcome } from './exchange.ts';
import type { OpenSocket } from './loopback-socket.ts';
import type { NetworkTime } from './network-time.ts';
import { registerRequest } from './register-request.ts';

interface ClientParts {
  readonly module: Module;
  readonly time: NetworkTime;
  readonly openSocket: OpenSocket;
  readonly plan: () => ClientPlan;
}

/** The client's task runs once a second (CMDMP.md §2.3). */
const PUMP_S = 1;

/** How often a client that has nothing to do looks whether that has changed, s. */
const IDLE_PUMP_S = 15;

/**
 * The LwM2M client from one boot to the next. It attaches, connects, registers and updates, and starts again after a
 * failure (CMDMP.md §2).
 */
export class Client {
  readonly #parts: ClientParts;
  #connection: Connection | undefined;
  /** Cancels the next step: attach, connect, register or update. */
  #next: Cancel | undefined;
  #expiry: Cancel | undefined;
  /** Cancels a registration that nothing asks for. */
  #again: Cancel | undefined;
  #registrations = 0;
  #location: readonly string[] = [];
  #failures = 0;
  #messageId: number;

  /** Starts at once to wait for the network. */
  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#messageId = Math.floor(parts.module.random() * 0x10000);
    const { attachDelayMs } = parts.module.settings;
    this.#later(attachDelayMs / 1000 + parts.plan().startsAfterS, () => this.#attach());
  }

  /** Ends at once: no packet is sent and no state changes after it. */
  end(): void {
    this.#next?.();
    this.#expiry?.();
    this.#again?.();
    this.#connection?.close();
    this.#connection = undefined;
  }

  #later(seconds: number, step: () => void): void {
    this.#next?.();
    this.#next = this.#parts.time.at(this.#parts.time.now() + seconds, step);
  }

  #show(reached: AccessState): void {
    const { module, plan } = this.#parts;
    module.dmState = plan().stateShown(reached) ?? module.dmState;
  }

  #attach(): void {
    const { module, plan } = this.#parts;
    if (!isClientServed(module)) return;
    if (!plan().enabled) this.#later(IDLE_PUMP_S, () => this.#attach());
    else if (isRegistered(module)) this.#connect();
    else this.#later(PUMP_S, () => this.#attach());
  }

  #connect(): void {
    const { module, plan, time, openSocket } = this.#parts;
    if (!plan().enabled) return;
    if (module.settings.socket === 'fails') {
      this.#failed(5);
      return;
    }
    this.#connection = new Connection({
      server: plan().server,
      time,
      openSocket,
      hasCoverage: () => isRegistered(module),
      nextId: () => this.#nextId(),
      timeoutS: () => module.settings.coapTimeoutS,
      answer: (request) => answerRequest(request, plan()),
      onOpen: () => this.#connected(),
      onFailed: () => this.#failed(5),
    });
  }

  #nextId(): number {
    this.#messageId = (this.#messageId + 1) & 0xffff;
    return this.#messageId;
  }

  /** State 4 means that there is a socket; no packet has been sent by then. */
  #connected(): void {
    this.#show(4);
    this.#later(PUMP_S, () => this.#register());
  }

  #register(): void {
    const { module, plan } = this.#parts;
    this.#connection?.request(registerRequest(plan(), registrationName(plan(), module)), (outcome) => {
      if (outcome === 'timeout') this.#failed(8);
      else if (outcome === 'reset' || outcome.code !== coapCode.created) this.#failed(7);
      else this.#registered(textsOf(outcome, coapOption.locationPath));
    });
  }

  #registered(location: readonly string[]): void {
    this.#location = location;
    this.#failures = 0;
    this.#registrations += 1;
    this.#show(6);
    this.#beginLifetime();
    const { plan, time } = this.#parts;
    const { registersAgainAfterS } = plan();
    if (registersAgainAfterS === undefined || this.#registrations > 1) return;
    this.#again = time.at(time.now() + registersAgainAfterS, () => this.#register());
  }

  #beginLifetime(): void {
    const { plan, time } = this.#parts;
    const { updateAfterS, expiresAfterS } = plan();
    this.#next?.();
    this.#expiry?.();
    if (updateAfterS !== undefined) this.#later(updateAfterS, () => this.#update());
    if (expiresAfterS !== undefined) {
      this.#expiry = time.at(time.now() + expiresAfterS, () => this.#expire());
    }
  }

  #update(): void {
    const { module, plan } = this.#parts;
    if (!plan().enabled) {
      this.end();
      return;
    }
    const path = plan().updatePath(this.#location);
    const query = [`epi=${updateName(plan(), module)}`];
    this.#connection?.request({ code: coapCode.post, path, query }, (outcome) => this.#updated(outcome));
  }

  #updated(outcome: Outcome): void {
    if (outcome === 'timeout') this.#failed(13);
    else if (outcome === 'reset' || outcome.code !== coapCode.changed) this.#failed(12);
    else {
      this.#show(11);
      this.#beginLifetime();
    }
  }

  /** The lifetime has passed. If an update is on its way, its result decides (CMDMP.md §2.2). */
  #expire(): void {
    if (this.#connection?.isBusy) return;
    this.#show(9);
    if (this.#parts.module.settings.lifetimeExpiry === 'update') this.#update();
    else this.#deregister();
  }

  /** MTK does not wait for the answer, and does not register again until a reboot (CMDMP.md §1.4, §2.4). */
  #deregister(): void {
    this.#connection?.sendOnce({ code: coapCode.delete, path: this.#location });
    this.end();
  }

  /** After any failure the client starts again with a new socket (CMDMP.md §2.5). */
  #failed(state: 5 | 7 | 8 | 12 | 13): void {
    const { module, plan } = this.#parts;
    this.end();
    this.#show(state);
    if (this.#failures >= plan().retries) return;
    this.#failures += 1;
    this.#later(module.settings.retryDelayS, () => this.#connect());
  }
}

/** Whether SIM and network are ones with which the client runs. */
const isClientServed = (module: Module): boolean => {
  const { sim, imsi, network } = module.settings;
  return sim === 'present' && isServed(module, imsi) && isServed(module, network);
};
