import { arrangement, extendedRecords, notRun, scenario } from '../harness/jest/suite.ts';
import type { Fixtures, PlatformEvent } from '../harness/jest/suite.ts';
import { enrolments, updatePeriod } from './dm-samples.ts';
import { awaited, enrol, given, isOf, isRequest, seconds, told } from './dm-story.ts';
import { expectKey, expectLifetime, expectName, infoAfter, objectRead, saveAll } from './dm-wire.ts';
import { extendedSamples, otherExtendedSamples } from './samples.ts';
import type { StateStory } from './state-watch.ts';
import { beginStory, expectSeen, networkSeconds, watchStates } from './state-watch.ts';

/**
 * The longest that known clients take, s of network time (cmdmp-protocol.md): to give a request up (§2.3: T =
 * 10 s, five transmissions), to try again (§2.5: 10 minutes), from a network to a registration, and from an
 * answer to the state it causes (a pump a second).
 */
const GIVES_UP_S = 330;
const TRIES_AGAIN_S = 660;
const REGISTERS_S = 90;
const SHOWS_S = 10;

/** Every story of this file, for the clauses on the order of states. */
const stories: StateStory[] = [];

function begin(name: string, { platform }: Fixtures): StateStory {
  const story = beginStory(name, platform);
  stories.push(story);
  return story;
}

const options = { reboot: 'soft', needs: ['platform'] } as const;

// ------------------------------------------------------------ a platform that never answers a registration

const silent = scenario({ ...options, networkS: GIVES_UP_S + TRIES_AGAIN_S }, async (all) => {
  all.platform.answerRegister.always({ how: 'silence' });
  await enrol(all, enrolments[0]);
  return begin('silence', all);
});

const silence = told(async (all, story) => {
  const { module, platform, board } = all;
  await board.attached();
  const wait = { networkS: REGISTERS_S, after: story.after, what: 'a registration' };
  const first = await awaited(platform, isRequest('register'), wait);
  const gaveUp = await watchStates(module, platform, story, { states: [7, 8], networkS: GIVES_UP_S });
  const later = (event: PlatformEvent): event is Extract<PlatformEvent, { type: 'requested' }> =>
    isRequest('register')(event) && gaveUp !== undefined && event.at > gaveUp.seenAt;
  const again = await awaited(platform, later, { ...wait, networkS: TRIES_AGAIN_S });
  return { first, gaveUp, again };
});

silent.clause('STATE-CONNECT', 'state 4 while the registration is unanswered', async (all) => {
  const { first } = await silence(all, all.arranged);
  const { at } = given(first, all.arranged, 'the module sent no registration');
  expectSeen(all.arranged, 4);
  // Most of it is the boot, which keeps real time whatever the network's clock.
  all.observe('STATE.boot-to-registration', `${networkSeconds(all.boot.startedAt, at, 1).toFixed(2)} s`);
});

silent.clause(
  'WIRE-TML',
  'an interface is I in the endpoint name; app key and IMEI stand in it',
  async (all) => {
    await silence(all, all.arranged);
    expectName(all.arranged, enrolments[0]);
  },
);

silent.clause('STATE-REG-SILENT', 'state 8 when the platform never answers a registration', async (all) => {
  const { first, gaveUp, again } = await silence(all, all.arranged);
  const { at } = given(first, all.arranged, 'the module sent no registration');
  expectSeen(all.arranged, 8);
  expect(gaveUp).toMatchObject({ dmstate: 8 });
  if (!gaveUp) return;
  const since = (from: bigint, to: bigint): string => seconds(networkSeconds(from, to, all.platform.clock));
  all.observe('STATE.gives-a-registration-up-after', since(at, gaveUp.seenAt));
  all.observe(
    'STATE.tries-again-after',
    again ? since(gaveUp.seenAt, again.at) : `not within ${TRIES_AGAIN_S} s`,
  );
});

// ------------------------------------------------------------ a platform that accepts, then refuses an update

const accepted = scenario({ ...options, networkS: 3 * updatePeriod + REGISTERS_S }, async (all) => {
  await saveAll(all.module, extendedSamples);
  await enrol(all, enrolments[1]);
  return begin('acceptance', all);
});

