import { escapeJson, escapeText } from './escape.ts';

const everyByte = String.fromCharCode(...Array(256).keys());

test('JSON keeps its value and has no control character that a terminal obeys', () => {
  const json = escapeJson(JSON.stringify({ [everyByte]: everyByte }));
  expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(JSON.parse(json)).toEqual({ [everyByte]: everyByte });
});

test('text keeps line breaks and tabs only', () => {
  expect(escapeText(everyByte)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  expect(escapeText('a\u001b[31m\u009b\tb\n')).toBe('a\\x1b[31m\\x9b\tb\n');
});
