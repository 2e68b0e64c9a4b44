import { accompanying } from './accompanying.ts';
import { desk, pass } from './test-desk.fixture.ts';

const answered = async (command: string, text: string): Promise<readonly string[]> => {
  const d = desk();
  d.port.answer(text);
  const answer = d.at.send(command);
  await pass(d, 1);
  return accompanying(await answer);
};

test('nothing comes with an error that stands alone', async () => {
  expect(await answered('AT+QDMPCFG=7', '\r\n+CME ERROR: 50\r\n')).toEqual([]);
});

test('an information line does, and so does a line of a name that nobody knows', async () => {
  const lines = ['+QDMPCFG: 7', 'invalid', '+QDMPERR: 50'];
  const text = lines.map((line) => `\r\n${line}\r\n`).join('');
  // The information lines first, whichever came first.
  expect(await answered('AT+QDMPCFG=7', `${text}\r\nERROR\r\n`)).toEqual(lines);
});

test.each(['+CEREG: 2', '+cpin: READY', '*MATREADY: 1', '+QATWAKEUP', 'CLOSE OK'])(
  '%s comes unasked, and says nothing of the command',
  async (line) => {
    expect(await answered('AT+QDMPCFG=7', `\r\n${line}\r\n\r\nERROR\r\n`)).toEqual([]);
  },
);

test('nor does the text of a boot that has been seen already', () => {
  const line = { data: 'Leaving the BROM', startedAt: 0n, endedAt: 0n };
  expect(accompanying({ information: [], unsolicited: [line] })).toEqual([]);
});
