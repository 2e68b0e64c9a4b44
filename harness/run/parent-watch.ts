/** How often we look whether our parent lives: no event tells (PR_SET_PDEATHSIG is out of Node's reach). */
const LOOK_EVERY_MS = 250;

/**
 * Calls `gone` once when the process that started us has ended. npm and npx do not pass SIGTERM or SIGHUP
 * on: they end within milliseconds and leave us an orphan (stack.md, "Signals").
 * @returns ends the watch
 */
export function watchParent(gone: () => void): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
