import path from 'node:path';

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';

import { installHost } from './host/host.ts';
import { getSession } from './session/session.ts';

/** What Jest's circus puts into the tests' realm before it loads a suite file. */
type RegisterTest = (title: string, body: () => Promise<void>, timeoutMs: number) => void;

/** Jest's own time-out lies far beyond every clause's: it does not stop a body, so it must never decide. */
const NEVER_MS = 2 ** 31 - 1;

/**
 * The environment of the suites: opens the board once for the whole run (the session lives in this realm,
 * over all files) and hands its fixtures to `clause()`.
 */
export default class BenchEnvironment extends TestEnvironment {
  readonly #file: string;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    this.#file = path.basename(context.testPath);
  }

  override async setup(): Promise<void> {
    await super.setup();
    const session = await getSession();
    const realm = this.global as unknown as { test: RegisterTest };
    installHost(this.global, {
      clause: (spec) => realm.test(spec.title, () => session.runTest(this.#file, spec), NEVER_MS),
    });
  }
}
