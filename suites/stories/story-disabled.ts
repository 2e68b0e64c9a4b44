import {
  type Fixtures,
  inconclusive,
  notRun,
  scenario,
  type TestPlatform,
} from '../../harness/jest/suite.ts';
import { enrol, enrolments } from './enrolment.ts';
import { isModuleReachable, isProvenFromModule, NEVER_REACHED } from './module-events.ts';
import { oncePerStory } from './once-per-story.ts';
import { type StateStory, watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { isRequest, waitForModule } from './story-events.ts';
import { REGISTERS_S, sumOf } from './story-waits.ts';

/** Longer than any known client takes from network registration to its first packet, s of network time. */
const QUIET_S = REGISTERS_S + 30;

/** The most packets that a message shows. */
const MOST_SHOWN = 3;

const runStory = oncePerStory(async ({ module, platform, board }, story) => {
  await board.attached();
  await watchStates(module, platform, story, { states: [], networkS: QUIET_S });
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

/** The first packets that came during the story, in words. */
function describePackets(platform: TestPlatform, { begunAt }: StateStory): readonly string[] {
  const came = platform.packets.since(begunAt).filter(({ direction }) => direction === 'in');
  return came
    .slice(0, MOST_SHOWN)
    .map(({ peer, summary }) => `${peer.address}:${peer.port}: ${summary}`)
    .concat(came.length > MOST_SHOWN ? [`and ${came.length - MOST_SHOWN} more`] : []);
}

/** Story: access is disabled, and the module must contact nobody. */
export function judgeDisabled(book: StoryBook): void {
  const disabled = scenario(
    { reboot: 'soft', needs: ['platform'], networkS: sumOf(REGISTERS_S, QUIET_S) },
    async (all) => {
      await enrol(all, enrolments[0]);
      await showModuleIsReachable(all);
      await all.module.access.saveMode(0);
      return book.begin('disabled', all);
    },
  );

  disabled.clause(
    ['STATE-DISABLED', 'CFG-APPLY-WIRE'],
    'nothing is sent to the platform while access is disabled',
    async (all) => {
      await runStory(all, all.arranged);
      const { events, reached } = all.arranged;
      const sent = events.filter(isProvenFromModule(all.platform.events));
      expect(sent.map(({ type }) => type)).toEqual([]);
      if (!reached) notRun(NEVER_REACHED);
      const unknown = describePackets(all.platform, all.arranged);
      if (unknown.length > 0) inconclusive(`packets of unknown origin came: ${unknown.join('; ')}`);
    },
  );

  disabled.clause('STATE-DISABLED-0', 'and the state stays 0', async (all) => {
    await runStory(all, all.arranged);
    expect(all.arranged.states.map(({ dmstate }) => dmstate)).toEqual([0]);
  });
}
