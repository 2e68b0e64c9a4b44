import type { TraceLine } from '../files/trace-file.ts';
import { countNoun } from '../text/format.ts';
import { lineText } from '../timeline/line-text.ts';
import { capturedPackets } from './captured-packets.ts';
import type { Export } from './export.ts';
import { interfaceBlock, LINKTYPE_RAW, LINKTYPE_RTAC_SERIAL, packetBlock, sectionHeader } from './pcapng.ts';
import { rtacEvents, rtacSerial } from './rtac-serial.ts';

const UART = 0;
const PLATFORM = 1;

const dataOf = ({ data = '' }: TraceLine): Buffer => Buffer.from(data, 'latin1');

/** What stands in the file as a mark: an event of the serial line without data, with a comment. */
const isMark = ({ source, type }: TraceLine): boolean =>
  source === 'control' || source === 'test' || (source === 'note' && type === 'exchange');

/** The packet's frame, if the capture has it: the trace has a datagram's data alone. */
function frameOf(line: TraceLine, packets: Iterator<Uint8Array>): Uint8Array | undefined {
  const frame = packets.next().value as Uint8Array | undefined;
  const data = dataOf(line);
  return frame && Buffer.from(frame.subarray(frame.length - data.length)).equals(data) ? frame : undefined;
}

/**
 * One pcapng for Wireshark and tshark: the UART as RTAC serial with exchanges, tests and switches as comments, and the
 * packets between module and platform.
 */
export const exportPcapng: Export = ({ lines, isWanted, wall, folder }, write) => {
  write(sectionHeader('bc26-hil'));
  write(interfaceBlock(LINKTYPE_RTAC_SERIAL, 'uart'));
  write(interfaceBlock(LINKTYPE_RAW, 'platform'));
  const packets = capturedPackets(folder.packets);
  const counts = { uart: 0, exchanges: 0, packets: 0, missing: 0 };

  function writeSerial(line: TraceLine, event: number, comment?: string): void {
    const ns = wall(line.at);
    write(
      packetBlock({
        interface: UART,
        ns,
        bytes: rtacSerial(ns, event, dataOf(line)),
        ...(comment !== undefined && { comment }),
      }),
    );
  }

  for (const line of lines) {
    const isPacket = line.source === 'platform.rx' || line.source === 'platform.tx';
    const frame = isPacket ? frameOf(line, packets) : undefined;
    if (!isWanted(line)) continue;
    if (line.source === 'uart.rx' || line.source === 'uart.tx') {
      counts.uart++;
      writeSerial(line, line.source === 'uart.tx' ? rtacEvents.sendingBegins : rtacEvents.receivingEnds);
    } else if (isMark(line)) {
      if (line.source === 'note') counts.exchanges++;
      writeSerial(
        { ...line, data: '' },
        rtacEvents.status,
        `${line.source === 'note' ? '' : `${line.source} `}${lineText(line)}`,
      );
    } else if (frame) {
      counts.packets++;
      write(packetBlock({ interface: PLATFORM, ns: wall(line.at), bytes: frame }));
    } else if (isPacket) counts.missing++;
  }
  packets.return(undefined);
  return [
    countNoun(counts.uart, 'piece'),
    `of the serial line, ${countNoun(counts.exchanges, 'exchange')}, ${countNoun(counts.packets, 'packet')}`,
    ...(counts.missing > 0 ? [`(${counts.missing} more are not in platform.pcap)`] : []),
  ].join(' ');
};
