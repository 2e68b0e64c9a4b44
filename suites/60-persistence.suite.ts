import { clause, type Scenario, scenario } from '../harness/jest/suite.ts';
import { arrangeRound, arrangeWatched, type RoundArranged } from './persistence/arrange-round.ts';
import { cutCommand, cutName, type EarlyCut, releaseCuts } from './persistence/early-cuts.ts';
import { judgeBoot, judgeErased, judgeInUse, judgeSaved } from './persistence/judge-after.ts';
import { judgeBefore } from './persistence/judge-before.ts';
import { judgeDefaults } from './persistence/judge-defaults.ts';
import { judgeEarlyCut } from './persistence/judge-early-cut.ts';
import { judgeKeyForm, judgeMask } from './persistence/judge-mask.ts';
import { recordsOf, type Round, rounds } from './persistence/rounds.ts';

function judgeAfter(done: Scenario<RoundArranged>, round: Round): void {
  judgeBoot(done, round.name);
  judgeSaved(done, round);
  judgeErased(done, round);
  judgeInUse(done, round);
}

/** Also judges what does not depend on the kind of reboot: the state before it, the defaults, the masked key. */
function judgeSoft(round: Round): void {
  const done = scenario({ reboot: round.kind, profile: round.profile }, (all) => arrangeWatched(all, round));
  judgeBefore(done, round);
  judgeAfter(done, round);
  judgeDefaults(done, round);
  judgeMask(done, round);
}

function judgeCut(round: Round, cut: EarlyCut): void {
  const done = scenario(
    { reboot: round.kind, profile: round.profile, last: cutCommand(cut), cutAfterMs: cut.delayMs },
    (all) => arrangeWatched(all, round),
  );
  judgeAfter(done, round);
  judgeEarlyCut(done, cut, round.name, recordsOf(round, 'erase', 'erase all'));
}

/** Observes which interrupted writes are left to release runs, so that a nightly run does not look like one. */
function observeUncut(): void {
  clause('CUT-EARLY', 'which writes this run cuts into', ({ run, observe }) => {
    const left = run.profile === 'release' ? [] : releaseCuts.map(cutName);
    observe('CUT-EARLY.left-to-release', left.length === 0 ? 'none' : left.join(', '));
    return Promise.resolve();
  });
}

function judgeOther(round: Round): void {
  const done = scenario({ reboot: round.kind, profile: round.profile }, (all) => arrangeRound(all, round));
  judgeAfter(done, round);
  judgeKeyForm(done, round);
}

for (const round of rounds) {
  if (round.kind === 'soft') judgeSoft(round);
  else if (round.cut) judgeCut(round, round.cut);
  else judgeOther(round);
}
observeUncut();
