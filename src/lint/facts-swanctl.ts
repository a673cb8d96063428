import { readSettingsTree } from '../config/settings-tree.js';
import { type Facts, noFacts, place } from './facts.js';

/** What swanctl.conf says. */
export function factsOfSwanctl(text: string): Facts {
  const { settings, count } = readSettingsTree(text);
  const read = settings.map(({ line, text: raw, path, value }) => ({
    ...place(line, raw),
    path: path.join('.'),
    name: path.at(-1) ?? '',
    value,
    inChild: path[0] === 'connections' && path[2] === 'children' && path.length === 5,
  }));
  const shown = read.find(({ inChild }) => inChild);
  return {
    ...noFacts,
    format: 'swanctl',
    count,
    settings: read,
    ipsec: { byPolicy: shown !== undefined, place: shown && place(shown.line, shown.text), pairs: [] },
  };
}

/** What strongswan.conf says: settings of the daemon and its plug-ins. */
export function factsOfStrongswan(text: string): Facts {
  return { ...factsOfSwanctl(text), format: 'strongswan', ipsec: noFacts.ipsec };
}
