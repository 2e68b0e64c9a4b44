import { scenario } from '../harness/jest/suite.ts';
import { enrolments } from './dm-samples.ts';
import { enrol, told } from './dm-story.ts';
import { watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { REGISTERS_S } from './story-waits.ts';

/** Longer than any known client waits from a network to its first packet. */
const QUIET_S = REGISTERS_S + 30;

const tell = told(async ({ module, platform, board }, story) => {
  await board.attached();
  await watchStates(module, platform, story, { states: [], networkS: QUIET_S });
});

/** Access disabled: nobody is contacted. */
export function judgeDisabled(book: StoryBook): void {
  const disabled = scenario({ reboot: 'soft', needs: ['platform'], networkS: QUIET_S }, async (all) => {
    await enrol(all, enrolments[0]);
    await all.module.access.saveMode(0);
    return book.begin('disabled', all);
  });

  disabled.clause(
    ['STATE-DISABLED', 'CFG-APPLY-WIRE'],
    'nothing is sent to the platform while access is disabled',
    async (all) => {
      await tell(all, all.arranged);
      expect(all.arranged.events.map(({ type }) => type)).toEqual([]);
      const since = all.platform.packets.since(all.boot.startedAt);
      expect(since.filter(({ direction }) => direction === 'in').map(({ summary }) => summary)).toEqual([]);
    },
  );

  disabled.clause('STATE-DISABLED-0', 'and the state stays 0', async (all) => {
    await tell(all, all.arranged);
    expect(all.arranged.states.map(({ dmstate }) => dmstate)).toEqual([0]);
  });
}
