import { MtucalcError } from '../../error.js';
import { openFile, ownPlace, pageText } from '../../io/page-source.js';
import { writeFiles } from '../../io/write-files.js';
import { SCHEMA_VERSION } from '../../schema-version.js';
import { command } from '../command.js';
import { off, text } from '../option.js';
import { outputOptions } from '../output-options.js';

export const page = command({
  name: 'page',
  answers: 'page',
  summary: 'The calculator as one HTML file that works from disk, without a network.',
  positionals: [],
  options: {
    out: text({ describe: 'where to write it', usual: 'mtucalc.html', group: 'Page:' }),
    open: off({ describe: 'open it in the browser, from a folder of its own unless --out says where', group: 'Page:' }),
    force: off({ describe: 'replace a file that mtucalc did not write', group: 'Page:' }),
    ...outputOptions,
  },
  examples: [
    ['mtucalc page --open', 'in the browser, also behind an air gap'],
    ['mtucalc page --out /srv/www/mtu.html', 'for a web server of your own'],
  ],
  async run({ out, open, force, words }) {
    if (words[0] !== undefined)
      throw new MtucalcError('usage', `'${words[0]}' is not expected`, 'mtucalc page --out FILE');
    const contents = await pageText();
    const path = out ?? (open ? await ownPlace('mtucalc.html') : 'mtucalc.html');
    const [file = path] = await writeFiles([{ path, text: contents, mode: 0o644 }], { force });
    if (open) await openFile(file);
    const octets = new TextEncoder().encode(contents).length;
    return { kind: 'page', value: { schemaVersion: SCHEMA_VERSION, file, octets, opened: open } };
  },
});
