import { SHORTEST_SILENCE_S } from './state-order.ts';
import { type Disturbance, networkSeconds, type StateStory } from './state-watch.ts';
import { isEvent, isRequest } from './story-events.ts';

/** Queries, and commands that every module has to refuse; none of them writes. */
export const harmlessCommands = [
  'AT+QDMPCFG=?',
  'AT+QDMPCFG?',
  'AT+QDMPCFG=4,0',
  'AT+QDMPCFG=4,1',
  'AT+QDMPCFG=4,2',
  'AT+QDMPCFGEX=?',
  'AT+QDMPCFGEX=0,1',
  'AT+QDMPCFGEX=4,1',
  'AT+QDMPCFG=0,9',
  'AT+QDMPCFG=1,192.0.2.7,5683,299',
  'AT+QDMPCFGEX=7,1',
] as const;

/** Whether packets or time alone may have changed the state between the two queries. */
function mayChange({ before, after }: Disturbance, { events, clock, toleranceS }: StateStory): boolean {
  const since = (from: bigint): number => networkSeconds(from, after.answeredAt, clock);
  // An event is stamped when the platform answers; the module reads the answer a little later.
  const isBetween = (at: bigint): boolean => at <= after.answeredAt && since(at) - toleranceS <= spanS;
  const spanS = networkSeconds(before.askedAt, after.answeredAt, clock);
  if (events.some((event) => event.type !== 'read' && isBetween(event.at))) return true;
  const past = events.filter(({ at }) => at < before.askedAt);
  const renewed = past.findLast((event) => isEvent('registered')(event) || isEvent('updated')(event));
  const asked = past.findLast((event) => isRequest('register')(event) || isRequest('update')(event));
  if (asked && (renewed === undefined || renewed.number < asked.number))
    return since(asked.at) >= SHORTEST_SILENCE_S - toleranceS || past.at(-1)?.type === 'refused';
  // Half of the lifetime is the earliest time for an update (STATE-UPDATE-TIME).
  if (renewed && 'registration' in renewed)
    return since(renewed.at) >= renewed.registration.lifetimeS / 2 - toleranceS;
  // Nothing was sent yet: a client connects when it likes.
  return true;
}

/** The commands that were sent while nothing else could change the state. */
const timely = (story: StateStory): readonly Disturbance[] =>
  story.disturbances.filter((one) => !mayChange(one, story));

/** Changes of the state that only the command in between can explain, in words. */
export const unsteady = (story: StateStory): readonly string[] =>
  timely(story)
    .filter(({ before, after }) => before.dmstate !== after.dmstate)
    .map(({ command, before, after }) => `${before.dmstate} became ${after.dmstate} by ${command}`);

const kindOf = ({ command }: Disturbance): string =>
  (harmlessCommands as readonly string[]).includes(command)
    ? 'queries and refused commands'
    : 'saves and erases';

/** Why a command that was sent says nothing. */
export const TOO_SLOW =
  'packets or time may have changed the state meanwhile: the line or the machine was too slow';

/** How many commands were sent while nothing else could change the state. */
export const steadyCommands = (story: StateStory): number => timely(story).length;

/** Kinds of commands that some story sent, and none while nothing else could change the state. */
export function openKinds(stories: readonly StateStory[]): readonly string[] {
  const sent = new Set(stories.flatMap(({ disturbances }) => disturbances.map(kindOf)));
  const judged = new Set(stories.flatMap(timely).map(kindOf));
  return [...sent].filter((kind) => !judged.has(kind));
}
