import { everyOne } from '../harness/base/every-one.ts';
import type { Control } from './control/control.ts';
import type { SerialDevice } from './port/open-port.ts';
import type { ReopeningPort } from './port/reopening-port.ts';

/** Enumerating a USB adapter takes a second or two; a hub behind it as long again. */
const attachLimitMs = 10_000;

/**
 * The control of a board whose adapter vanishes with the supply: the port leaves before it and comes back with
 * it. `control` is a plain object (`traceControl` makes one), so that the spread takes all of it.
 */
export const reopenPortWithSupply = (control: Control, port: ReopeningPort): Control => ({
  ...control,
  // At once, not after `on`: the boot text begins while the driver is still pressing the power key.
  on: async () => {
    try {
      await Promise.all([control.on(), port.attach(attachLimitMs)]);
    } catch (error) {
      // Whichever failed, nobody waits for the adapter any more. Why it failed is what counts, not how that ends.
      await port.detach().catch(() => {});
      throw error;
    }
  },
  off: () => everyOne([() => port.detach(), () => control.off()]),
  rest: () => everyOne([() => port.detach(), () => control.rest()]),
});

/**
 * The control of a board whose supply can be cut: meanwhile the transmit line is held low, so that it does not
 * feed the module. At rest it idles again, since nobody could end a break after us.
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
