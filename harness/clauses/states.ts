import { type Clause, inferred, section, stated } from './clause.ts';

const NAMED = 'the note names the state; public clients of the platform enter it so';
const MEANING = 'the note names the parameter; public clients of the platform use it so';

/** Access states (`AT+QDMPCFG=6`), and what goes over the air. */
export const stateClauses: readonly Clause[] = [
  ...section('2.1 AT+QDMPCFG, <dmmode>', [
    stated(
      'STATE-DISABLED',
      'With access disabled and the module rebooted, nothing is sent to the platform.',
    ),
    inferred('STATE-DISABLED-0', 'With access disabled and the module rebooted, the state stays 0.', NAMED),
  ]),
  ...section('2.1 AT+QDMPCFG, <dmstate>', [
    inferred('STATE-CONNECT', 'The state is 4 while the registration is unanswered.', NAMED),
    inferred('STATE-REGISTER', 'The state is 6 when the platform accepts the registration.', NAMED),
    inferred('STATE-REG-REFUSED', 'The state is 7 when the platform refuses the registration.', NAMED),
    inferred('STATE-REG-SILENT', 'The state is 8 when the platform never answers the registration.', NAMED),
    inferred(
      'STATE-UPDATE',
      'The state is 11 when the platform accepts an update; updates go on, three in a row, each no later than the lifetime.',
      'the note names the state, and an update period rather than one update',
    ),
    inferred('STATE-UPD-REFUSED', 'The state is 12 when the platform refuses the update.', NAMED),
    inferred('STATE-UPD-SILENT', 'The state is 13 when the platform never answers the update.', NAMED),
    inferred('STATE-CONNECT-FAILED', 'The state is 5 when no connection can be opened.', NAMED),
    inferred('STATE-LIFETIME', 'The state is 9 when the lifetime passed without an update.', NAMED),
    inferred(
      'STATE-ORDER',
      'States come only in these orders: 4 before 6, 7 and 8; 6 before 9, 11, 12 and 13; after a failure 4 again, or, of a client that shows no new attempt, the failure until the next result.',
      'registering needs a connection and updating a registration',
    ),
    inferred(
      'STATE-STEADY',
      'The state changes by packets and time alone: no query, save or refused command changes it.',
      'the note calls type 6 a query of the access state, which only the access can change',
    ),
    inferred(
      'STATE-REBOOT',
      'After a reboot no state of before is shown until a new registration on the wire explains it.',
      'a registration is made anew after every start',
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, <updatePeriod>', [
    inferred(
      'STATE-UPDATE-TIME',
      'The first update comes no later than the lifetime sent, and not before half of it.',
      'an update after its lifetime is too late; known clients update after 0.55 to 1.0 of it',
    ),
    inferred(
      'WIRE-LIFETIME',
      'The lifetime registered is the update period, or the update period + 46 s.',
      'the period is that of the update; these are the two mappings known from public clients',
    ),
  ]),
  ...section('2.1 AT+QDMPCFG, <appKey>, <password>, <tmlType> and <tmlIMEI>', [
    inferred(
      'WIRE-TML',
      'The terminal type is the letter I, L or A of the endpoint name; the IMEI and the app key stand in it.',
      MEANING,
    ),
    inferred(
      'WIRE-KEY',
      'The saved private key, of up to 32 characters, decrypts the endpoint name.',
      MEANING,
    ),
  ]),
  ...section('2.1 AT+QDMPCFG', [
    inferred(
      'WIRE-ONCE',
      'A module registers once a boot, unless the registration was refused, unanswered or lost.',
      'a registration holds for its lifetime, and updates renew it',
    ),
    inferred(
      'WIRE-REACHED',
      'With access enabled and the rig’s platform saved, the module reaches the platform.',
      'what a module with access enabled is for; silence can also be the network’s, so it fails only where that is excluded',
    ),
  ]),
];
