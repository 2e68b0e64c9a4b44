import type { EmulatorMessage } from '../base/protocol.ts';

/** Tells whoever started the program what happens. */
export type Report = (message: EmulatorMessage) => void;

/** Over IPC to a parent; without a channel there is a person. */
export function reportToParent(): Report {
  const send = process.send?.bind(process);
  if (!send) return printForPerson;
  // A parent that has gone is noticed by `disconnect`; the message to it fails quietly.
  return (message) => send(message, undefined, undefined, () => undefined);
}

/** On standard output, what a person needs. */
export function printForPerson(message: EmulatorMessage): void {
  const text = textForPerson(message);
  if (text !== undefined) process.stdout.write(`${text}\n`);
}

function textForPerson(message: EmulatorMessage): string | undefined {
  switch (message.type) {
    case 'ready':
      return readyText(message);
    case 'control':
      return `${message.line}: ${message.error ?? 'done'}`;
    case 'power':
      return `powered: ${message.on ? 'yes' : 'no'}`;
    case 'boot':
      return `boot: ${message.cause}`;
    case 'answer':
      return undefined;
  }
}

/** The control file is there from now on: a shell that wrote to it earlier would have made an ordinary file. */
function readyText({ device, dir }: Extract<EmulatorMessage, { type: 'ready' }>): string {
  const control = `${dir}/control`;
  return `device: ${device}\ncontrol: ${control}\nready: the module is off; to boot it: echo on > ${control}`;
}
