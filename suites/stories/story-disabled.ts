import {
  expect,
  expectNone,
  type Fixtures,
  inconclusive,
  type PlatformEvent,
  scenario,
  type TestPlatform,
  waitsInFull,
} from '../../harness/jest/suite.ts';
import { enrol, enrolments } from './enrolment.ts';
import { isLateAnswer, isModuleReachable, isProvenFromModule, NEVER_REACHED } from './module-events.ts';
import { oncePerStory } from './once-per-story.ts';
import { harmlessCommands } from './state-steady.ts';
import { disturb, type StateStory, watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { isRequest, waitForModule } from './story-events.ts';
import { REGISTERS_S, sumOf, TRIES_AGAIN_S } from './story-waits.ts';

/** Longer than any known client takes from network registration to its first packet, s of network time. */
const QUIET_S = REGISTERS_S + 30;

/** As long as a client may take to try again (CMDMP.md §2.5), s of network time. */
const LONG_QUIET_S = REGISTERS_S + TRIES_AGAIN_S;

const isFull = ({ run, platform }: Pick<Fixtures, 'run' | 'platform'>): boolean =>
  waitsInFull(run.profile, platform.clock);

/** How long silence is watched, s of network time. */
const quietFor = (all: Pick<Fixtures, 'run' | 'platform'>): number => (isFull(all) ? LONG_QUIET_S : QUIET_S);

/** The most packets that a message shows. */
const MOST_SHOWN = 3;

const runStory = oncePerStory(async ({ module, platform, board, run }, story) => {
  await board.attached();
  await disturb(module, platform, story, harmlessCommands);
  await watchStates(module, platform, story, { states: [], networkS: quietFor({ run, platform }) });
  const { last: asSaved } = platform;
  const polls = story.polls.length;
  // The default of an erased mode is 1, too.
  await disturb(module, platform, story, ['AT+QDMPCFG=0,1']);
  // A run that waits shorter watches both at once: the erased mode is 1 as well.
  if (isFull({ run, platform }))
    await watchStates(module, platform, story, { states: [], networkS: QUIET_S });
  const { last: afterSave } = platform;
  await disturb(module, platform, story, ['AT+QDMPCFG=5,0']);
  await watchStates(module, platform, story, { states: [], networkS: QUIET_S });
  return { asSaved, afterSave, polls };
});

/** Proves that the module reaches the platform, unless another story did: only then does its silence mean anything. */
async function showModuleIsReachable({ platform, board }: Fixtures): Promise<void> {
  if (isModuleReachable(platform)) return;
  const after = platform.last;
  await board.reboot('soft');
  await board.attached();
  await waitForModule(platform, isRequest('register'), {
    networkS: REGISTERS_S,
    after,
    what: 'a registration',
  });
}

/** The first packets of unknown origin that came during the story, in words. */
function describeUnknown(platform: TestPlatform, { begunAt }: StateStory): readonly string[] {
  const isLate = isLateAnswer(platform);
  const came = platform.packets
    .since(begunAt)
    .filter((packet) => packet.direction === 'in' && !isLate(packet));
  return came
    .slice(0, MOST_SHOWN)
    .map(({ peer, summary }) => `${peer.address}:${peer.port}: ${summary}`)
    .concat(came.length > MOST_SHOWN ? [`and ${came.length - MOST_SHOWN} more`] : []);
}

/** Story: access is disabled, and the module must contact nobody. */
export function judgeDisabled(book: StoryBook): void {
  const disabled = scenario(
    {
      reboot: 'supply-cut',
      orSoft: true,
      needs: ['platform'],
      networkS: sumOf(REGISTERS_S, LONG_QUIET_S, QUIET_S, QUIET_S),
    },
    async (all) => {
      const enrolment = await enrol(all, enrolments[0]);
      await showModuleIsReachable(all);
      await all.module.access.saveMode(0);
      return book.begin('disabled', all, enrolment);
    },
  );

  disabled.clause(
    ['STATE-DISABLED', 'CFG-APPLY-WIRE'],
    'nothing is sent to the platform while access is disabled',
    async (all) => {
      const { asSaved } = await runStory(all, all.arranged);
      const { events, reached } = all.arranged;
      const watched = quietFor(all);
      all.observe(
        'STATE-DISABLED.watched-for',
        `${watched} s of network time${watched < LONG_QUIET_S ? `; a release run watches ${LONG_QUIET_S} s, in which every known client tries again` : ''}`,
      );
      const sent = events.filter(isProvenFromModule(all.platform.events));
      expectNone(
        'packets of the module while access is disabled',
        sent.filter(({ number }) => number <= asSaved).map(describeEvent),
      );
      if (!reached) inconclusive(NEVER_REACHED);
      // What came later is judged by CFG-APPLY-NOT-BEFORE.
      if (sent.length > 0) return;
      const unknown = describeUnknown(all.platform, all.arranged);
      if (unknown.length > 0) inconclusive(`packets of unknown origin came: ${unknown.join('; ')}`);
    },
  );

  disabled.clause('STATE-DISABLED-0', 'and the state stays 0', async (all) => {
    const { polls } = await runStory(all, all.arranged);
    const shown = all.arranged.polls.slice(0, polls).map(({ dmstate }) => dmstate);
    expect([...new Set(shown)], 'states shown while access is disabled').toEqual([0]);
  });

  disabled.clause(
    'CFG-APPLY-NOT-BEFORE',
    'mode 1, saved or the default of an erased mode, sends nothing before a reboot',
    async (all) => {
      const { asSaved, afterSave } = await runStory(all, all.arranged);
      if (!isFull(all))
        all.observe(
          'CFG-APPLY-NOT-BEFORE.watched',
          'mode 1 and its erase together; a release run watches each alone',
        );
      const { events, reached } = all.arranged;
      const sent = events.filter(isProvenFromModule(all.platform.events));
      expectNone(
        'packets of the module once mode 1 was saved, before a reboot',
        sent.filter(({ number }) => number > asSaved && number <= afterSave).map(describeEvent),
      );
      expectNone(
        `packets of the module once ${isFull(all) ? 'the mode was erased' : 'mode 1 was saved and erased'}, before a reboot`,
        sent.filter(({ number }) => number > afterSave).map(describeEvent),
      );
      if (!reached) inconclusive(NEVER_REACHED);
    },
  );
}

const describeEvent = (event: PlatformEvent): string =>
  event.type === 'requested' ? `${event.request.method} ${event.request.path}` : event.type;
