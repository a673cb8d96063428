import type { Readable } from 'node:stream';
import { Capture } from '../capture/container.js';
import { LARGEST_FRAME } from '../capture/limits.js';
import { type CaptureReport, reportOf } from '../capture/reader.js';
import { deliver } from '../capture/record.js';
import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../frame/frame.js';
import { damageSaid } from './compressed-source.js';

interface Packet {
  readonly header: Readonly<
    Record<'timestampSeconds' | 'timestampMicroseconds' | 'capturedLength' | 'originalLength', number>
  >;
  readonly data: Buffer;
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/**
 * The second, independent reader: npm pcap-parser, for clean classic microsecond captures only. It neither notices a
 * cut file nor bounds what it waits for, so both are watched here: damage is said in our words, and an impossible
 * length ends it.
 */
export async function readWithPcapParser(input: Readable, visit: FrameVisitor): Promise<CaptureReport> {
  const { default: pcapParser } = await import('pcap-parser');
  const capture = new Capture(visit);
  // The package allocates with `new Buffer`, which Node warns of once in every process.
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    await new Promise<void>((resolve, reject) => {
      let records = 0;
      const parser = pcapParser.parse(input);
      parser.on('globalHeader', (header: { linkLayerType: number; snapshotLength: number }) => {
        const linkType = header.linkLayerType & 0xffff;
        capture.format = 'pcap';
        capture.byteOrder = parser.endianness === 'BE' ? 'big' : 'little';
        capture.frame.linkType = linkType;
        capture.interfaces.push({ linkType, snapLength: header.snapshotLength, unitsPerSecond: 1e6 });
        capture.base = FILE_HEADER;
      });
      parser.on('packetHeader', () => {
        records += 1;
      });
      parser.on('packet', ({ header, data }: Packet) => {
        const { capturedLength, originalLength, timestampSeconds, timestampMicroseconds } = header;
        const wire = Math.max(capturedLength, originalLength);
        const nanoseconds = timestampMicroseconds * 1000;
        deliver(capture, data, 0, data.length, 0, capturedLength, wire, timestampSeconds, nanoseconds);
        capture.base += RECORD_HEADER + capturedLength;
      });
      // Behind the parser's own listener: what it still holds is one record that is not whole.
      input.on('data', () => {
        if ((parser.buffer?.length ?? 0) <= 2 * LARGEST_FRAME) return;
        const frame = capture.frames + 1;
        const says = `pcap-parser waits for a frame ${frame} of more than ${LARGEST_FRAME} octets; reading stopped there`;
        capture.damage.add(capture.base, frame, says);
        input.destroy();
        resolve();
      });
      parser.on('error', (error: Error) => {
        const broken = damageSaid(error);
        if (broken === undefined) return reject(error);
        capture.damage.add(capture.base, capture.frames + 1, broken);
        resolve();
      });
      parser.on('end', () => {
        const left = parser.buffer?.length ?? 0;
        const says = `the file ends within frame ${capture.frames + 1}: ${left} octets are left over`;
        if (left > 0 || records > capture.frames) capture.damage.add(capture.base, capture.frames + 1, says);
        resolve();
      });
    });
  } catch (error) {
    throw refused(error);
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
  if (capture.interfaces.length === 0) {
    throw new MtucalcError('not-a-capture', 'pcap-parser found no file header: the file is cut or no capture', hint);
  }
  return reportOf(capture);
}

const hint = 'pcap-parser reads classic microsecond pcap only; leave --reader away to use the usual reader';

function refused(error: unknown): unknown {
  const says = (error as Error).message ?? '';
  return /unknown magic|unsupported version/.test(says)
    ? new MtucalcError('unreadable', `pcap-parser refuses this file: ${says}`, hint)
    : error;
}
