import { extendedRecords, scenario } from '../harness/jest/suite.ts';
import type { Fixtures } from '../harness/jest/suite.ts';
import { enrolments, updatePeriod } from './dm-samples.ts';
import { awaited, enrol, isOf, isRequest, told } from './dm-story.ts';
import { infoAfter, objectRead, saveAll } from './dm-wire.ts';
import { extendedSamples, otherExtendedSamples } from './samples.ts';
import { watchStates } from './state-watch.ts';
import type { StoryBook } from './story-book.ts';
import { judgeName, judgeState } from './story-clauses.ts';
import { forRegistration, forUpdate, GIVES_UP_S, REGISTERS_S, TRIES_AGAIN_S } from './story-waits.ts';

/**
 * What is erased has to have been in use before: a client may know no more than what it last started with. The
 * story of acceptance leaves such values; where it was not told they are brought into use here.
 */
async function eraseWhatWasInUse({ module, board }: Fixtures, book: StoryBook): Promise<void> {
  await saveAll(module, otherExtendedSamples);
  if (!book.ended().some(({ name }) => name === 'acceptance')) {
    await module.access.saveMode(0);
    await board.reboot('soft');
  }
  for (const { type } of extendedRecords) await module.extended.erase(type);
}

const tell = told(async ({ module, platform, board }, story) => {
  await board.attached();
  await watchStates(module, platform, story, { states: [7, 8], networkS: REGISTERS_S });
  const refused = platform.events.find((event) => event.number > story.after && isOf('refused')(event));
  platform.answerRegister.always({ how: 'piggybacked' });
  const wait = { ...forRegistration(story), networkS: TRIES_AGAIN_S };
  const registered = await awaited(platform, isOf('registered'), wait);
  if (registered) await objectRead(platform, registered);
  const unanswered = registered && (await awaited(platform, isRequest('update'), forUpdate(registered)));
  if (unanswered) await watchStates(module, platform, story, { states: [11, 12, 13], networkS: GIVES_UP_S });
  return { refused, registered, unanswered };
});

/** A platform that refuses, then accepts, then forgets to answer an update. */
export function judgeRefusal(book: StoryBook): void {
  const refusing = scenario(
    { reboot: 'soft', needs: ['platform'], networkS: TRIES_AGAIN_S + 2 * updatePeriod + GIVES_UP_S },
    async (all) => {
      all.platform.answerRegister.always({ how: 'piggybacked', code: '4.03' });
      all.platform.answerUpdate.always({ how: 'silence' });
      await eraseWhatWasInUse(all, book);
      await enrol(all, enrolments[2]);
      return book.begin('refusal', all);
    },
  );
  const telling = { scenario: refusing, tell };

  judgeState(telling, {
    id: 'STATE-REG-REFUSED',
    title: 'state 7 when the platform refuses the registration',
    dmstate: 7,
    cause: ({ refused }) => refused,
    without: 'the module sent no registration that the platform could refuse',
  });
  judgeState(telling, {
    id: 'STATE-UPD-SILENT',
    title: 'state 13 when the platform never answers an update',
    dmstate: 13,
    cause: ({ unanswered }) => unanswered,
    without: 'the module sent no update that the platform could leave unanswered',
  });
  judgeName(telling, enrolments[2], 'an Android terminal');

  refusing.clause(
    'EX-ERASE-APPLY',
    'what was erased before the reboot is gone from object 666',
    async (all) => {
      await tell(all, all.arranged);
      const values = infoAfter(all.arranged, 0).flat();
      for (const before of [...extendedSamples.flat(), ...otherExtendedSamples.flat()]) {
        expect(values).not.toContain(before);
      }
    },
  );
}
