import { parseTrace } from './level-trace.fixture.ts';

test('the kernel’s trace is read as driven levels: levels read, directions and comments are none', () => {
  const text = [
    '# tracer: nop',
    '#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
    '            node-51      [000] .....    12.045678: gpio_value: 475 set 1',
    '            node-51      [000] .....    12.045680: gpio_direction: 475 out (0)',
    '            node-51      [000] .....    12.045699: gpio_value: 475 get 1',
    '         gpioset-52      [000] d..1.  1200.000001: gpio_value: 22 set 0',
    '',
  ].join('\n');
  expect(parseTrace(text)).toEqual([
    { at: 12_045_678_000n, line: 475, level: 1 },
    { at: 1_200_000_001_000n, line: 22, level: 0 },
  ]);
});
