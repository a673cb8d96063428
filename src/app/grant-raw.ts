import { realpathSync } from 'node:fs';
import type { EngineState } from '../probe/diagnosis.js';

/** setcap(8) stands where only root's PATH looks. */
const SETCAP = 'sudo env PATH="$PATH:/usr/sbin:/sbin" setcap cap_net_raw+ep';
const FOLDER = '/usr/local/lib/mtucalc';

/** What sh takes as one word. */
const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The single executable runs nothing but mtucalc, whatever NODE_OPTIONS says. */
export const grantToThis = (): EngineState['unlock'] => ({
  command: `${SETCAP} ${word(realpathSync(process.execPath))}`,
  grants: 'this mtucalc may open raw sockets, whoever runs it; or use sudo for one run',
});

/** A copy of node for this user's group: what the system's node runs gets nothing. */
export function grantToCopy(): EngineState['unlock'] {
  const copy = `${FOLDER}/node`;
  const script = process.argv[1] === undefined ? 'mtucalc' : realpathSync(process.argv[1]);
  return {
    command: [
      `sudo install -D -m 0750 -g "$(id -g)" ${word(realpathSync(process.execPath))} ${copy}`,
      `${SETCAP} ${copy}`,
      `alias mtucalc=${word(`${copy} ${word(script)}`)}`,
    ].join('\n'),
    grants:
      'what your group runs with this copy of node may open raw sockets, which is to forge and to read packets; the node of this system gets nothing. Or use sudo for one run',
  };
}
