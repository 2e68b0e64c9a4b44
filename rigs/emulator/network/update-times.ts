import type { Settings } from '../settings/settings.ts';

/** The lifetime minus the update period, if the two differ (RDA-CUS; CMDMP.md §2.4). */
const LIFETIME_MARGIN_S = 46;

/** The registered lifetime, s (CMDMP.md §2.4: equal, RDA-CUS, XY DM4). */
export function lifetimeOf(periodS: number, { lifetimeRule }: Settings): number {
  const rules = { equal: periodS, plus46: periodS + LIFETIME_MARGIN_S, tenfold: periodS * 10 };
  return rules[lifetimeRule];
}

/**
 * The longest T that a client with the CIS core's times is known to have, s: with 6 or 10 (EC, by coverage) goes a timer of
 * its own, 10 s before the period ends (CMDMP.md §2.3, §2.4).
 */
const LONGEST_CIS_TIMEOUT_S = 4;

/** How long before the end of a lifetime that is the period itself a client wakes up to update, s (EC; CMDMP.md §2.4). */
const WAKES_BEFORE_S = 10;

/** Seconds from a registration or update to the next update. */
export function updateAfter(periodS: number, lifetimeS: number, settings: Settings): number {
  const timeoutS = Math.min(settings.coapTimeoutS, LONGEST_CIS_TIMEOUT_S);
  const share = (lifetimeS * settings.updatePercent) / 100;
  switch (settings.updateRule) {
    case 'share':
      return share;
    case 'period':
      return lifetimeS > periodS ? periodS : lifetimeS - WAKES_BEFORE_S;
    case 'event':
      return updateEvents(lifetimeS, timeoutS)[0] ?? share;
    case 'flag':
      return updateEvents(lifetimeS, timeoutS).find((at) => at >= share) ?? share;
  }
}

/**
 * When the CIS core asks for an update (its event 14), s after the registration. The first time is a window before
 * the end of the lifetime; each further one follows after half of the remaining time (CMDMP.md §2.4).
 * @param timeoutS T
 */
export function updateEvents(lifetimeS: number, timeoutS: number): readonly number[] {
  const events: number[] = [];
  for (let at = lifetimeS - updateWindow(lifetimeS, timeoutS); at < lifetimeS;) {
    events.push(at);
    // The core counts whole seconds.
    at += Math.floor((lifetimeS - at) / 2) + 1;
  }
  return events;
}

function updateWindow(lifetimeS: number, timeoutS: number): number {
  // MAX_TRANSMIT_WAIT, the 31 T of five transmissions times the random factor 1.5 (RFC 7252 §4.8.2).
  const longest = Math.floor(timeoutS * 31 * 1.5);
  if (lifetimeS > 2 * longest) return longest;
  if (lifetimeS > longest) return timeoutS * 31;
  // "Else a fraction", of unknown size: half leaves time for an update.
  return Math.ceil(lifetimeS / 2);
}
