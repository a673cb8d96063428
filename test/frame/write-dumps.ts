// npx tsx test/frame/write-dumps.ts: writes test/frame/dumps anew. Read what changed beside the specification.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dump } from './dump.js';
import { dumpFile, folder } from './dump-file.js';
import { samples } from './frame-samples.js';

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, linkType, octets] of samples) writeFileSync(dumpFile(name), dump(name, linkType, octets));
