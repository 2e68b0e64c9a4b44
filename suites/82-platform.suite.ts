import { judgeAcceptance } from './story-acceptance.ts';
import { openStoryBook } from './story-book.ts';
import { judgeDisabled } from './story-disabled.ts';
import { judgeLocalCauses } from './story-local-causes.ts';
import { judgeOrder } from './story-order.ts';
import { judgeRefusal } from './story-refusal.ts';
import { judgeSilence } from './story-silence.ts';

// One file, since the clauses on the order of states are judged over all stories, and suite files share nothing.
const book = openStoryBook();

judgeSilence(book);
judgeAcceptance(book);
// Erases what the story of acceptance left in use.
judgeRefusal(book);
judgeDisabled(book);
judgeLocalCauses(book);
judgeOrder(book);
