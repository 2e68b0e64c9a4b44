import { Command, Option } from 'commander';

import { systemClock } from '../base/clock.ts';
import { parseAnswer, parseReadAnswer, type Written } from '../platform/answer-text.ts';
import { eventLine, noteLine, packetLine } from '../platform/capture/event-text.ts';
import { type Capture, openCapture } from '../platform/capture/pcap.ts';
import type { Peer } from '../platform/coap/peer.ts';
import type { Answer, ReadAnswer } from '../platform/coap/script.ts';
import { deviceInfoResources } from '../platform/lwm2m/read-object.ts';
import { openPlatform, type Platform } from '../platform/platform.ts';
import { apply } from '../platform/script-line.ts';
import { exitCodeOfSignal, type StopSignal, watchForStop } from '../run/signals.ts';
import { platformHelp } from './platform-help.ts';
import { takeLines } from './platform-lines.ts';
import { knownAccount, parseClock, parseListen } from './platform-options.ts';

interface PlatformCommandOptions {
  readonly listen: Peer;
  readonly appKey?: string;
  readonly passwordEnv?: string;
  readonly register?: Written<Answer>;
  readonly update?: Written<Answer>;
  readonly deregister?: Written<Answer>;
  /** false with --no-read. */
  readonly read?: Written<ReadAnswer> | false;
  readonly clock: number;
  readonly pcap?: string;
}

/** `platform`: the test platform alone, a line for each packet, switched by lines, until Ctrl-C. */
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
    .option('--app-key <key>', 'the app key it knows (default: one of its own, said on start)')
    .option(
      '--password-env <name>',
      'environment variable with the private key (default: that of its own app key; none with --app-key)',
    )
    .option('--register <answer>', 'how it answers registrations', parseAnswer)
    .option('--update <answer>', 'how it answers updates', parseAnswer)
    .option('--deregister <answer>', 'how it answers deregistrations', parseAnswer)
    .option('--read <answer>', 'how it answers a separate response to a read', parseReadAnswer)
    .option('--no-read', 'do not read object 666 after a registration')
    .addOption(
      new Option('--clock <n>', 'network seconds per second, as in the rig file')
        .argParser(parseClock)
        .default(1),
    )
    .option('--pcap <file>', 'write the packets to a capture, for tshark and Wireshark')
    .addHelpText('after', platformHelp)
    .action(async (options: PlatformCommandOptions) => finish(await runPlatform(options)));
}

async function runPlatform(options: PlatformCommandOptions): Promise<number> {
  const { account, said } = knownAccount(options.appKey, options.passwordEnv);
  const start = systemClock.now();
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  // The capture is opened first, so that a file that cannot be written ends the command before it listens.
  const capture = options.pcap ? openCaptureAt(options.pcap, start, () => platform.address()) : undefined;
  const platform = await openPlatform({
    listen: options.listen,
    credentials: [account],
    pace: options.clock,
    readOnRegistration: options.read === false ? [] : deviceInfoResources,
    onPacket(packet) {
      print(packetLine(packet, start));
      capture?.write(packet);
    },
  });
  platform.onEvent((event) => {
    const line = eventLine(event, start);
    if (line) print(line);
  });
  setAnswers(platform, options);
  const stopped = stopAsked();
  const endLines = takeLines(process.stdin, platform, {
    changed: (text) => print(noteLine(text, systemClock.now(), start)),
    print,
    mistake: (text) => void process.stderr.write(`${text}\n`),
  });
  const { address, port } = platform.address();
  print(said);
  print(`listening at ${address}:${port}, Ctrl-C ends; help lists the lines it takes`);
  const signal = await stopped;
  endLines();
  await platform.close();
  capture?.close();
  print(summaryOf(platform));
  if (capture?.failure) throw capture.failure;
  return exitCodeOfSignal(signal);
}

function setAnswers(platform: Platform, options: PlatformCommandOptions): void {
  const { register, update, deregister, read } = options;
  if (register) apply(platform.answerRegister, register);
  if (update) apply(platform.answerUpdate, update);
  if (deregister) apply(platform.answerDeregister, deregister);
  if (read) apply(platform.answerRead, read);
}

const openCaptureAt = (file: string, at: bigint, local: () => Peer): Capture =>
  openCapture(file, local, { wallMs: Date.now(), at });

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
