/**
 * The only reporter of a qualification run: Jest prints nothing, and a suite file that failed to load is
 * told to the supervisor, since none of its tests can tell. JavaScript, since Jest on Node 20 loads
 * reporters outside its transform.
 */
export default class LoadFailures {
  onTestFileResult(test, { testExecError }) {
    if (!testExecError) return;
    const message = `${test.path} could not be loaded: ${testExecError.stack ?? testExecError.message}`;
    process.send?.({ entry: { type: 'rig-error', code: 'SUITES_CRASHED', message } });
  }
}
