import { toNs } from '../../base/clock.ts';
import type { Peer } from '../coap/peer.ts';
import { type Random, randomName } from '../coap/random.ts';
import type { Endpoint } from './endpoint-name.ts';

/** A device that has registered; a snapshot, replaced when the device updates. */
export interface Registration {
  /** `/rd/` and ten letters or digits. */
  readonly location: string;
  readonly endpoint: Endpoint;
  /** The source of its last request: the platform sends its requests there. */
  readonly peer: Peer;
  /** Seconds. */
  readonly lifetimeS: number;
  /** The payload of the registration: the objects in link format, one character a byte (latin1). */
  readonly objects: string;
  /** Monotonic ns: the time of the registration, and of the last request that renewed it. */
  readonly registeredAt: bigint;
  readonly renewedAt: bigint;
}

export type NewRegistration = Pick<Registration, 'endpoint' | 'peer' | 'lifetimeS' | 'objects'>;

/** The registration at a location, or why there is none. */
export type Lookup = { readonly live: Registration } | { readonly gone: 'unknown' | 'expired' };

/** The registered devices. Has no socket and no timer: the caller passes the time (monotonic ns). */
export interface Registry {
  /** A device that registers again replaces its registration (LwM2M 1.0 §5.3.1). */
  add(registration: NewRegistration, now: bigint): Registration;
  find(location: string, now: bigint): Lookup;
  /** Renews a registration; undefined if there is none. The peer may have changed (NAT, deep sleep). */
  renew(location: string, change: { peer: Peer; lifetimeS?: number }, now: bigint): Registration | undefined;
  remove(location: string): void;
  live(now: bigint): readonly Registration[];
}

/**
 * Ten characters, as in Leshan, on which the live platform is most likely based. With `/rd/` the location has 14
 * characters, the most that the smallest known client can store (CMDMP.md §1.3).
 */
const ID_LENGTH = 10;

/**
 * A rig has one module. It registers under a few names: with each account that the suites save, and with each IMEI. The
 * rest are strangers, and each costs memory and the reading of its object.
 */
export const MAX_REGISTRATIONS = 32;

interface RegistryOptions {
  readonly random: Random;
  /**
   * Seconds of a lifetime that pass in one second: above 1 if the module's network time is accelerated (`clock` in the rig
   * file), else 1.
   */
  readonly pace: number;
  /** The IMEI of the rig's module: it is not dropped for a stranger. */
  readonly imei?: string | undefined;
  /** Is called with a registration that makes room for another device. */
  readonly onDropped?: (registration: Registration) => void;
}

/** Creates an empty registry. */
export function createRegistry({ random, pace, imei, onDropped }: RegistryOptions): Registry {
  const byLocation = new Map<string, Registration>();
  const isExpired = ({ renewedAt, lifetimeS }: Registration, now: bigint): boolean =>
    now - renewedAt > toNs((lifetimeS * 1000) / pace);

  const isOwn = ({ endpoint: { identity, clear } }: Registration): boolean =>
    imei !== undefined && [identity.imei1, identity.imei2, clear?.imei].includes(imei);

  /** Drops the oldest stranger; if there is none, the oldest registration. */
  function drop(registrations: readonly Registration[]): void {
    const dropped = registrations.find((one) => !isOwn(one)) ?? registrations[0];
    if (!dropped) return;
    byLocation.delete(dropped.location);
    onDropped?.(dropped);
  }

  function add(registration: NewRegistration, now: bigint): Registration {
    for (const { location, endpoint } of byLocation.values()) {
      if (endpoint.text === registration.endpoint.text) byLocation.delete(location);
    }
    if (byLocation.size >= MAX_REGISTRATIONS) drop([...byLocation.values()]);
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
      return isExpired(found, now) ? { gone: 'expired' } : { live: found };
    },
    renew(location, { peer, lifetimeS }, now) {
      const found = byLocation.get(location);
      if (!found) return undefined;
      const renewed = { ...found, peer, lifetimeS: lifetimeS ?? found.lifetimeS, renewedAt: now };
      byLocation.set(location, renewed);
      return renewed;
    },
    remove: (location) => void byLocation.delete(location),
    live: (now) => [...byLocation.values()].filter((one) => !isExpired(one, now)),
  };
}
