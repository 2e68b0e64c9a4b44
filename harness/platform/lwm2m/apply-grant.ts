import { option, textOption } from '../coap/options.ts';
import type { Peer } from '../coap/peer.ts';
import type { ResponseParts } from '../coap/reply.ts';
import type { EventBody } from './events.ts';
import type { Registration, Registry } from './registry.ts';
import { type Ruling, successCode } from './rules.ts';

type Grant = Exclude<Ruling, { refusal: unknown }>;

interface Effect {
  readonly response: ResponseParts;
  readonly event: EventBody & { readonly registration: Registration };
}

const withoutOptions = (code: string): ResponseParts => ({ code, options: [], payload: '' });

/**
 * Applies a granted request to the registry.
 * @param objects the payload of a registration
 * @param now monotonic ns
 * @returns undefined if the registration was removed after the grant (possible when the answer is delayed)
 */
export function applyGrant(
  grant: Grant,
  { peer, objects }: { peer: Peer; objects: string },
  registry: Registry,
  now: bigint,
): Effect | undefined {
  switch (grant.step) {
    case 'register': {
      const { endpoint, lifetimeS } = grant;
      const registration = registry.add({ endpoint, lifetimeS, peer, objects }, now);
      // RFC 7252 §5.10.7: one option for each segment.
      const segments = registration.location.split('/').slice(1);
      const options = segments.map((segment) => textOption(option.locationPath, segment));
      return {
        response: { ...withoutOptions(successCode.register), options },
        event: { type: 'registered', registration },
      };
    }
    case 'update': {
      const { endpoint, lifetimeS } = grant;
      const change = { peer, ...(lifetimeS === undefined ? {} : { lifetimeS }) };
      const registration = registry.renew(grant.registration.location, change, now);
      return (
        registration && {
          response: withoutOptions(successCode.update),
          event: { type: 'updated', registration, endpoint },
        }
      );
    }
    case 'deregister': {
      const { registration } = grant;
      registry.remove(registration.location);
      return {
        response: withoutOptions(successCode.deregister),
        event: { type: 'deregistered', registration },
      };
    }
  }
}
