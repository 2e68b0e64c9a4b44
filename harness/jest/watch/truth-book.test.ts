import type { Truth } from '../../../rigs/control/control.ts';
import { keepTruths } from './truth-book.ts';

const ns = (ms: number): bigint => BigInt(Math.round(ms * 1e6));

interface Times {
  readonly received?: number;
  readonly planned?: number;
  readonly last?: number;
}

/** An answer as planned: the command whole at 10 ms, the answer's last byte planned and written at 300 ms. */
function truth({ received = 10, planned = 300, last = planned }: Times = {}): Truth {
  return {
    command: 'AT',
    receivedAt: ns(received),
    readAt: ns(received),
    plannedAt: ns(planned - 1),
    firstAt: ns(last - 1),
    lastAt: ns(last),
    plannedLastAt: ns(planned),
  };
}

function book(): { tell: (truth: Truth) => void; truths: ReturnType<typeof keepTruths> } {
  let tell: (truth: Truth) => void = () => {};
  const truths = keepTruths({
    onTruth(listener) {
      tell = listener;
      return () => {};
    },
  });
  return { tell: (truth) => tell(truth), truths };
}

test.each([
  ['nothing, where all went as planned', {}, 300, 0],
  ['the time by which the command was read late', { received: 40, planned: 330 }, 330, 30],
  ['the time by which the answer was written late', { last: 380 }, 380, 80],
  ['the time it took to reach us, however long', {}, 760, 460],
])('the disturbance of an answer is %s', async (_, times, endedAt, expected) => {
  const { tell, truths } = book();
  tell(truth(times));
  expect(await truths.disturbanceOf('AT', ns(endedAt), ns(10))).toBe(expected);
});

test('the report of an earlier, equal command is not taken for this one', async () => {
  const { tell, truths } = book();
  tell(truth());
  const disturbance = truths.disturbanceOf('AT', ns(700), ns(400));
  tell(truth({ received: 400, planned: 600, last: 650 }));
  expect(await disturbance).toBe(100);
});
