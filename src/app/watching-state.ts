import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { WatchingState } from '../probe/diagnosis.js';
import type { EngineId } from '../probe/engine.js';

/** Where node_exporter's textfile collector reads: Debian's package, and examples/systemd of node_exporter itself. */
const FOLDERS = ['/var/lib/prometheus/node-exporter', '/var/lib/node_exporter/textfile_collector'] as const;

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** A file is put there under another name and renamed: both need the folder. */
const mayWriteIn = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );

/** What of `mtucalc watch` works here; looks at folders and writes nothing. */
export async function watchingState(
  engine: EngineId | null,
  folders: readonly string[] = FOLDERS,
  writable = mayWriteIn,
): Promise<WatchingState> {
  const textfile: { folder: string; writable: boolean }[] = [];
  for (const folder of folders) if (await isFolder(folder)) textfile.push({ folder, writable: await writable(folder) });
  const says =
    engine === null
      ? 'nothing here measures by ICMP or UDP'
      : `unattended, by engine ${engine}; ${figures(textfile, folders)}`;
  return { engine, textfile, says };
}

function figures(textfile: WatchingState['textfile'], folders: readonly string[]): string {
  const open = textfile.find(({ writable }) => writable);
  if (open) return `for node_exporter: --format prometheus --out ${open.folder}/mtucalc.prom`;
  const instead = 'for Prometheus: --listen 127.0.0.1:9845';
  const closed = textfile[0];
  return closed
    ? `this user may not write to node_exporter's ${closed.folder}; ${instead}`
    : `no folder of node_exporter at ${folders.join(' or ')}; ${instead}`;
}
