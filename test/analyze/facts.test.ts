import { expect, test } from 'vitest';
import { CaptureWatch } from '../../src/analyze/capture-value.js';
import { CaptureReader } from '../../src/capture/reader.js';
import { feed } from '../capture/feed.js';
import { pcap } from '../capture/files.js';
import { ethernet, filled, ipv4, tcp } from '../packet/packets.js';
import { compiled } from './both-ways.js';

const frames = [100, 1448].map((octets) => ({ octets: ethernet(0x0800, ipv4(6, tcp(filled(octets)))) }));

/** Thousands of files may be read in one run, and what each came to is kept for a while. */
test.for([undefined, compiled])('what a capture came to holds its sizes and not the memory of its analysis', (code) => {
  const watch = new CaptureWatch({ capacity: 64, compiled: code });
  const how = { shortcut: watch.shortcut };
  const report = feed(new CaptureReader(watch.frame.bind(watch), how), pcap(frames));
  const { sizes } = watch.finish('x', report, false).facts;
  expect([sizes.length, sizes[140], sizes[1488]]).toEqual([1489, 1, 1]);
  expect(sizes.buffer.byteLength).toBe(sizes.byteLength);
});
