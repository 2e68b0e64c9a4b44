import type { Clock } from '../harness/base/clock.ts';
import { systemClock } from '../harness/base/clock.ts';
import type { TraceSink } from '../harness/base/trace.ts';
import type { Capabilities, Control } from './control/control.ts';
import { openControl } from './control/open-control.ts';
import { traceControl } from './control/traced-control.ts';
import type { SerialDevice } from './port/open-port.ts';
import { openPort } from './port/open-port.ts';
import type { Port } from './port/port.ts';
import type { ReopeningPort } from './port/reopening-port.ts';
import { createReopeningPort } from './port/reopening-port.ts';
import type { RigFile } from './rig-file.ts';

interface BoardOptions {
  /** The run's folder: an emulated board keeps its files there while it runs. */
  readonly runFolder: string;
  readonly trace: TraceSink;
  /** Seeds an emulated board where the rig file does not. */
  readonly seed: number;
  readonly clock?: Clock;
}

/** An opened rig. */
export interface Board {
  readonly rig: RigFile;
  readonly port: Port;
  /** Every call of it stands in the trace. */
  readonly control: Control;
  readonly capabilities: Capabilities;
  /** Closes port and driver; idempotent. The board stays as it is: `control.rest()` comes before. */
  close(): Promise<void>;
}

/** Enumerating a USB adapter takes a second or two; a hub behind it as long again. */
const attachLimitMs = 10_000;

/**
 * The control of a board whose adapter vanishes with the supply: the port leaves before it and comes back with
 * it. `control` is a plain object (`traceControl` makes one), so that the spread takes all of it.
 */
const reopening = (control: Control, port: ReopeningPort): Control => ({
  ...control,
  // At once, not after `on`: the boot text begins while the driver is still pressing the power key.
  on: async () => {
    await Promise.all([control.on(), port.attach(attachLimitMs)]);
  },
  off: async () => {
    await port.detach();
    await control.off();
  },
  rest: async () => {
    await port.detach();
    await control.rest();
  },
});

/**
 * The control of a board whose supply can be cut: meanwhile the transmit line is held low, so that it does not
 * feed the module. At rest it idles again, since nobody could end a break after us.
 */
const unfed = (control: Control, { transmit }: SerialDevice): Control => ({
  ...control,
  on: async () => {
    await transmit.letGo();
    await control.on();
  },
  // Together: the cut is timed, and must not wait for the port.
  off: async () => {
    await Promise.all([control.off(), transmit.holdLow()]);
  },
  rest: async () => {
    try {
      await control.rest();
    } finally {
      await transmit.letGo();
    }
  },
});

interface Wires {
  readonly port: Port;
  readonly control: Control;
}

async function openWires(rig: RigFile, control: Control, device: string, clock: Clock): Promise<Wires> {
  const options = { path: device, baud: rig.serial.baud, clock };
  if (!rig.serial.reopen) {
    const port = await openPort(options);
    return { port, control: control.capabilities.supplyCut ? unfed(control, port) : control };
  }
  const port = createReopeningPort(options);
  return { port, control: reopening(control, port) };
}

/**
 * Opens a rig's board: the driver, then the port (before any power-on, so that no byte of a boot is missed),
 * then puts the board at rest, whatever state an earlier run left it in. The module is off, or with no
 * supply line as it was, until `control.on()`.
 * Rejects what `openControl`, `openPort` and the driver's `rest` reject; nothing stays open then.
 */
export async function openBoard(
  rig: RigFile,
  { runFolder, trace, seed, clock = systemClock }: BoardOptions,
): Promise<Board> {
  const opened = await openControl(rig, { runFolder, seed, clock });
  const traced = traceControl(opened.control, trace, clock);
  let port: Port | undefined;
  const close = async (): Promise<void> => {
    await port?.close();
    await traced.close();
  };
  try {
    const wires = await openWires(rig, traced, opened.device, clock);
    port = wires.port;
    await wires.control.rest();
    const facts = await opened.facts?.();
    if (facts) trace.write('note', clock.now(), { control: facts });
    return { rig, port, control: wires.control, capabilities: traced.capabilities, close };
  } catch (error) {
    await close();
    throw error;
  }
}
