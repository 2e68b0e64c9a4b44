import { parseWrite } from './register-writes.fixture.ts';

const written =
  "4711@1795953600.250125:memory_region_ops_write cpu 3 mr 0x7fe7ddf79850 addr 0x3f20001c value 0x400000 size 4 name 'bcm2835_gpio'";

test('a write to the GPIO controller is read with its time on the monotonic clock', () => {
  expect(parseWrite(written, 1_795_953_000_000)).toEqual({
    offset: 0x1c,
    value: 1 << 22,
    atMs: 600_250.125,
  });
});

test.each(['bcm2835-aux', 'bcm2835-sdhost'])('a write to %s is left out', (name) => {
  expect(parseWrite(written.replace('bcm2835_gpio', name), 0)).toBeUndefined();
});
