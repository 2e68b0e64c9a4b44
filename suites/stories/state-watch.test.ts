import type { TestModule, TestPlatform } from '../../harness/jest/suite.ts';
import { enrolments } from './enrolment.ts';
import { beginStory, disturb, networkSeconds, watchStates } from './state-watch.ts';

/** A module that answers after so many ms, and the network's time; both pass only here. */
function line({ clock, answerMs, toleranceS = 2 }: { clock: number; answerMs: number; toleranceS?: number }) {
  let now = 0n;
  const commands: string[] = [];
  const module = {
    at(command: string) {
      const sentAt = now;
      now += BigInt(answerMs * 1e6);
      commands.push(command);
      return Promise.resolve({ information: ['+QDMPCFG: 6,4'], timing: { sentAt, endedAt: now } });
    },
  } as unknown as TestModule;
  const platform = {
    clock,
    toleranceS,
    last: 0,
    pause(networkS: number) {
      now += BigInt(Math.ceil((networkS * 1e9) / clock));
      return Promise.resolve();
    },
  } as unknown as TestPlatform;
  const story = beginStory('test', platform, enrolments[0]);
  return { module, platform, story, commands, passed: () => networkSeconds(0n, now, clock) };
}

describe('the state is asked for', () => {
  test('some twenty times in the shortest state of a client, at the speed of a real network', async () => {
    const { module, platform, story, passed } = line({ clock: 1, answerMs: 20 });
    await watchStates(module, platform, story, { states: [], networkS: 70 });
    expect(passed()).toBeGreaterThanOrEqual(70);
    expect(story.polls.length).toBeGreaterThan(195);
    expect(story.polls.length).toBeLessThan(205);
    expect(story.blindS).toBeLessThan(0.4);
  });

  test('as fast as the line allows where network time is hurried', async () => {
    const { module, platform, story } = line({ clock: 150, answerMs: 20 });
    await watchStates(module, platform, story, { states: [], networkS: 60 });
    // An answer takes 3 s of network time.
    expect(story.polls).toHaveLength(22);
  });

  test('no more once it is there', async () => {
    const { module, platform, story } = line({ clock: 1, answerMs: 20 });
    expect(await watchStates(module, platform, story, { states: [4], networkS: 60 })).toMatchObject({
      dmstate: 4,
    });
    expect(story.polls).toHaveLength(1);
  });
});

test('other commands come when what was on the wire before them is too old to explain a change', async () => {
  for (const clock of [1, 150]) {
    const { module, platform, story, commands } = line({ clock, answerMs: 20 });
    await disturb(module, platform, story, ['AT+QDMPCFG?', 'AT+QDMPCFG=4,0']);
    expect(commands.filter((command) => command !== 'AT+QDMPCFG=6')).toEqual([
      'AT+QDMPCFG?',
      'AT+QDMPCFG=4,0',
    ]);
    const [first, second] = story.disturbances;
    expect(networkSeconds(0n, first!.before.askedAt, clock)).toBeGreaterThan(platform.toleranceS);
    expect(second!.before).toBe(first!.after);
  }
});
