import type { credentials, server } from '../values/samples.ts';
import type { Values } from './records.ts';

/** A sample server as the fields of its record. */
export const serverValues = ({ serverIP, serverPort, updatePeriod }: typeof server): Values => [
  serverIP,
  String(serverPort),
  String(updatePeriod),
];

/** Sample credentials as the fields of their record. */
export const credentialsValues = ({ appKey, password, tmlType, tmlImei }: typeof credentials): Values => [
  appKey,
  password,
  String(tmlType),
  tmlImei,
];
