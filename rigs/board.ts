import { type Clock, systemClock } from '../harness/base/clock.ts';
import { hasCode } from '../harness/base/error.ts';
import { everyOne } from '../harness/base/every-one.ts';
import type { TraceSink } from '../harness/base/trace.ts';
import type { Capabilities, Control } from './control/control.ts';
import { openControl } from './control/open-control.ts';
import type { ProgramWatch } from './control/programs/run-command.ts';
import { traceControl } from './control/traced-control.ts';
import type { RigFile } from './file/rig-file.ts';
import { openPort } from './port/open-port.ts';
import type { Port } from './port/port.ts';
import { createReopeningPort } from './port/reopening-port.ts';
import { holdTransmitLowWhileOff, reopenPortWithSupply } from './port-follows-supply.ts';

interface BoardOptions {
  /** The run's folder: an emulated board keeps its files there while it runs. */
  readonly runFolder: string;
  readonly trace: TraceSink;
  /** Seeds an emulated board where the rig file does not. */
  readonly seed: number;
  readonly clock?: Clock;
  /** Hears of the programs that drive the board. */
  readonly programs?: ProgramWatch | undefined;
  /** The board's lock, which those programs hold on while they run. */
  readonly lockDescriptors?: readonly number[] | undefined;
}

/** An opened rig. */
export interface Board {
  readonly rig: RigFile;
  readonly port: Port;
  /** Every call of it stands in the trace. */
  readonly control: Control;
  readonly capabilities: Capabilities;
  /** What is behind an error: a port that is gone because the emulated board has ended is that end. */
  explain(error: unknown): Promise<unknown>;
  /** Closes port and driver; idempotent. The board stays as it is: `control.rest()` comes before. */
  close(): Promise<void>;
}

interface Wires {
  readonly port: Port;
  readonly control: Control;
}

async function openWires(
  rig: RigFile,
  control: Control,
  options: Parameters<typeof createReopeningPort>[0],
): Promise<Wires> {
  if (!rig.serial.reopen) {
    const port = await openPort(options);
    return {
      port,
      control: control.capabilities.supplyCut ? holdTransmitLowWhileOff(control, port) : control,
    };
  }
  const port = createReopeningPort(options);
  return { port, control: reopenPortWithSupply(control, port) };
}

/**
 * Opens a rig's board: the driver, then the port (before any power-on, so that no byte of a boot is missed),
 * then puts the board at rest, whatever state an earlier run left it in. The module is off, or with no
 * supply line as it was, until `control.on()`.
 * Rejects what `openControl`, `openPort` and the driver's `rest` reject; nothing stays open then.
 */
export async function openBoard(
  rig: RigFile,
  { runFolder, trace, seed, clock = systemClock, programs, lockDescriptors }: BoardOptions,
): Promise<Board> {
  const opened = await openControl(rig, { runFolder, seed, clock, programs, lockDescriptors });
  const traced = traceControl(opened.control, trace, clock);
  let port: Port | undefined;
  const close = (): Promise<void> => everyOne([() => port?.close(), () => traced.close()]);
  try {
    const note = (text: string): void => void trace.write('note', clock.now(), { text });
    const wires = await openWires(rig, traced, {
      path: opened.device,
      baud: rig.serial.baud,
      clock,
      note,
    });
    port = wires.port;
    await wires.control.rest();
    const facts = await opened.facts?.();
    if (facts) trace.write('note', clock.now(), { control: facts });
    return {
      rig,
      port,
      control: wires.control,
      capabilities: traced.capabilities,
      explain: async (error) => (hasCode(error, 'PORT_GONE') && (await traced.ended?.())) || error,
      close,
    };
  } catch (error) {
    // What went wrong first is what counts.
    await close().catch(() => {});
    throw error;
  }
}
