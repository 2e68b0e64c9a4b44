import type { SavedRecord } from '../../harness/jest/suite.ts';
import type { Values } from '../records/records.ts';
import { extendedSamples, otherCredentials, server } from '../values/samples.ts';

const { serverIP, serverPort, updatePeriod } = server;
const { appKey, password, tmlType, tmlImei } = otherCredentials;

const baseByRecord: ReadonlyMap<string, Values> = new Map([
  ['QDMPCFG 0', ['0']],
  ['QDMPCFG 1', [serverIP, String(serverPort), String(updatePeriod)]],
  ['QDMPCFG 2', [appKey, password, String(tmlType), tmlImei]],
  ...extendedSamples.map((values, type): [string, Values] => [`QDMPCFGEX ${type}`, values]),
]);

/**
 * What a record is given when nothing is known of it: what other suites leave, so that little has to be saved, but for
 * the credentials, since a module may have those of the note's example by default. Access is disabled and the server
 * is nobody's, so that a module that restarts by itself contacts no stranger.
 */
export const baseValues = ({ name }: SavedRecord): Values => baseByRecord.get(name) ?? [];
