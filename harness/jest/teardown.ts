import { closeSession } from './session/session.ts';

/** After the last suite file: the module as it was found, the board at rest, everything closed. */
export default async function teardown(): Promise<void> {
  await closeSession();
}
