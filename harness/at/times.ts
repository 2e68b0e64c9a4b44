/** Every waiting time of the AT line, with its reason. */
export const times = {
  /** How long to wait for a final result: a late answer is measured, not cut off (the stated limit is 300 ms). */
  answerMs: 5000,
  /**
   * How long to wait for the second byte of a line end (the LF after a CR). At 9600 baud it needs 1 ms, but a USB adapter
   * may hold it back for its latency timer, 16 ms.
   */
  lineEndMs: 50,
  /**
   * How long to wait for that byte after a final result, before the next command and before the exchange is reported:
   * twice the stated limit of an answer (300 ms). With the answer's own 300 ms it is still less than the shortest deadline
   * of a command (`probeMs`), so that an answer without an LF is not taken for none.
   */
  lateLineEndMs: 600,
  /**
   * The same once the module has shown that it sends no LF. Then only the report waits, once per test, after its last
   * answer: an emulated module under load was seen to write an LF 67 ms after its CR, and this is three times that, with
   * slack.
   */
  missingLineEndMs: 250,
  /** How long to wait for a late answer before the line is probed: three times the stated limit. */
  lateAnswerMs: 1000,
  /** Quiet after the late answer: the rest of it follows within a USB latency timer. */
  settledQuietMs: 20,
  /** A module that listens answers `AT` within 300 ms (AT manual §1); three times that. */
  probeMs: 1000,
  /** Quiet after a final result that may be the late one: the probe's own follows within 300 ms; with slack. */
  surplusQuietMs: 500,
  /** The same if only `AT`s are owed: a module that had kept them answers them back to back. */
  bareSurplusQuietMs: 100,
  /** The sum of the times above with two probes, with slack; a call with a shorter deadline allows less. */
  settleMs: 5000,
  /** Bytes that the kernel holds already are read within a few turns of the event loop. */
  readBackMs: 5,
  /** How long to wait for the emulated module's report on an answer (it comes by IPC, after the answer). */
  truthMs: 1000,
  /** Between two beats of the lateness watch. */
  heartbeatMs: 1,
} as const;