const acceptance = told(async (all, story) => {
  const { module, platform, board } = all;
  await board.attached();
  const wait = { networkS: REGISTERS_S, after: story.after, what: 'a registration' };
  const registered = await awaited(platform, isOf('registered'), wait);
  await watchStates(module, platform, story, { states: [6, 7, 8], networkS: SHOWS_S });
  if (registered) await objectRead(platform, registered);
  // As long as the lifetime, and half as long again: an update that is late is measured, not cut off.
  const period = { ...wait, networkS: 1.5 * updatePeriod, what: 'an update' };
  const updated = registered && (await awaited(platform, isOf('updated'), period));
  if (updated) await watchStates(module, platform, story, { states: [11, 12, 13], networkS: SHOWS_S });
  // Saved without a reboot: the next registration must not show it.
  await saveAll(module, otherExtendedSamples);
  platform.answerUpdate.always({ how: 'piggybacked', code: '4.04' });
  const isRefusal = (event: PlatformEvent): event is Extract<PlatformEvent, { type: 'refused' }> =>
    event.type === 'refused' && event.step === 'update';
  const refused = updated && (await awaited(platform, isRefusal, { ...period, after: updated.number }));
  if (refused) {
    await watchStates(module, platform, story, { states: [12, 13], networkS: SHOWS_S });
    const again = { ...wait, networkS: TRIES_AGAIN_S, after: refused.number };
    const anew = await awaited(platform, isOf('registered'), again);
    if (anew) await objectRead(platform, anew);
  }
  return { registered, updated, refused };
});

accepted.clause('STATE-REGISTER', 'state 6 when the platform accepts', async (all) => {
  const { registered } = await acceptance(all, all.arranged);
  given(registered, all.arranged, 'the platform accepted no registration');
  expectSeen(all.arranged, 6);
});

accepted.clause('STATE-UPDATE', 'state 11 when the platform accepts an update', async (all) => {
  const { updated } = await acceptance(all, all.arranged);
  given(updated, all.arranged, 'the platform accepted no update');
  expectSeen(all.arranged, 11);
});

accepted.clause(
  'STATE-UPDATE-TIME',
  'the first update comes between half the lifetime and all of it',
  async (all) => {
    const { registered, updated } = await acceptance(all, all.arranged);
    const { registration, at } = given(registered, all.arranged, 'the platform accepted no registration');
    const { clock, toleranceS } = all.platform;
    const request = all.arranged.events.find((event) => isRequest('update')(event) && event.at >= at);
    all.observe(
      'STATE.first-update-after',
      request
        ? `${seconds(networkSeconds(at, request.at, clock))} of ${registration.lifetimeS}`
        : 'none came',
    );
    expect(request).toBeDefined();
    expect(updated ?? request).toBeDefined();
    const afterS = networkSeconds(at, request?.at ?? at, clock);
    expect(afterS).toBeGreaterThanOrEqual(registration.lifetimeS / 2 - toleranceS);
    expect(afterS).toBeLessThanOrEqual(registration.lifetimeS + toleranceS);
  },
);

accepted.clause('STATE-UPD-REFUSED', 'state 12 when the platform refuses an update', async (all) => {
  const { refused } = await acceptance(all, all.arranged);
  given(refused, all.arranged, 'the module sent no update that the platform could refuse');
  expectSeen(all.arranged, 12);
});

accepted.clause('CFG-APPLY-WIRE', 'the saved server is contacted after the reboot', async (all) => {
  await acceptance(all, all.arranged);
  expect(all.arranged.events.find(isRequest('register'))).toBeDefined();
});

accepted.clause('WIRE-LIFETIME', 'the lifetime registered follows the saved update period', async (all) => {
  await acceptance(all, all.arranged);
  expectLifetime(all.arranged);
});

accepted.clause('WIRE-KEY', 'the saved private key decrypts the endpoint name', async (all) => {
  await acceptance(all, all.arranged);
  expectKey(all.arranged);
});

accepted.clause(
  'WIRE-TML',
  'a Linux terminal is L in the endpoint name; app key and IMEI stand in it',
  async (all) => {
    await acceptance(all, all.arranged);
    expectName(all.arranged, enrolments[1]);
  },
);

