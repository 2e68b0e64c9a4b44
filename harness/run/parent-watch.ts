/** How often we look whether our parent lives: no event tells (PR_SET_PDEATHSIG is out of Node's reach). */
const LOOK_EVERY_MS = 250;

/** The parent as `harness/cli/bin.mjs` found it on its first line: it may end while all this is loaded. */
const firstParent = (): number | undefined =>
  (globalThis as { [key: symbol]: unknown })[Symbol.for('bc26-hil.parent')] as number | undefined;

/**
 * Calls `gone` once when the process that started us has ended. npm and npx do not pass SIGTERM or SIGHUP
 * on: they end within milliseconds and leave us an orphan (stack.md, "Signals").
 * @returns ends the watch
 */
export function watchParent(gone: () => void): () => void {
  const parent = firstParent() ?? process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
