import { defaultSettings, type Settings } from '../settings/settings.ts';
import { lifetimeOf, updateAfter, updateEvents } from './update-times.ts';

const settings = (changed: Partial<Settings>): Settings => ({ ...defaultSettings, ...changed });

// CMDMP.md §2.4: computed from the CIS core.
test('the CIS core asks for updates at these times', () => {
  expect(updateEvents(420, 4)).toEqual([234, 328, 375, 398, 410, 416, 419]);
  expect(updateEvents(86_400, 4).slice(0, 2)).toEqual([86_214, 86_308]);
});

test.each([1, 60, 186, 187, 300, 372, 373, 4_294_966])('it asks within a lifetime of %i s', (lifetimeS) => {
  const events = updateEvents(lifetimeS, 4);
  expect(events.length).toBeGreaterThan(0);
  expect(events.filter((at) => at < 0 || at >= lifetimeS)).toEqual([]);
});

test.each([
  ['equal', 300],
  ['plus46', 346],
  ['tenfold', 3000],
] as const)('lifetimeRule %s: a period of 300 s is registered as %i s', (lifetimeRule, expected) => {
  expect(lifetimeOf(300, settings({ lifetimeRule }))).toBe(expected);
});

test.each([
  ['share', 420, 378],
  ['period', 420, 374],
  ['event', 420, 234],
  // MTK's timer is due at 378 s; the core asks next at 398 s.
  ['flag', 420, 398],
  ['flag', 86_400, 86_214],
] as const)(
  'updateRule %s: with a lifetime of %i s the update goes out after %i s',
  (updateRule, lifetimeS, at) => {
    expect(updateAfter(374, lifetimeS, settings({ updateRule }))).toBe(at);
  },
);

// Known clients update after 0.55 of the lifetime at the earliest (CMDMP.md §2.4).
test.each([300, 346])(
  'no sound client updates before half a lifetime of %i s, whatever its T',
  (lifetimeS) => {
    for (const coapTimeoutS of [2, 4, 6])
      for (const updateRule of ['share', 'event', 'flag'] as const)
        expect(
          updateAfter(300, lifetimeS, settings({ updateRule, coapTimeoutS, updatePercent: 60 })),
        ).toBeGreaterThanOrEqual(lifetimeS / 2);
  },
);

test('the period itself is no time for an update where it is the lifetime: it would come too late', () => {
  expect(updateAfter(300, 346, settings({ updateRule: 'period' }))).toBe(300);
  expect(updateAfter(300, 300, settings({ updateRule: 'period' }))).toBe(290);
});