accepted.clause(
  ['EX-APPLY', 'EX-APPLY-WIRE'],
  'what was saved before the reboot is what object 666 holds',
  async (all) => {
    await acceptance(all, all.arranged);
    expect(infoAfter(all.arranged, 0)).toEqual(extendedSamples);
  },
);

accepted.clause(
  'EX-APPLY',
  'what is saved without a reboot is not yet what object 666 holds',
  async (all) => {
    await acceptance(all, all.arranged);
    expect(infoAfter(all.arranged, 1)).toEqual(extendedSamples);
  },
);

// ------------------------------------------------------------ a platform that refuses, then forgets to answer

const refusing = scenario(
  { ...options, networkS: TRIES_AGAIN_S + 2 * updatePeriod + GIVES_UP_S },
  async (all) => {
    all.platform.answerRegister.always({ how: 'piggybacked', code: '4.03' });
    all.platform.answerUpdate.always({ how: 'silence' });
    await saveAll(all.module, otherExtendedSamples);
    // What is erased has to have been in use before: a client may know no more than what it last started with.
    if (!stories.some(({ name, ended }) => name === 'acceptance' && ended)) {
      await all.module.access.saveMode(0);
      await all.board.reboot('soft');
    }
    for (const { type } of extendedRecords) await all.module.extended.erase(type);
    await enrol(all, enrolments[2]);
    return begin('refusal', all);
  },
);

const refusal = told(async (all, story) => {
  const { module, platform, board } = all;
  await board.attached();
  const wait = { networkS: REGISTERS_S, after: story.after, what: 'a registration' };
  await watchStates(module, platform, story, { states: [7, 8], networkS: REGISTERS_S });
  const refused = platform.events.find((event) => event.number > story.after && isOf('refused')(event));
  platform.answerRegister.always({ how: 'piggybacked' });
  const registered = await awaited(platform, isOf('registered'), { ...wait, networkS: TRIES_AGAIN_S });
  if (registered) await objectRead(platform, registered);
  const period = { ...wait, networkS: 1.5 * updatePeriod, what: 'an update' };
  const unanswered =
    registered && (await awaited(platform, isRequest('update'), { ...period, after: registered.number }));
  if (unanswered) await watchStates(module, platform, story, { states: [11, 12, 13], networkS: GIVES_UP_S });
  return { refused, registered, unanswered };
});

refusing.clause('STATE-REG-REFUSED', 'state 7 when the platform refuses the registration', async (all) => {
  const { refused } = await refusal(all, all.arranged);
  given(refused, all.arranged, 'the module sent no registration that the platform could refuse');
  expectSeen(all.arranged, 7);
});

refusing.clause('STATE-UPD-SILENT', 'state 13 when the platform never answers an update', async (all) => {
  const { unanswered } = await refusal(all, all.arranged);
  given(unanswered, all.arranged, 'the module sent no update that the platform could leave unanswered');
  expectSeen(all.arranged, 13);
});

refusing.clause(
  'WIRE-TML',
  'an Android terminal is A in the endpoint name; app key and IMEI stand in it',
  async (all) => {
    await refusal(all, all.arranged);
    expectName(all.arranged, enrolments[2]);
  },
);

refusing.clause(
  'EX-ERASE-APPLY',
  'what was erased before the reboot is gone from object 666',
  async (all) => {
    await refusal(all, all.arranged);
    const values = infoAfter(all.arranged, 0).flat();
    for (const before of [...extendedSamples.flat(), ...otherExtendedSamples.flat()]) {
      expect(values).not.toContain(before);
    }
  },
);

// ------------------------------------------------------------ access disabled

/** Longer than any known client waits from a network to its first packet. */
const QUIET_S = REGISTERS_S + 30;

const disabled = scenario({ ...options, networkS: QUIET_S }, async (all) => {
  await enrol(all, enrolments[0]);
  await all.module.access.saveMode(0);
  return begin('disabled', all);
});

const quiet = told(async (all, story) => {
  const { module, platform, board } = all;
  await board.attached();
  await watchStates(module, platform, story, { states: [], networkS: QUIET_S });
});

