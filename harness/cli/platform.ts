import { Command, Option } from 'commander';
import { systemClock } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { answerGrammar, parseAnswer } from '../platform/answer-text.ts';
import type { WrittenAnswer } from '../platform/answer-text.ts';
import { eventLine, packetLine } from '../platform/event-text.ts';
import { openCapture } from '../platform/pcap.ts';
import type { Capture } from '../platform/pcap.ts';
import type { Peer } from '../platform/peer.ts';
import { openPlatform } from '../platform/platform.ts';
import type { Answering, Platform } from '../platform/platform.ts';
import { deviceInfoResources } from '../platform/read-object.ts';
import type { Answer } from '../platform/script.ts';
import { exitCodeOfSignal, watchForStop } from '../run/signals.ts';
import type { StopSignal } from '../run/signals.ts';

interface PlatformCommandOptions {
  readonly listen: Peer;
  readonly appKey: string;
  readonly passwordEnv?: string;
  readonly register?: WrittenAnswer;
  readonly update?: WrittenAnswer;
  readonly deregister?: WrittenAnswer;
  readonly read: boolean;
  readonly clock: number;
  readonly pcap?: string;
}

/** `platform`: the test platform alone, a line for each packet, until Ctrl-C. */
export function platformCommand(finish: (exitCode: number) => void): Command {
  return new Command('platform')
    .description('run the CMDMP test platform alone and print what passes')
    .addOption(
      new Option(
        '--listen <address:port>',
        'IPv4 address of this machine and UDP port; port 0 is any free one',
      )
        .argParser(parseListen)
        .default({ address: '127.0.0.1', port: 5683 }, '127.0.0.1:5683'),
    )
    .requiredOption('--app-key <key>', 'the app key it knows (required)')
    .option('--password-env <name>', 'environment variable with the private key (default: none is set)')
    .option('--register <answer>', 'how it answers registrations', parseAnswer)
    .option('--update <answer>', 'how it answers updates', parseAnswer)
    .option('--deregister <answer>', 'how it answers deregistrations', parseAnswer)
    .option('--no-read', 'do not read object 666 after a registration')
    .addOption(
      new Option('--clock <n>', 'network seconds per second, as in the rig file')
        .argParser(parseClock)
        .default(1),
    )
    .option('--pcap <file>', 'write the packets to a capture, for tshark and Wireshark')
    .addHelpText(
      'after',
      `
Answers: ${answerGrammar}.
A capture of another port than 5683 is read with: tshark -r FILE -d udp.port==PORT,coap`,
    )
    .action(async (options: PlatformCommandOptions) => finish(await runPlatform(options)));
}

async function runPlatform(options: PlatformCommandOptions): Promise<number> {
  const password = passwordFrom(options.passwordEnv);
  const start = systemClock.now();
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  // The capture is opened first, so that a file that cannot be written ends the command before it listens.
  const capture = options.pcap ? openCaptureAt(options.pcap, start, () => platform.address()) : undefined;
  const platform = await openPlatform({
    listen: options.listen,
    credentials: [{ appKey: options.appKey, password }],
    pace: options.clock,
    readOnRegistration: options.read ? deviceInfoResources : [],
    onPacket(packet) {
      print(packetLine(packet, start));
      capture?.write(packet);
    },
  });
  platform.onEvent((event) => {
    const line = eventLine(event, start);
    if (line) print(line);
  });
  applyAnswer(platform.answerRegister, options.register);
  applyAnswer(platform.answerUpdate, options.update);
  applyAnswer(platform.answerDeregister, options.deregister);
  const { address, port } = platform.address();
  print(`listening at ${address}:${port}, Ctrl-C ends`);
  const signal = await stopAsked();
  await platform.close();
  capture?.close();
  print(summaryOf(platform));
  if (capture?.failure) throw capture.failure;
  return exitCodeOfSignal(signal);
}

const openCaptureAt = (file: string, at: bigint, local: () => Peer): Capture =>
  openCapture(file, local, { wallMs: Date.now(), at });

function applyAnswer(answering: Answering<Answer>, written: WrittenAnswer | undefined): void {
  if (!written) return;
  if (written.times > 0) answering.times(written.times, written.answer);
  else answering.always(written.answer);
}

function stopAsked(): Promise<StopSignal> {
  return new Promise((resolve) => {
    const endWatch = watchForStop((signal) => {
      endWatch();
      resolve(signal);
    });
  });
}

/** What happened, counted. */
function summaryOf({ packets, events }: Pick<Platform, 'packets' | 'events'>): string {
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  const counted = [...counts].map(([type, count]) => `${count} ${type}`);
  return `${packets.total} packets; ${counted.join(', ') || 'nothing happened'}`;
}

function passwordFrom(name: string | undefined): string {
  if (name === undefined) return '';
  const password = process.env[name];
  if (password !== undefined) return password;
  throw new HilError('USAGE', `the environment variable ${escapeText(name)} is not set`, {
    remedy: 'set it to the private key saved in the module; leave --password-env out where none is saved',
  });
}

function parseListen(text: string): Peer {
  const [, address, port] = /^(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})$/.exec(text) ?? [];
  if (address !== undefined && port !== undefined) return { address, port: Number(port) };
  throw new HilError('USAGE', `--listen ${escapeText(text)} is no IPv4 address and port`, {
    remedy: 'write it like 127.0.0.1:5683',
  });
}

function parseClock(text: string): number {
  const pace = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (pace > 0) return pace;
  throw new HilError('USAGE', `--clock ${escapeText(text)} is no positive number`, {
    remedy: 'leave it out, or give network seconds per second, such as 60',
  });
}
