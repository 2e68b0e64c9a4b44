import type { Truth } from '../../../rigs/control/control.ts';
import { compareShares, sharesOf } from './own-share.ts';

const ms = (value: number): bigint => BigInt(Math.round(value * 1e6));

/** An answer whose command was read at `readAt` and which was written by `lastAt`, ms. */
const truth = (readAt: number, lastAt: number): Truth => ({
  command: 'AT',
  receivedAt: ms(readAt),
  readAt: ms(readAt),
  plannedAt: ms(lastAt),
  plannedLastAt: ms(lastAt),
  firstAt: ms(lastAt),
  lastAt: ms(lastAt),
});

describe('our own share of a round trip', () => {
  test('is the time before the module had the command and after it had answered', () => {
    expect(sharesOf([[ms(100), ms(120)]], [truth(100.2, 119.5)])).toEqual([expect.closeTo(0.7, 6)]);
  });

  test('pairs each round trip with the answer within it, and leaves out those without one', () => {
    const truths = [truth(10.1, 19.9), truth(50.3, 59.8)];
    const trips = [
      [ms(10), ms(20)],
      [ms(30), ms(40)],
      [ms(50), ms(60)],
    ] as const;
    expect(sharesOf(trips, truths)).toEqual([expect.closeTo(0.2, 6), expect.closeTo(0.5, 6)]);
  });

  test('is compared with that of a bare serialport by the medians', () => {
    expect(compareShares([0.4, 0.2, 9], [0.1, 0.3])).toEqual({
      measurable: true,
      exchanges: 3,
      medianMs: 0.4,
      bareMedianMs: expect.closeTo(0.2, 6) as number,
      ratio: expect.closeTo(2, 6) as number,
    });
  });

  test('is not measurable where nothing could be paired', () => {
    expect(compareShares([], [0.1])).toMatchObject({ measurable: false });
  });
});
