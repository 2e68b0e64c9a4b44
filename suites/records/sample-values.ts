import type { credentials, server } from '../values/samples.ts';
import type { Values } from './records.ts';

/** A server of the samples as a record's fields. */
export const serverValues = ({ serverIP, serverPort, updatePeriod }: typeof server): Values => [
  serverIP,
  String(serverPort),
  String(updatePeriod),
];

/** Credentials of the samples as a record's fields. */
export const credentialsValues = ({ appKey, password, tmlType, tmlImei }: typeof credentials): Values => [
  appKey,
  password,
  String(tmlType),
  tmlImei,
];
