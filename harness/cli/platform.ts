import { Command, Option } from 'commander';

import { parseAnswer, parseReadAnswer, type WrittenAnswer } from '../platform/answer-text.ts';
import type { Peer } from '../platform/coap/peer.ts';
import type { Answer, ReadAnswer } from '../platform/coap/script.ts';
import { exitCodeOfSignal, type StopSignal, watchForSignal } from '../run/signals.ts';
import { lineHelp, platformHelp } from './platform-help.ts';
import { accountFrom, parseClock, parseListen } from './platform-options.ts';

interface PlatformCommandOptions {
  readonly listen: Peer;
  readonly appKey?: string;
  readonly passwordEnv?: string;
  readonly register?: WrittenAnswer<Answer>;
  readonly update?: WrittenAnswer<Answer>;
  readonly deregister?: WrittenAnswer<Answer>;
  /** false with --no-read. */
  readonly read?: WrittenAnswer<ReadAnswer> | false;
  readonly clock: number;
  readonly pcap?: string;
}

/** `platform`: runs the test platform alone until Ctrl-C. */
export function platformCommand(finish: (exitCode: number) => void): Command {
  return new Command('platform')
    .description('run the CMDMP test platform alone and print what passes')
    .addOption(
      new Option(
        '--listen <address:port>',
        'IPv4 address of this machine and UDP port; port 0 takes any free port',
      )
        .argParser(parseListen)
        .default({ address: '127.0.0.1', port: 5683 }, '127.0.0.1:5683'),
    )
    .option('--app-key <key>', 'the app key it accepts (default: a key of its own, printed at the start)')
    .option(
      '--password-env <name>',
      'environment variable with the private key (default: the one of its own app key; none with --app-key)',
    )
    .option('--register <answer>', 'how it answers registrations', parseAnswer)
    .option('--update <answer>', 'how it answers updates', parseAnswer)
    .option('--deregister <answer>', 'how it answers deregistrations', parseAnswer)
    .option('--read <answer>', 'how it answers a separate response to a read', parseReadAnswer)
    .option('--no-read', 'do not read object 666 after a registration')
    .addOption(
      new Option('--clock <n>', 'network seconds per real second, as module.clock in the rig file')
        .argParser(parseClock)
        .default(1),
    )
    .option('--pcap <file>', 'write the packets to a capture file for tshark and Wireshark')
    .addHelpText('after', platformHelp)
    .action(async (options: PlatformCommandOptions) => finish(await runPlatform(options)));
}

async function runPlatform({
  listen,
  clock,
  pcap,
  read,
  ...options
}: PlatformCommandOptions): Promise<number> {
  const { runSession } = await import('../platform/session.ts');
  const { account, description } = accountFrom(options.appKey, options.passwordEnv);
  const { register, update, deregister } = options;
  let exitCode = 0;
  await runSession(
    {
      listen,
      account,
      pace: clock,
      readsObject: read !== false,
      answers: { register, update, deregister, read: read || undefined },
      pcap,
    },
    {
      input: process.stdin,
      print: (line) => void process.stdout.write(`${line}\n`),
      printError: (text) => void process.stderr.write(`${text}\n`),
      help: lineHelp,
      greeting: description,
    },
    async () => {
      exitCode = exitCodeOfSignal(await stopSignal());
    },
  );
  return exitCode;
}

function stopSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    const endWatch = watchForSignal((signal) => {
      endWatch();
      resolve(signal);
    });
  });
}
