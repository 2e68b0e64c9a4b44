import { PinController } from './pin-controller.fixture.ts';

/** GPFSEL1 with line 17 an output. */
const line17 = 1 << 21;

test('a latch that is set shows once its line is an output, and not before', () => {
  const pins = new PinController();
  pins.write(0x1c, 1 << 17);
  expect(pins.level(17)).toBe(0);
  pins.write(0x04, line17);
  expect([pins.level(17), pins.level(27)]).toEqual([1, 0]);
});

test('a line that is cleared is low, and the others keep their level', () => {
  const pins = new PinController();
  pins.write(0x04, line17);
  pins.write(0x08, 1 << 6);
  pins.write(0x1c, (1 << 17) | (1 << 22));
  pins.write(0x28, 1 << 17);
  expect([pins.level(17), pins.level(22)]).toEqual([0, 1]);
});

test('a line that is made an input again falls to its pull', () => {
  const pins = new PinController();
  pins.write(0x04, line17);
  pins.write(0x1c, 1 << 17);
  pins.write(0x04, 0);
  expect(pins.level(17)).toBe(0);
});

test('a line with another function than output has the level of its pull', () => {
  const pins = new PinController();
  pins.write(0x1c, 1 << 14);
  // GPIO14 as TXD: ALT0.
  pins.write(0x04, 4 << 12);
  expect(pins.level(14)).toBe(0);
});
