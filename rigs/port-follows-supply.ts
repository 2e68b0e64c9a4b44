import { runAll } from '../harness/base/run-all.ts';
import type { Control } from './control/control.ts';
import type { SerialDevice } from './port/open-port.ts';
import type { ReopeningPort } from './port/reopening-port.ts';

/** ms; a USB adapter is ready after one or two seconds, behind a hub after twice as long. */
const attachLimitMs = 10_000;

/**
 * Extends the control of a board whose adapter vanishes with the supply: the port is closed before the supply goes and
 * opened when it comes back.
 * @param control a plain object, as `traceControl` returns, so that the spread copies all of it
 */
export const reopenPortWithSupply = (control: Control, port: ReopeningPort): Control => ({
  ...control,
  // In parallel, not after `on`: the boot text begins while the driver still presses the power key.
  on: async () => {
    try {
      await Promise.all([control.on(), port.attach(attachLimitMs)]);
    } catch (error) {
      // Ends the wait for the adapter, too. The first error counts.
      await port.detach().catch(() => {});
      throw error;
    }
  },
  off: () => runAll([() => port.detach(), () => control.off()]),
  rest: () => runAll([() => port.detach(), () => control.rest()]),
});

/**
 * Extends the control of a board whose supply can be cut: while it is cut, the transmit line is held low, so that it
 * does not feed the module. At rest the line idles high again, since a break could not be ended after this process.
 */
export const holdTransmitLowWhileOff = (
  control: Control,
  { transmit }: Pick<SerialDevice, 'transmit'>,
): Control => ({
  ...control,
  on: async () => {
    await transmit.letGo();
    await control.on();
  },
  // In parallel: the cut is timed, and must not wait for the port.
  off: async () => {
    await Promise.all([control.off(), transmit.holdLow()]);
  },
  letSpeak: () => transmit.letGo(),
  rest: async () => {
    try {
      await control.rest();
    } finally {
      await transmit.letGo();
    }
  },
});
