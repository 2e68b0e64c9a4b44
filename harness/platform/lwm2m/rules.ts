import { type CredentialBook, isRefusal, type Refusal } from './credentials.ts';
import type { Endpoint } from './endpoint-name.ts';
import type { RequestFacts, Step } from './events.ts';
import type { Lookup, Registration } from './registry.ts';

/** What the rules say of a request: what it may bring about, or the code it is refused with. */
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

/** The code that says a step was done (CMDMP.md §1.3, §1.4). */
export const successCode: Readonly<Record<Exclude<Step, 'other'>, string>> = {
  register: '2.01',
  update: '2.04',
  deregister: '2.02',
};

/** LwM2M 1.0 §5.3.1; DMP leaves `lt` optional with the same default (CMDMP.md §1.3). */
const DEFAULT_LIFETIME_S = 86_400;
const MAX_LIFETIME_S = 0xffff_ffff;

/** Which step a request belongs to. A location holds whatever follows `/rd/`. */
export function stepOf(method: string, path: string): Step {
  if (path === '/rd') return method === 'POST' ? 'register' : 'other';
  if (method === 'POST') return 'update';
  return method === 'DELETE' ? 'deregister' : 'other';
}

/**
 * Judges a request; changes nothing.
 * @param find what a location stands for now
 */
export function ruleOn(
  request: RequestFacts,
  { book, find }: { book: CredentialBook; find: (location: string) => Lookup },
): Ruling {
  const { step } = request;
  const refused = (code: string, reason: string): Ruling => ({ step, refusal: { code, reason } });
  if (step === 'other') {
    return request.path === '/rd' ? refused('4.05', 'not a POST') : refused('4.04', 'no such resource');
  }
  const lifetimeS = lifetimeOf(request);
  if (lifetimeS === 'malformed') return refused('4.00', 'lt is no number of seconds');
  if (step === 'register') return registerRuling(request, lifetimeS, book);

  const found = find(request.path);
  if ('gone' in found) return refused('4.04', goneText[found.gone]);
  if (step === 'deregister') return { step, registration: found.live };
  return updateRuling(request, { registration: found.live, lifetimeS, book });
}

const goneText = {
  unknown: 'nobody is registered at this location',
  expired: 'the registration at this location has expired',
} as const;

function registerRuling(request: RequestFacts, lifetimeS: number | undefined, book: CredentialBook): Ruling {
  const { step } = request;
  const name = valueOf(request, 'ep');
  if (name === undefined) return { step, refusal: { code: '4.00', reason: 'no ep' } };
  const endpoint = book.authenticate(name);
  if (isRefusal(endpoint)) return { step, refusal: endpoint };
  return { step: 'register', endpoint, lifetimeS: lifetimeS ?? DEFAULT_LIFETIME_S };
}

/**
 * An update without `epi` is accepted: whether it must be there is for the suites to judge, by the event.
 * One that names another device than registered is not.
 */
function updateRuling(
  request: RequestFacts,
  context: { registration: Registration; lifetimeS: number | undefined; book: CredentialBook },
): Ruling {
  const { registration, lifetimeS, book } = context;
  const name = valueOf(request, 'epi');
  if (name === undefined) return { step: 'update', registration, lifetimeS, endpoint: undefined };
  const endpoint = book.authenticate(name);
  if (isRefusal(endpoint)) return { step: 'update', refusal: endpoint };
  if (!sameDevice(endpoint, registration.endpoint)) {
    return { step: 'update', refusal: { code: '4.00', reason: 'epi names another device than registered' } };
  }
  return { step: 'update', registration, lifetimeS, endpoint };
}

const sameDevice = (one: Endpoint, other: Endpoint): boolean =>
  one.appKey === other.appKey &&
  one.letter === other.letter &&
  one.identity.imei1 === other.identity.imei1 &&
  one.identity.imei2 === other.identity.imei2 &&
  one.identity.imsi === other.identity.imsi;

/** The lifetime asked for; undefined when it was not, which leaves the default or the one of before. */
function lifetimeOf(request: Pick<RequestFacts, 'query'>): number | undefined | 'malformed' {
  const text = valueOf(request, 'lt');
  if (text === undefined) return undefined;
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= MAX_LIFETIME_S ? seconds : 'malformed';
}

/** The value of the first query item `key=…`. Taken as it is: names hold `#`, `+` and `=`, nothing is decoded. */
export function valueOf({ query }: Pick<RequestFacts, 'query'>, key: string): string | undefined {
  const item = query.find((one) => one.startsWith(`${key}=`));
  return item?.slice(key.length + 1);
}
