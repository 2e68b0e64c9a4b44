import { describeOnoffLines } from '../line-suite.fixture.ts';
import { fakeChips } from './fake-chips.fixture.ts';

describe('lines driven by onoff, on a fake /sys/class/gpio', () => {
  // The program behind the files looks when it is told that they changed: what it misses of a long press is little.
  describeOnoffLines(() => fakeChips(), { pulsesMs: [1_000], mostMoreMs: Infinity });
});
