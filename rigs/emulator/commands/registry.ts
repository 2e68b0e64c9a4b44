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

/** Every command of the healthy module, by its name in upper case. */
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
 * Answers one command as the healthy module does; session and NVRAM are changed when it returns.
 * The answer to an unknown command is plain `ERROR`, for every AT+CMEE (TRANSCRIPTS.md §15).
 */
export function dispatch(call: Call, module: Module): Answer {
  module.session.commands += 1;
  const handler = handlers.get(call.name);
  return handler ? handler(call, module) : refused();
}
