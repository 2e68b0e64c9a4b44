import { closeSession } from './session/session.ts';

/** After the last suite file: puts the module back as it was found and the board at rest, and closes everything. */
export default async function teardown(): Promise<void> {
  await closeSession();
}
