import { type Key, KeyFilter } from './keys.ts';

test('keys are removed from the input, in whichever chunk they come', () => {
  const pressed: Key[] = [];
  const filter = new KeyFilter((key) => pressed.push(key));
  filter.write(Buffer.from('A\x12T\x10'));
  filter.write(Buffer.from('I\r\x0f\x18'));
  expect(String(filter.read())).toBe('ATI\r');
  expect(pressed).toEqual(['reset', 'on', 'off', 'end']);
});
