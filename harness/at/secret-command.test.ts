import { shortened } from '../base/escape.ts';
import { desk, failing, pass } from './test-desk.fixture.ts';
import { times } from './times.ts';

const key = 'S3cretKey!';
/** A command in which a message's cut would come in the middle of the key. */
const command = `AT+QDMPCFG=2,"${'M'.repeat(90)}","${key}",1,863703030822519`;
const shown = (text: string): string => text.replaceAll(key, 'S3cr****');

describe('a command that holds a secret', () => {
  test('is shown without it when it is not answered, and while its answer is owed', async () => {
    const bench = desk({ shown });
    const first = failing(bench.at.send(command));
    await pass(bench, times.answerMs + 10);
    const second = failing(bench.at.send('ATI'));
    await pass(bench, 2 * times.answerMs + times.lateAnswerMs, 50);
    for (const error of [await first, await second]) {
      expect(error.code).toBe('AT_TIMEOUT');
      expect(error.message).toContain('"S3cr*');
      expect(error.message).not.toContain('S3cre');
    }
  });

  test('is shown without it when it is aborted', async () => {
    const bench = desk({ shown });
    const ended = failing(
      bench.at.transmit(Buffer.from(command), { finals: 1, quietMs: 5, deadlineMs: 100 }),
    );
    bench.at.close();
    expect((await ended).message).not.toContain('S3cre');
  });
});

describe('what is cut for a message', () => {
  test('says so, and is no longer than it may be', () => {
    expect(shortened('abcdef', 6)).toBe('abcdef');
    expect(shortened('abcdefg', 6)).toBe('abcde…');
  });
});
