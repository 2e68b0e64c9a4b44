import { type CredentialBook, isRefusal, type Refusal } from './credentials.ts';
import type { Endpoint } from './endpoint-name.ts';
import type { RequestFacts, Step } from './events.ts';
import type { Lookup, Registration } from './registry.ts';

/** The decision on a request: what it may change, or why it is refused. */
export type Ruling =
  | { readonly step: 'register'; readonly endpoint: Endpoint; readonly lifetimeS: number }
  | {
      readonly step: 'update';
      readonly registration: Registration;
      readonly endpoint: Endpoint | undefined;
      readonly lifetimeS: number | undefined;
    }
  | { readonly step: 'deregister'; readonly registration: Registration }
  | { readonly step: Step; readonly refusal: Refusal };

/** The success code of each step (CMDMP.md §1.3, §1.4). */
export const successCode: Readonly<Record<Exclude<Step, 'other'>, string>> = {
  register: '2.01',
  update: '2.04',
  deregister: '2.02',
};

/** LwM2M 1.0 §5.3.1. In DMP `lt` is optional, with the same default (CMDMP.md §1.3). */
const DEFAULT_LIFETIME_S = 86_400;
const MAX_LIFETIME_S = 0xffff_ffff;

/** The step that a request belongs to. A POST or DELETE to any path but `/rd` goes to a location. */
export function stepOf(method: string, path: string): Step {
  if (path === '/rd') return method === 'POST' ? 'register' : 'other';
  if (method === 'POST') return 'update';
  return method === 'DELETE' ? 'deregister' : 'other';
}

/**
 * Decides on a request by the rules. Changes nothing.
 * @param find looks up a location at the present time
 */
export function judgeRequest(
  request: RequestFacts,
  { book, find }: { book: CredentialBook; find: (location: string) => Lookup },
): Ruling {
  const { step } = request;
  const refused = (code: string, reason: string): Ruling => ({ step, refusal: { code, reason } });
  if (step === 'other') {
    if (request.path === '/rd') return refused('4.05', 'not a POST');
    if ('live' in find(request.path)) return refused('4.05', 'a registration takes POST and DELETE only');
    return refused('4.04', 'no such resource');
  }
  const lifetimeS = requestedLifetime(request);
  if (lifetimeS === 'malformed') return refused('4.00', 'lt is not a number of seconds');
  if (step === 'register') return registerRuling(request, lifetimeS, book);

  const found = find(request.path);
  if ('gone' in found) return refused('4.04', goneText[found.gone]);
  if (step === 'deregister') return { step, registration: found.live };
  return updateRuling(request, { registration: found.live, lifetimeS, book });
}

const goneText = {
  unknown: 'no device is registered at this location',
  expired: 'the registration at this location has expired',
} as const;

function registerRuling(request: RequestFacts, lifetimeS: number | undefined, book: CredentialBook): Ruling {
  const { step } = request;
  const name = queryValue(request, 'ep');
  if (name === undefined) return { step, refusal: { code: '4.00', reason: 'no ep' } };
  const endpoint = book.authenticate(name);
  if (isRefusal(endpoint)) return { step, refusal: endpoint };
  return { step: 'register', endpoint, lifetimeS: lifetimeS ?? DEFAULT_LIFETIME_S };
}

/**
 * Accepts an update without `epi`: the suites judge by the event whether it is missing. Refuses an update that
 * names another device than the registration.
 */
function updateRuling(
  request: RequestFacts,
  context: { registration: Registration; lifetimeS: number | undefined; book: CredentialBook },
): Ruling {
  const { registration, lifetimeS, book } = context;
  const name = queryValue(request, 'epi');
  if (name === undefined) return { step: 'update', registration, lifetimeS, endpoint: undefined };
  const endpoint = book.authenticate(name);
  if (isRefusal(endpoint)) return { step: 'update', refusal: endpoint };
  if (!sameDevice(endpoint, registration.endpoint)) {
    return {
      step: 'update',
      refusal: { code: '4.00', reason: 'epi names another device than the registration' },
    };
  }
  return { step: 'update', registration, lifetimeS, endpoint };
}

const sameDevice = (one: Endpoint, other: Endpoint): boolean =>
  one.appKey === other.appKey &&
  one.letter === other.letter &&
  one.identity.imei1 === other.identity.imei1 &&
  one.identity.imei2 === other.identity.imei2 &&
  one.identity.imsi === other.identity.imsi;

/** The requested lifetime; undefined if none is requested: then the default or the earlier one holds. */
function requestedLifetime(request: Pick<RequestFacts, 'query'>): number | undefined | 'malformed' {
  const text = queryValue(request, 'lt');
  if (text === undefined) return undefined;
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= MAX_LIFETIME_S ? seconds : 'malformed';
}

/** The value of the first query item `key=…`. It is not decoded: endpoint names contain `#`, `+` and `=`. */
export function queryValue({ query }: Pick<RequestFacts, 'query'>, key: string): string | undefined {
  const item = query.find((one) => one.startsWith(`${key}=`));
  return item?.slice(key.length + 1);
}
