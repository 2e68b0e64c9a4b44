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

const kinds = ['queries and refused commands', 'saves and erases'] as const;
type Kind = (typeof kinds)[number];

const kindOf = ({ command }: Disturbance): Kind =>
  kinds[(harmlessCommands as readonly string[]).includes(command) ? 0 : 1];

/** Why a command that was sent says nothing. */
export const TOO_SLOW =
  'packets or time may have changed the state meanwhile: the line or the machine was too slow';

/** How many commands were sent while nothing else could change the state. */
export const steadyCommands = (story: StateStory): number => timely(story).length;

/**
 * The kinds of commands of which the stories say nothing: `unsent` in any, or `untimely` in all. A story without a
 * registration counts for neither: a client connects when it likes.
 */
export function openKinds(stories: readonly StateStory[]): Record<'unsent' | 'untimely', readonly Kind[]> {
  const begun = stories.filter(({ events }) => events.some(isRequest('register')));
  const sent = new Set(begun.flatMap(({ disturbances }) => disturbances.map(kindOf)));
  const judged = new Set(begun.flatMap(timely).map(kindOf));
  return {
    unsent: kinds.filter((kind) => !sent.has(kind)),
    untimely: kinds.filter((kind) => sent.has(kind) && !judged.has(kind)),
  };
}
