import { z } from 'zod';

import type { EmulatorMessage } from '../emulator/base/protocol.ts';
import type { Truth } from './control.ts';

/** Monotonic nanoseconds as decimal text: IPC transports JSON, whose numbers are too small. */
const stamp = z.string().regex(/^[0-9]{1,20}$/);

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), device: z.string(), dir: z.string() }),
  z.object({ type: z.literal('control'), line: z.string(), at: stamp, error: z.string().optional() }),
  z.object({ type: z.literal('power'), on: z.boolean(), at: stamp }),
  z.object({ type: z.literal('boot'), cause: z.enum(['power-key', 'reset', 'soft']), at: stamp }),
  z.object({
    type: z.literal('answer'),
    command: z.string(),
    receivedAt: stamp,
    readAt: stamp,
    plannedAt: stamp,
    plannedLastAt: stamp,
    firstAt: stamp,
    lastAt: stamp,
  }),
]);

/** Checks a message of the emulator; undefined if it does not belong to the protocol. */
export const readMessage = (value: unknown): EmulatorMessage | undefined => message.safeParse(value).data;

/** Converts the emulator's report about an answer. */
export const toTruth = (answer: Extract<EmulatorMessage, { type: 'answer' }>): Truth => ({
  command: answer.command,
  receivedAt: BigInt(answer.receivedAt),
  readAt: BigInt(answer.readAt),
  plannedAt: BigInt(answer.plannedAt),
  plannedLastAt: BigInt(answer.plannedLastAt),
  firstAt: BigInt(answer.firstAt),
  lastAt: BigInt(answer.lastAt),
});
