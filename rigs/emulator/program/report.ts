import type { EmulatorMessage } from '../base/protocol.ts';

/** Reports an event to the parent process, or to a person. */
export type Report = (message: EmulatorMessage) => void;

/** Reports over IPC; without a channel on standard output. */
export function reportToParent(): Report {
  const send = process.send?.bind(process);
  if (!send) return printForPerson;
  // A parent that has gone is noticed by `disconnect`; the error of the message is ignored.
  return (message) => send(message, undefined, undefined, () => undefined);
}

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

/** Printed once the control FIFO exists: a shell that writes earlier would create an ordinary file. */
function readyText({ device, dir }: Extract<EmulatorMessage, { type: 'ready' }>): string {
  const control = `${dir}/control`;
  return `device: ${device}\ncontrol: ${control}\nready: the module is off; to boot it: echo on > ${control}`;
}
