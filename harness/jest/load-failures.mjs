import { UNCAUGHT } from './runner.mjs';

/**
 * The only reporter of a qualification run, in which Jest prints nothing. It reports suite files that failed to load, or
 * left an error that nothing caught, to the supervisor, since their tests cannot. JavaScript, since Jest on Node 20 loads
 * reporters without its transform.
 */
export default class LoadFailures {
  onTestFileResult(test, { testExecError }) {
    if (!testExecError) return;
    const { message: what, stack } = testExecError;
    const message = `${test.path} ${what === UNCAUGHT ? what : 'could not be loaded'}: ${stack ?? what}`;
    process.send?.({ entry: { type: 'rig-error', code: 'SUITES_CRASHED', message } });
  }
}