disabled.clause(
  ['STATE-DISABLED', 'CFG-APPLY-WIRE'],
  'nothing is sent to the platform while access is disabled',
  async (all) => {
    await quiet(all, all.arranged);
    expect(all.arranged.events.map(({ type }) => type)).toEqual([]);
    const since = all.platform.packets.since(all.boot.startedAt);
    expect(since.filter(({ direction }) => direction === 'in').map(({ summary }) => summary)).toEqual([]);
  },
);

disabled.clause('STATE-DISABLED-0', 'and the state stays 0', async (all) => {
  await quiet(all, all.arranged);
  expect(all.arranged.states.map(({ dmstate }) => dmstate)).toEqual([0]);
});

// ------------------------------------------------------------ what no server can force

const local = scenario(
  { ...options, needs: ['platform', 'localCauses'], networkS: TRIES_AGAIN_S + 2 * updatePeriod },
  async (all) => {
    await all.board.provoke('connect-failed', true);
    await enrol(all, enrolments[0]);
    return begin('local causes', all);
  },
);

const localCauses = told(async (all, story) => {
  const { module, platform, board } = all;
  try {
    await board.attached();
    await watchStates(module, platform, story, { states: [5], networkS: REGISTERS_S });
    await board.provoke('updates-unsent', true);
    await board.provoke('connect-failed', false);
    const wait = { networkS: TRIES_AGAIN_S, after: story.after, what: 'a registration' };
    const registered = await awaited(platform, isOf('registered'), wait);
    if (registered) {
      await watchStates(module, platform, story, { states: [6], networkS: SHOWS_S });
      await watchStates(module, platform, story, { states: [9, 11, 12, 13], networkS: 1.5 * updatePeriod });
    }
    return { registered };
  } finally {
    await board.provoke('connect-failed', false);
    await board.provoke('updates-unsent', false);
  }
});

local.clause('STATE-CONNECT-FAILED', 'state 5 when no connection can be opened', async (all) => {
  await localCauses(all, all.arranged);
  expectSeen(all.arranged, 5);
});

local.clause('STATE-LIFETIME', 'state 9 when the lifetime passed without an update', async (all) => {
  const { registered } = await localCauses(all, all.arranged);
  given(registered, all.arranged, 'the platform accepted no registration');
  expectSeen(all.arranged, 9);
});

// ------------------------------------------------------------ over all of the above

const all = arrangement({ needs: ['platform'] }, () =>
  // One that broke off has states without the packets that explain them.
  Promise.resolve(stories.filter(({ ended }) => ended)),
);

/** What must have happened at the platform before a state may show (cmdmp-protocol.md §2.2). */
const causes: Record<number, (event: PlatformEvent) => boolean> = {
  6: isOf('registered'),
  7: (event) => event.type === 'refused' && event.step === 'register',
  8: (event) => event.type === 'unanswered' && event.step === 'register',
  9: isOf('registered'),
  11: isOf('updated'),
  12: (event) => event.type === 'refused' && event.step === 'update',
  13: (event) => event.type === 'unanswered' && event.step === 'update',
};

all.clause(
  'STATE-ORDER',
  'each state shows only after what causes it: 4 before 6, 7, 8; 6 before 9, 11, 12, 13',
  ({ arranged }) => {
    if (arranged.length === 0) notRun('no scenario with the platform was run to its end');
    for (const { name, states, events } of arranged) {
      for (const { dmstate, seenAt } of states) {
        const cause = causes[dmstate];
        if (!cause) continue;
        const explained = events.some((event) => event.at <= seenAt && cause(event));
        expect({ story: name, dmstate, explained }).toEqual({ story: name, dmstate, explained: true });
      }
    }
    return Promise.resolve();
  },
);

all.clause('STATE-REBOOT', 'after a reboot no state of before shows', ({ arranged }) => {
  if (arranged.length === 0) notRun('no scenario with the platform was run to its end');
  for (const { name, states, events } of arranged) {
    const registering = events.find(isRequest('register'))?.at;
    const early = states.filter(({ seenAt }) => registering === undefined || seenAt < registering);
    const stale = early.map(({ dmstate }) => dmstate).filter((dmstate) => ![0, 4, 5].includes(dmstate));
    expect({ story: name, stale }).toEqual({ story: name, stale: [] });
  }
  return Promise.resolve();
});
