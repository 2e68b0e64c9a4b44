import type { Fault } from '../fault.ts';
import type { RecordField } from './record-field.ts';

const byName: Readonly<Record<string, Fault['breaks']>> = {
  mode: ['CFG-APPLY-WIRE', 'WIRE-REACHED'],
  server: ['CFG-APPLY-WIRE', 'WIRE-REACHED'],
  port: ['CFG-APPLY-WIRE', 'WIRE-REACHED'],
  period: ['WIRE-LIFETIME'],
  appKey: ['WIRE-TML'],
  password: ['WIRE-KEY'],
  tmlType: ['WIRE-TML'],
  imei: ['WIRE-TML'],
};

/** The clauses that are broken where the module uses another value of this field than the saved one. */
export const wireClauses = ({ name }: RecordField): Fault['breaks'] =>
  byName[name] ?? ['EX-APPLY', 'EX-APPLY-WIRE'];
