import { describeOnoffLines } from '../line-suite.fixture.ts';
import { fakeChips } from './fake-chips.fixture.ts';

describe('lines driven by onoff, on a fake /sys/class/gpio', () => {
  describeOnoffLines(() => fakeChips());
});
