import { checkCommands } from './check-commands.ts';

test('commands of one line each are in order', () => {
  expect(() => checkCommands(['ATI', ' AT+QDMPCFG=4,1 '])).not.toThrow();
});

test.each([
  [['ATI', ''], /^command 2 is empty/],
  [[' '], /^command 1 is empty/],
  [['ATI\nAT+CGSN=1'], /^command 1 has more than one line; .*'ATI\\nAT\+CGSN=1'$/],
  [['ATI\r'], /^command 1 has more than one line/],
  [['AT+X="\u20ac"'], /^command 1 holds a character that is not one byte/],
  [['AT+QDMPCFG=2,"A","secret-of-the-module",0\n'], /^(?!.*secret-of)/],
])('%j is wrong usage, in one line', (commands, message) => {
  let thrown: unknown;
  try {
    checkCommands(commands);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'USAGE', message: expect.stringMatching(message) as string });
  expect((thrown as Error).message).not.toMatch(/[\r\n]/);
});
