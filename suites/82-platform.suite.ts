import { judgeAcceptance } from './stories/story-acceptance.ts';
import { openStoryBook } from './stories/story-book.ts';
import { judgeDisabled } from './stories/story-disabled.ts';
import { judgeLocalCauses } from './stories/story-local-causes.ts';
import { judgeOrder } from './stories/story-order.ts';
import { judgeRefusal } from './stories/story-refusal.ts';
import { judgeSecondBoot } from './stories/story-second-boot.ts';
import { judgeSilence } from './stories/story-silence.ts';

// All in one file: story-order.ts judges all stories together, and suite files share no data.
const book = openStoryBook();

judgeSilence(book);
judgeAcceptance(book);
// After acceptance, because it erases the values that acceptance leaves in use.
judgeRefusal(book);
judgeSecondBoot(book);
judgeDisabled(book);
judgeLocalCauses(book);
judgeOrder(book);
