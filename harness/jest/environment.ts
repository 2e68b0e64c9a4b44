import path from 'node:path';

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';

import { installHost } from './host/host.ts';
import { closeSession, getSession } from './session/session.ts';
import * as suite from './suite.ts';

export { closeSession, suite };

/** `test` of jest-circus, as `runner.mjs` puts it into the tests' realm before a suite file is loaded. */
type RegisterTest = (title: string, body: () => Promise<void>, timeoutMs: number) => void;

/** The name by which a realm finds what suites import (`suite-of-realm.mjs`). */
export const suiteName = 'bc26-hil.suite';
const suiteOfRealm: unique symbol = Symbol.for(suiteName) as never;

/** Longer than every clause's deadline: Jest's time-out does not stop a body, so it must never fire. */
const NEVER_MS = 2 ** 31 - 1;

/**
 * The environment of the suites. It opens the board once for the whole run, since the session lives in this realm over
 * all files, and runs the clauses that suites register.
 */
export class SuiteEnvironment extends TestEnvironment {
  readonly #file: string;
  /** Nothing in the file is to be judged any more, so it is not loaded (`runner.mjs`). */
  isLeft = false;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    this.#file = path.basename(context.testPath);
  }

  override async setup(): Promise<void> {
    await super.setup();
    const session = await getSession();
    this.isLeft = session.leaves(this.#file);
    const realm = this.global as unknown as { test: RegisterTest; [suiteOfRealm]?: typeof suite };
    realm[suiteOfRealm] = suite;
    const held = new Set<string>();
    installHost({
      clause: (spec) =>
        realm.test(spec.title, () => session.runTest(this.#file, { ...spec, held }), NEVER_MS),
      holds: (what) => held.add(what),
    });
  }
}
