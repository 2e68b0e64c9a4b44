/** The same function, run once a story: every later call with it gets the first call's outcome. */
export function once<All, Story extends object, Result>(
  act: (all: All, story: Story) => Promise<Result>,
): (all: All, story: Story) => Promise<Result> {
  const outcomes = new WeakMap<Story, Promise<Result>>();
  return (all, story) => {
    const outcome = outcomes.get(story) ?? act(all, story);
    outcomes.set(story, outcome);
    return outcome;
  };
}
