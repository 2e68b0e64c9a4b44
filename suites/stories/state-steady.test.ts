import { openKinds, steadyCommands, unsteady } from './state-steady.ts';
import { tell, told } from './told-story.fixture.ts';

const registered = [
  [10, told.register()],
  [11, told.registered],
] as const;
const by = (before: number, after: number) => [`${before} became ${after} by AT+QDMPCFG?`];

test.each([
  ['once it is registered', registered, [40, 6, 0], by(6, 0)],
  ['after an update', [...registered, [250, told.update()], [251, told.updated]], [300, 11, 6], by(11, 6)],
  ['while the registration is unanswered', registered.slice(0, 1), [20, 4, 0], by(4, 0)],
] as const)('a state that only the command can have changed: %s', (_, events, command, expected) => {
  const story = tell(events, { commands: [command] });
  expect([unsteady(story), steadyCommands(story)]).toEqual([expected, 1]);
});

test.each([
  ['by a packet that came with it', registered, [10.9, 4, 6]],
  ['once an update is due', registered, [170, 6, 13]],
  ['once a client may have given up', registered.slice(0, 1), [60, 4, 8]],
  ['after a refusal', [...registered, [250, told.update()], [251, told.refused]], [270, 12, 4]],
  ['before anything was sent', [], [5, 0, 4]],
] as const)('a state that may have changed by itself: %s', (_, events, command) => {
  const story = tell(events, { commands: [command] });
  expect([unsteady(story), steadyCommands(story)]).toEqual([[], 0]);
});

test('a state that stays is steady', () => {
  const story = tell(registered, { commands: [[40, 6, 6]] });
  expect([unsteady(story), steadyCommands(story)]).toEqual([[], 1]);
});

describe('saves of which nothing can be said, since an update was due before they were answered,', () => {
  const saving = (s: number) => {
    const { disturbances, ...rest } = tell(registered, { commands: [[s, 6, 6]] });
    return { ...rest, disturbances: disturbances.map((one) => ({ ...one, command: 'AT+QDMPCFG=0,0' })) };
  };
  const asking = tell(registered, { commands: [[40, 6, 6]] });

  test('stay open whatever the queries of the stories show', () => {
    expect(openKinds([saving(170), asking])).toEqual({ unsent: [], untimely: ['saves and erases'] });
  });

  test('do not where one of another story came in time', () => {
    expect(openKinds([saving(170), saving(40), asking])).toEqual({ unsent: [], untimely: [] });
  });
});

test('a kind of command that no story sent is told', () => {
  const asking = tell(registered, { commands: [[40, 6, 6]] });
  expect(openKinds([asking])).toEqual({ unsent: ['saves and erases'], untimely: [] });
});

test('commands of a story without a registration came neither in time nor late', () => {
  const silent = tell([], { commands: [[40, 0, 0]] });
  expect(openKinds([silent])).toEqual({
    unsent: ['queries and refused commands', 'saves and erases'],
    untimely: [],
  });
});
