import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How a command inside the Pi ended. */
export interface Done {
  readonly code: number;
  /** What it printed, on either output. */
  readonly output: string;
  readonly ms: number;
}

/** What the agent on the card (`image/agent.sh`) puts before its own lines. */
const MARK = '\x1e';

/** The console of the emulated Pi: the mini UART, at which the agent takes commands. */
export class PiConsole {
  #text = '';
  #number = 0;

  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (this.#text += text));
    // The machine is gone: what waits says so.
    socket.on('error', () => {});
  }

  /** Connects to QEMU's socket, which is there some time after its start. */
  static async connect(file: string, limitMs: number): Promise<PiConsole> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const socket = connect(file);
      try {
        await once(socket, 'connect');
        return new PiConsole(socket);
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await delay(50);
      }
    }
  }

  /** Waits until the agent takes commands. */
  async ready(limitMs: number): Promise<void> {
    await this.#until(new RegExp(`${MARK}ready\r?\n`), limitMs, 'the Pi did not boot');
  }

  /** Runs a command of bash inside; rejects after `limitMs`, while the command goes on. */
  async run(command: string, limitMs: number): Promise<Done> {
    const number = ++this.#number;
    const begun = performance.now();
    this.#text = '';
    this.#socket.write(`${number} ${Buffer.from(command).toString('base64')}\n`);
    const found = await this.#until(
      new RegExp(`^([^]*)${MARK}${number} (\\d+)\r?\n`),
      limitMs,
      `no end of: ${command}`,
    );
    return {
      code: Number(found[2]),
      output: found[1]!.replaceAll('\r\n', '\n'),
      ms: performance.now() - begun,
    };
  }

  close(): void {
    this.#socket.destroy();
  }

  async #until(wanted: RegExp, limitMs: number, what: string): Promise<RegExpExecArray> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const found = wanted.exec(this.#text);
      if (found) return found;
      if (this.#socket.destroyed) throw new Error(`${what}: the machine has ended`);
      if (performance.now() > deadline) throw new Error(`${what}, within ${limitMs / 1_000} s`);
      await delay(20);
    }
  }
}
