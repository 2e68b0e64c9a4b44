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
 * The values saved in a record whose content is unknown. They are what other suites leave, so few saves are needed; only
 * the credentials differ, because a module may have those of the note's example as its defaults. Access is disabled and
 * the server is in 192.0.2.0/24, so a module that restarts by itself contacts no stranger.
 */
export const baseValues = ({ name }: SavedRecord): Values => baseByRecord.get(name) ?? [];
