import { qdmpcfg } from '../dmp/qdmpcfg.ts';
import { qdmpcfgex } from '../dmp/qdmpcfgex.ts';
import { refused } from '../module/answers.ts';
import type { Answer, Call, Handler, Module } from '../module/handler.ts';
import { identityCommands } from './identity.ts';
import { lineCommands } from './line.ts';
import { networkCommands } from './network.ts';
import { packetCommands } from './packet.ts';
import { powerCommands } from './power.ts';
import { simCommands } from './sim.ts';
import { timeCommands } from './time.ts';

/** Every command the healthy module has, by its name in upper case. */
export const handlers: ReadonlyMap<string, Handler> = new Map([
  ...lineCommands,
  ...identityCommands,
  ...simCommands,
  ...networkCommands,
  ...packetCommands,
  ...timeCommands,
  ...powerCommands,
  ['+QDMPCFG', qdmpcfg],
  ['+QDMPCFGEX', qdmpcfgex],
]);

/**
 * The healthy module's answer to one command; what it changes (session, NVRAM) is changed when it returns.
 * A command it has not is plain `ERROR`, whatever AT+CMEE says (TRANSCRIPTS.md §15).
 */
export function dispatch(call: Call, module: Module): Answer {
  module.session.commands += 1;
  const handler = handlers.get(call.name);
  return handler ? handler(call, module) : refused();
}
