/** How often the parent is checked, ms. No event reports its end: PR_SET_PDEATHSIG (prctl(2)) is out of Node's reach. */
const CHECK_EVERY_MS = 250;

/** The parent's pid, as `harness/cli/bin.mjs` read it on its first line: the parent may end while modules are loaded. */
const firstParent = (): number | undefined =>
  (globalThis as { [key: symbol]: unknown })[Symbol.for('bc26-hil.parent')] as number | undefined;

/**
 * Calls `gone` once when the process that started this one has ended. npm and npx do not pass SIGTERM or SIGHUP on:
 * they end within milliseconds, and the command they started becomes a child of init (or of a subreaper).
 * @returns ends the watch
 */
export function watchParent(gone: () => void): () => void {
  const parent = firstParent() ?? process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
