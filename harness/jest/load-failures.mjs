/**
 * The only reporter of a qualification run, in which Jest prints nothing. It reports suite files that failed to load to
 * the supervisor, since their tests cannot. JavaScript, since Jest on Node 20 loads reporters without its transform.
 */
export default class LoadFailures {
  onTestFileResult(test, { testExecError }) {
    if (!testExecError) return;
    const message = `${test.path} could not be loaded: ${testExecError.stack ?? testExecError.message}`;
    process.send?.({ entry: { type: 'rig-error', code: 'SUITES_CRASHED', message } });
  }
}
