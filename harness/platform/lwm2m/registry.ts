import { toNs } from '../../base/clock.ts';
import type { Peer } from '../coap/peer.ts';
import { type Random, randomName } from '../coap/random.ts';
import type { Endpoint } from './endpoint-name.ts';

/** A device that has registered; a snapshot, replaced when the device updates. */
export interface Registration {
  /** `/rd/` and ten letters or digits. */
  readonly location: string;
  readonly endpoint: Endpoint;
  /** Where it spoke from last: what the platform asks goes there. */
  readonly peer: Peer;
  /** Seconds. */
  readonly lifetimeS: number;
  /** The registration's payload: its objects in link format, one character a byte (latin1). */
  readonly objects: string;
  /** Monotonic ns: of the registration, and of the last thing that renewed it. */
  readonly registeredAt: bigint;
  readonly renewedAt: bigint;
}

export type NewRegistration = Pick<Registration, 'endpoint' | 'peer' | 'lifetimeS' | 'objects'>;

/** What a location stands for. */
export type Lookup = { readonly live: Registration } | { readonly gone: 'unknown' | 'expired' };

/** Who is registered. Knows no sockets and no timers: whoever asks says what time it is (monotonic ns). */
export interface Registry {
  /** A device that registers again replaces its registration (LwM2M 1.0 §5.3.1). */
  add(registration: NewRegistration, now: bigint): Registration;
  find(location: string, now: bigint): Lookup;
  /** Renews a registration; undefined when there is none. The peer may have changed (NAT, deep sleep). */
  renew(location: string, change: { peer: Peer; lifetimeS?: number }, now: bigint): Registration | undefined;
  remove(location: string): void;
  live(now: bigint): readonly Registration[];
}

/**
 * Ten, as Leshan has it, which the live platform most likely is: `/rd/` and ten are the 14 characters that
 * the smallest known client can keep (CMDMP.md §1.3).
 */
const ID_LENGTH = 10;

/** Far more than a bench has modules; what a flood of registrations may cost at most. */
const MOST = 1_000;

/**
 * @param pace seconds of a lifetime that pass in a second: above 1 where the module's network time is
 * accelerated (the rig file's `clock`), else 1
 */
export function createRegistry({ random, pace }: { random: Random; pace: number }): Registry {
  const byLocation = new Map<string, Registration>();
  const expired = ({ renewedAt, lifetimeS }: Registration, now: bigint): boolean =>
    now - renewedAt > toNs((lifetimeS * 1000) / pace);

  function add(registration: NewRegistration, now: bigint): Registration {
    for (const { location, endpoint } of byLocation.values()) {
      if (endpoint.text === registration.endpoint.text) byLocation.delete(location);
    }
    const oldest = byLocation.keys().next();
    if (byLocation.size >= MOST && !oldest.done) byLocation.delete(oldest.value);
    const location = `/rd/${randomName(random, ID_LENGTH)}`;
    const added = { ...registration, location, registeredAt: now, renewedAt: now };
    byLocation.set(location, added);
    return added;
  }

  return {
    add,
    find(location, now) {
      const found = byLocation.get(location);
      if (!found) return { gone: 'unknown' };
      return expired(found, now) ? { gone: 'expired' } : { live: found };
    },
    renew(location, { peer, lifetimeS }, now) {
      const found = byLocation.get(location);
      if (!found) return undefined;
      const renewed = { ...found, peer, lifetimeS: lifetimeS ?? found.lifetimeS, renewedAt: now };
      byLocation.set(location, renewed);
      return renewed;
    },
    remove: (location) => void byLocation.delete(location),
    live: (now) => [...byLocation.values()].filter((one) => !expired(one, now)),
  };
}
