import { MtucalcError } from '../../error.js';
import type { CalcRequest } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { compare } from '../../mtu/compare.js';
import { type Child, el, table } from '../dom.js';

/** Suites that people run, in the order they are met; all of them, whatever the rows' own weights. */
const USUAL_SUITES = ['aes256-sha256', 'aes128-sha1', 'aes256-sha512', 'aes256gcm16', 'chacha20poly1305', '3des-sha1'];
const USUAL_WANS = ['ethernet', 'pppoe', 'ds-lite', 'lte'];

/** Tunnel MTU (and MSS for IPv4) of suites over WANs; everything else as in the fields. */
export function compareView(base: CalcRequest, catalogue: Catalogue, extra: string | undefined): Child[] {
  try {
    const suites = [...new Set([...(extra ? [extra] : []), ...USUAL_SUITES])];
    const wans = USUAL_WANS.filter((id) => catalogue.wan.some((row) => row.id === id));
    const { cells, smallest } = compare(
      { ...base, cipher: undefined, wan: undefined, linkMtu: undefined, stack: undefined },
      ['cipher'],
      ['wan'],
      { cipher: suites, wan: wans, 'nat-t': [], outer: [], tunnel: [] },
      catalogue,
    );
    const cell = (cipher: string, wan: string) =>
      cells.find(({ row, column }) => row.cipher === cipher && column.wan === wan);
    return [
      table(
        ['suite', ...wans.map((id) => catalogue.wan.find((row) => row.id === id)!.name)],
        suites.map((cipher) => [
          cipher,
          ...wans.map((wan) => {
            const found = cell(cipher, wan);
            return found?.tunnelMtu === null || found?.tunnelMtu === undefined
              ? el('span', { title: found?.why ?? '' }, '–')
              : el('span', {}, el('strong', {}, found.tunnelMtu), ` / ${found.mss?.ipv4}`);
          }),
        ]),
        'Tunnel MTU / MSS for IPv4',
      ),
      el('p', { class: 'note' }, `${smallest} is safe for all of them that are possible.`),
    ];
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    return [el('p', { class: 'remark' }, error.message)];
  }
}
