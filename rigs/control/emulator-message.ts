import { z } from 'zod';

import type { EmulatorMessage } from '../emulator/base/protocol.ts';
import type { Truth } from './control.ts';

/** Monotonic nanoseconds in decimal: IPC carries JSON, which has no whole numbers of that size. */
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

/** What the emulated module said, or undefined when it is nothing of the protocol. */
export const readMessage = (value: unknown): EmulatorMessage | undefined => message.safeParse(value).data;

/** An answer's own account of its timing, as stamps. */
export const toTruth = (answer: Extract<EmulatorMessage, { type: 'answer' }>): Truth => ({
  command: answer.command,
  receivedAt: BigInt(answer.receivedAt),
  readAt: BigInt(answer.readAt),
  plannedAt: BigInt(answer.plannedAt),
  plannedLastAt: BigInt(answer.plannedLastAt),
  firstAt: BigInt(answer.firstAt),
  lastAt: BigInt(answer.lastAt),
});
