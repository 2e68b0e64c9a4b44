import { judgeAcceptance } from './stories/story-acceptance.ts';
import { openStoryBook } from './stories/story-book.ts';
import { judgeDisabled } from './stories/story-disabled.ts';
import { judgeLocalCauses } from './stories/story-local-causes.ts';
import { judgeOrder } from './stories/story-order.ts';
import { judgeRefusal } from './stories/story-refusal.ts';
import { judgeSilence } from './stories/story-silence.ts';

// One file, since the clauses on the order of states are judged over all stories, and suite files share nothing.
const book = openStoryBook();

judgeSilence(book);
judgeAcceptance(book);
// Erases what the story of acceptance left in use.
judgeRefusal(book);
judgeDisabled(book);
judgeLocalCauses(book);
judgeOrder(book);
