import type { Fault } from '../fault.ts';
import type { StatePlace } from './place.ts';

/** What each state is for (the note, §2.1, `<dmstate>`). */
const clauses: Readonly<Record<number, Fault['breaks']>> = {
  4: ['STATE-CONNECT'],
  5: ['STATE-CONNECT-FAILED'],
  6: ['STATE-REGISTER'],
  7: ['STATE-REG-REFUSED'],
  8: ['STATE-REG-SILENT'],
  9: ['STATE-LIFETIME'],
  11: ['STATE-UPDATE'],
  12: ['STATE-UPD-REFUSED'],
  13: ['STATE-UPD-SILENT'],
};

/** Each access state that a client reaches. */
export const statePlaces: readonly StatePlace[] = Object.entries(clauses).map(([state, breaks]) => ({
  on: 'state',
  id: `state.${state}`,
  group: 'state',
  describe: `state ${state}`,
  breaks,
  state: Number(state),
}));
