import { describeOnoffLines } from '../line-suite.fixture.ts';
import { fakeChips } from './fake-chips.fixture.ts';

describe('lines driven by onoff, on a fake /sys/class/gpio', () => {
  // The program behind the files reads them after each change, so only long presses can be timed.
  describeOnoffLines(() => fakeChips(), { pulsesMs: [1_000], mostMoreMs: Infinity });
});
