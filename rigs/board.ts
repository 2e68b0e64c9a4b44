import { type Clock, systemClock } from '../harness/base/clock.ts';
import { hasCode } from '../harness/base/error.ts';
import { runAll } from '../harness/base/run-all.ts';
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
import type { Replay } from './replay/replay.ts';

interface BoardOptions {
  /** The run's folder: an emulated board keeps its files there while it runs. */
  readonly runFolder: string;
  readonly trace: TraceSink;
  /** Seed of an emulated board if the rig file gives none. */
  readonly seed: number;
  readonly clock?: Clock;
  /** Is told about the programs that drive the board. */
  readonly programs?: ProgramWatch | undefined;
  /** The board's lock, which those programs inherit. */
  readonly lockDescriptors?: readonly number[] | undefined;
  /** Stands in for the board. */
  readonly replay?: Replay | undefined;
}

/** An opened rig. */
export interface Board {
  readonly rig: RigFile;
  readonly port: Port;
  /** Every call is in the trace. */
  readonly control: Control;
  readonly capabilities: Capabilities;
  /** What a replayed trace says of delays that were not the module's, ms; absent on every other board. */
  readonly disturbanceOf?: Replay['disturbanceOf'];
  /** Finds the cause of an error: if an emulated board has ended, its end instead of PORT_GONE. */
  explain(error: unknown): Promise<unknown>;
  /** Closes port and driver; idempotent. Does not touch the board: call `control.rest()` before. */
  close(): Promise<void>;
}

interface PortAndControl {
  readonly port: Port;
  readonly control: Control;
}

async function openPortAndControl(
  rig: RigFile,
  control: Control,
  options: Parameters<typeof createReopeningPort>[0],
): Promise<PortAndControl> {
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
 * Opens a rig's board: first the driver, then the port, before any power-on, so that no byte of a boot is missed. Then
 * puts the board at rest, since an earlier run may have left it in any state. The module is off until `control.on()`
 * (without a supply line: as it was). After an error nothing stays open.
 * @throws as `openControl`, `openPort` and the driver's `rest`
 */
export async function openBoard(
  rig: RigFile,
  { runFolder, trace, seed, clock = systemClock, programs, lockDescriptors, replay }: BoardOptions,
): Promise<Board> {
  if (replay) return openReplayed(rig, replay, trace);
  const opened = await openControl(rig, { runFolder, seed, clock, programs, lockDescriptors });
  const traced = traceControl(opened.control, trace, clock);
  let port: Port | undefined;
  const close = (): Promise<void> => runAll([() => port?.close(), () => traced.close()]);
  try {
    const note = (text: string): void => void trace.write('note', clock.now(), { text });
    const wired = await openPortAndControl(rig, traced, {
      path: opened.device,
      baud: rig.serial.baud,
      clock,
      note,
    });
    port = wired.port;
    await wired.control.rest();
    const facts = await opened.facts?.();
    if (facts) trace.write('note', clock.now(), { control: facts });
    return {
      rig,
      port,
      control: wired.control,
      capabilities: traced.capabilities,
      explain: async (error) => (hasCode(error, 'PORT_GONE') && (await traced.ended?.())) || error,
      close,
    };
  } catch (error) {
    // The first error counts.
    await close().catch(() => {});
    throw error;
  }
}

/** Opens a board that is a replay; its port is open from the start. */
async function openReplayed(rig: RigFile, replay: Replay, trace: TraceSink): Promise<Board> {
  const { port, clock, disturbanceOf } = replay;
  const control = traceControl(replay.control, trace, clock);
  await control.rest();
  return {
    rig,
    port,
    control,
    capabilities: control.capabilities,
    disturbanceOf,
    explain: (error) => Promise.resolve(port.gone ?? error),
    close: () => Promise.resolve(replay.close()),
  };
}
