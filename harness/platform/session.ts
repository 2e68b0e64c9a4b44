import { createInterface } from 'node:readline';

import { systemClock } from '../base/clock.ts';
import { describeError, messageOf } from '../base/error.ts';
import type { WrittenAnswer } from './answer-text.ts';
import { eventLine, noteLine, packetLine } from './capture/event-text.ts';
import { openCapture } from './capture/pcap.ts';
import type { Peer } from './coap/peer.ts';
import type { Answer, ReadAnswer } from './coap/script.ts';
import type { Credentials } from './lwm2m/credentials.ts';
import { deviceInfoResources } from './lwm2m/read-object.ts';
import { openPlatform, type Platform } from './platform.ts';
import { type AnswerSettings, applyAnswer, carryOutLine } from './script-line.ts';

export interface SessionOptions {
  readonly listen: Peer;
  readonly account: Credentials;
  /** Seconds of a lifetime that pass in one second. */
  readonly pace: number;
  readonly readsObject: boolean;
  /** The answers that hold from the start. */
  readonly answers: {
    readonly register?: WrittenAnswer<Answer> | undefined;
    readonly update?: WrittenAnswer<Answer> | undefined;
    readonly deregister?: WrittenAnswer<Answer> | undefined;
    readonly read?: WrittenAnswer<ReadAnswer> | undefined;
  };
  readonly pcap?: string | undefined;
}

export interface SessionTerminal {
  readonly input: NodeJS.ReadStream;
  readonly print: (line: string) => void;
  readonly printError: (text: string) => void;
  /** What the line `help` prints. */
  readonly help: string;
  /** Printed first, once the platform listens. */
  readonly greeting: string;
}

/**
 * Runs the test platform for a person: prints a line for each packet and event, and takes lines that change its
 * answers. The end of the input does not end it.
 * @param waitForStop resolves when the session has to end
 * @throws USAGE, PLATFORM_LISTEN_FAILED, CAPTURE_FAILED
 */
export async function runSession(
  options: SessionOptions,
  terminal: SessionTerminal,
  waitForStop: () => Promise<void>,
): Promise<void> {
  const start = systemClock.now();
  const { print } = terminal;
  // The capture is opened first: a file that cannot be written ends the command before the platform listens.
  const capture = options.pcap
    ? openCapture(options.pcap, () => platform.address(), { wallMs: Date.now(), at: start })
    : undefined;
  const platform = await openPlatform({
    listen: options.listen,
    credentials: [options.account],
    pace: options.pace,
    readOnRegistration: options.readsObject ? deviceInfoResources : [],
    onPacket(packet) {
      print(packetLine(packet, start));
      capture?.write(packet);
    },
  });
  platform.onEvent((event) => {
    const line = eventLine(event, start);
    if (line) print(line);
  });
  setAnswers(platform, options.answers);
  const stopped = waitForStop();
  const stopLines = takeLines(terminal, platform, (text) => print(noteLine(text, systemClock.now(), start)));
  const { address, port } = platform.address();
  print(terminal.greeting);
  print(`listening at ${address}:${port}, Ctrl-C ends; help lists the lines it takes`);
  await stopped;
  stopLines();
  await platform.close();
  capture?.close();
  print(summaryOf(platform));
  if (capture?.failure) throw capture.failure;
}

function setAnswers(platform: AnswerSettings, answers: SessionOptions['answers']): void {
  const { register, update, deregister, read } = answers;
  if (register) applyAnswer(platform.answerRegister, register);
  if (update) applyAnswer(platform.answerUpdate, update);
  if (deregister) applyAnswer(platform.answerDeregister, deregister);
  if (read) applyAnswer(platform.answerRead, read);
}

/**
 * Takes lines from the input. A wrong line prints an error and changes nothing.
 * @param onChange is called with what a line has changed, in words
 * @returns stops, and closes the input
 */
function takeLines(
  { input, print, printError, help }: SessionTerminal,
  platform: AnswerSettings,
  onChange: (text: string) => void,
): () => void {
  const lines = createInterface({ input });
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    if (line.trim() === 'help') return print(help);
    try {
      onChange(carryOutLine(line, platform));
    } catch (error) {
      printError(describeError(error));
    }
  });
  input.once('error', (error) => printError(`no more lines are read: ${messageOf(error)}`));
  return () => {
    lines.close();
    // Closing the reader only pauses the input, and an open pipe keeps the process alive.
    input.destroy();
  };
}

function summaryOf({ packets, events }: Pick<Platform, 'packets' | 'events'>): string {
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  const counted = [...counts].map(([type, count]) => `${count} ${type}`);
  return `${packets.total} packets; ${counted.join(', ') || 'nothing happened'}`;
}
