import { option, textOption } from '../coap/options.ts';
import type { Peer } from '../coap/peer.ts';
import type { ResponseParts } from '../coap/reply.ts';
import type { EventBody } from './events.ts';
import type { Registration, Registry } from './registry.ts';
import { type Ruling, successCode } from './rules.ts';

/** A ruling that lets the request through. */
type Grant = Exclude<Ruling, { refusal: unknown }>;

/** What a granted request has brought about. */
interface Effect {
  readonly response: ResponseParts;
  readonly event: EventBody & { readonly registration: Registration };
}

const plain = (code: string): ResponseParts => ({ code, options: [], payload: '' });

/**
 * Brings about what was granted.
 * @param objects the request's payload, for a registration
 * @param now monotonic ns
 * @returns undefined when the registration has gone since it was granted (a delayed answer)
 */
export function bringAbout(
  grant: Grant,
  { peer, objects }: { peer: Peer; objects: string },
  registry: Registry,
  now: bigint,
): Effect | undefined {
  switch (grant.step) {
    case 'register': {
      const { endpoint, lifetimeS } = grant;
      const registration = registry.add({ endpoint, lifetimeS, peer, objects }, now);
      // RFC 7252 §5.10.7: an option for each segment.
      const segments = registration.location.split('/').slice(1);
      const options = segments.map((segment) => textOption(option.locationPath, segment));
      return {
        response: { ...plain(successCode.register), options },
        event: { type: 'registered', registration },
      };
    }
    case 'update': {
      const { endpoint, lifetimeS } = grant;
      const change = { peer, ...(lifetimeS === undefined ? {} : { lifetimeS }) };
      const registration = registry.renew(grant.registration.location, change, now);
      return (
        registration && {
          response: plain(successCode.update),
          event: { type: 'updated', registration, endpoint },
        }
      );
    }
    case 'deregister': {
      const { registration } = grant;
      registry.remove(registration.location);
      return {
        response: plain(successCode.deregister),
        event: { type: 'deregistered', registration },
      };
    }
  }
}
