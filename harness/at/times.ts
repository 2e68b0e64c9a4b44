/**
 * Every waiting time of the AT line, with its reason. A call can ask for others where its interface says so.
 */
export const times = {
  /** A final result is waited for this long: a late answer is to be measured, not cut off (the stated limit is 300 ms). */
  answerMs: 5000,
  /**
   * A line whose end may still get its second byte (CR, then LF?) is taken as it is after this long. At 9600
   * baud the second byte needs 1 ms, but a USB adapter may keep it back for its latency timer, 16 ms.
   */
  lineEndMs: 50,
  /**
   * How long the report of an answer waits for that byte after all: an emulated module under load was seen to write
   * its LF 67 ms after the CR. A module that has none pays it once, after the last answer of each test.
   */
  lateLineEndMs: 250,
  /** How long an answer that missed its deadline is waited for before the line is probed: thrice the stated limit. */
  lateAnswerMs: 1000,
  /** After the late answer itself has come: anything that belongs to it follows within a USB latency timer. */
  settledQuietMs: 20,
  /** A probe (`AT`) is answered within 300 ms (AT manual §1) by a module that listens; thrice that. */
  probeMs: 1000,
  /** After a final result that may be the late one, the probe's own follows within 300 ms; with slack. */
  surplusQuietMs: 500,
  /** The same where only `AT`s are owed for: a module that had kept them answers them back to back. */
  bareSurplusQuietMs: 100,
  /** All of the above, twice probed, with slack; a call with a deadline of its own may allow less. */
  settleMs: 5000,
  /** What the kernel holds already is read within a few turns of the event loop. */
  readBackMs: 5,
  /** How long the emulated module's own account of an answer is waited for (it comes by IPC, after the answer). */
  truthMs: 1000,
  /** Between two beats of the lateness watch: what it cannot see is shorter. */
  heartbeatMs: 1,
} as const;
