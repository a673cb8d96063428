import { MtucalcError } from '../error.js';

/** RFC 8221 requirement words. */
export type Status = 'MUST' | 'SHOULD' | 'MAY' | 'SHOULD NOT' | 'MUST NOT';

interface Row {
  readonly id: string;
  readonly name: string;
  /** RFC section or manual that states the numbers. */
  readonly source: string;
  /** 0 to 10: how usual in the field; orders lists, never changes a number. */
  readonly usual: number;
  /** Other spellings, in canonical form; `{k}` stands for each key size. */
  readonly aliases: readonly string[];
  readonly notes?: string;
}

/** An ESP encryption or combined-mode transform; octets, key sizes in bits. */
export interface EncrRow extends Row {
  readonly kind: 'cipher' | 'aead';
  readonly block: number;
  readonly iv: number;
  readonly icv: number;
  readonly salt: number;
  readonly keyBits: readonly number[];
  readonly iana: number | null;
  readonly status: Status | null;
  readonly statusSource?: string;
}

/** An integrity transform; `icv` as truncated on the wire, octets. */
export interface IntegRow extends Row {
  readonly icv: number;
  /** The whole HMAC before truncation, octets (FIPS 180-4 figure 1, RFC 1321 §1): what OpenVPN sends. */
  readonly digest?: number;
  readonly iana: number | null;
  readonly status: Status | null;
  readonly statusSource?: string;
  readonly ahOnly?: boolean;
}

/** An access link and the largest IP packet it carries. */
export interface WanRow extends Row {
  readonly linkMtu: number;
  /** Where IPv6 is carried another way than IPv4: its own link MTU. */
  readonly linkMtu6?: number;
  /** Where the link carries one IP version only. */
  readonly carries?: 4 | 6;
  /** True where the provider translates IPv4 addresses on the way. */
  readonly nat?: boolean;
  /** Where the link MTU holds only within the provider's own network: what to say, and the WAN of what leaves it. */
  readonly within?: { readonly says: string; readonly instead: string };
  /** The largest packet inside a tunnel that the far end accepts or asks for, octets. */
  readonly inside?: { readonly mtu: number; readonly says: string };
}

/** What a header may ride on and what may ride in it. */
export type Carrier = 'link' | 'ip' | 'udp' | 'tcp' | 'tls' | 'natt' | 'gre' | 'ether' | 'packet' | 'ppp';

export interface HeaderRow extends Row {
  /** Short name in the drawing of the packet. */
  readonly part?: string;
  readonly octets: number;
  /** The largest packet it takes in, where the product has a bound of its own; octets. */
  readonly most?: number;
  readonly on: readonly Carrier[];
  readonly gives: Carrier;
  readonly options?: Readonly<Record<string, { readonly octets: number; readonly source: string }>>;
  /** The one header that is put under this one where it is not written. */
  readonly implies?: string | null;
  /** What must be so for the lengths to hold; told with every result. */
  readonly remark?: string;
  /** The only IP version it rides on. */
  readonly family?: 4 | 6;
  /** True for a header inside the packet's own chain: what follows still belongs to that packet. */
  readonly extension?: boolean;
}

/** A tunnel by name: a stack with `{outer}`, `{natt}`, `{esp}`, `{own}` and `{openvpn}` filled in from the request. */
export interface TunnelRow extends Row {
  /** What must be so for the lengths to hold; told with every result. */
  readonly remark?: string;
  readonly stack: string;
  /** Mode of its ESP; absent for tunnels without IPsec. */
  readonly mode?: 'tunnel' | 'transport';
}

export type Effect =
  | { readonly kind: 'icv'; readonly integ: string; readonly use: string }
  | { readonly kind: 'pad'; readonly encr: string; readonly block: number }
  | { readonly kind: 'ah-align'; readonly family: 4 | 6; readonly align: number }
  | { readonly kind: 'header-option'; readonly header: string; readonly option: string };

/** Where a product differs from the RFC optimum. */
export interface ImplementationRow {
  readonly id: string;
  readonly name: string;
  readonly says: string;
  readonly effects: readonly Effect[];
  readonly source: string;
  readonly aliases: readonly string[];
}

/** A number people quote or meet, and what it is known for. */
export interface NumberRow {
  readonly value: number;
  /** `segment`: the data of one TCP segment; `frame`: an Ethernet frame as captures show it. */
  readonly of: 'mtu' | 'mss' | 'ping' | 'segment' | 'frame';
  /** True for a number that was chosen, not computed: no stack explains it better. */
  readonly chosen?: boolean;
  readonly says: string;
  readonly source: string;
}

export interface IkeWords {
  /** Regular expressions over one canonical token: IKE and PFS parts of a proposal. */
  readonly ignored: readonly string[];
  /** The same over several tokens joined by hyphens. */
  readonly sequences: readonly string[];
  readonly noise: readonly string[];
  readonly esn: readonly string[];
}

/** Everything in `ciphers/`. */
export interface Catalogue {
  readonly encr: readonly EncrRow[];
  readonly integ: readonly IntegRow[];
  readonly ike: IkeWords;
  readonly wan: readonly WanRow[];
  readonly headers: readonly HeaderRow[];
  readonly tunnels: readonly TunnelRow[];
  readonly implementations: readonly ImplementationRow[];
  readonly numbers: readonly NumberRow[];
}

const octets = (low: number, high: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= low && (value as number) <= high
    ? undefined
    : `a whole number from ${low} to ${high}`;
/** ESP pads to a multiple of 4 and of the block at once (RFC 4303 §2.4): of two powers of two that is the larger. */
const blockOctets = (value: unknown) =>
  [1, 2, 4, 8, 16, 32, 64].includes(value as number) ? undefined : 'a power of two from 1 to 64';
/** Of a file of rows: they are tried against each other, key sizes times spellings times rows. */
const MOST = { rows: 256, aliases: 64, keySizes: 16, text: 200 } as const;
const KEY_BITS = octets(0, 65_535);
/** One line: a line break in a name would forge lines of the answer. */
const text = (value: unknown) =>
  typeof value === 'string' &&
  value.length <= MOST.text &&
  /\S/.test(value) &&
  !/[\u0000-\u001f\u007f-\u009f]/.test(value)
    ? undefined
    : `a text of one line and ${MOST.text} characters at most`;
/** How a wrong value is shown; it may be a whole file. */
const shown = (value: unknown): string => {
  const whole = JSON.stringify(value) ?? 'undefined';
  return whole.length > 60 ? `${whole.slice(0, 60)}…` : whole;
};

const fields = {
  encr: { block: blockOctets, iv: octets(0, 64), icv: octets(0, 64) },
  integ: { icv: octets(0, 64) },
  wan: { linkMtu: octets(68, 65535) },
} as const;

const defaults = { usual: 0, aliases: [], iana: null, status: null, keyBits: [], salt: 0 };

/**
 * A catalogue with a user's rows added; `from` names their file in messages. Every row passes the check that the
 * built-in ones pass in the tests.
 * @throws MtucalcError for the first row that does not.
 */
export function extendCatalogue(base: Catalogue, addition: unknown, from: string): Catalogue {
  if (typeof addition !== 'object' || addition === null || Array.isArray(addition)) {
    throw new MtucalcError('catalogue', `${from}: an object with encr, integ or wan is expected`);
  }
  const extended: Record<string, unknown> = { ...base };
  for (const [list, rows] of Object.entries(addition)) {
    if (!Object.hasOwn(fields, list)) {
      throw new MtucalcError('catalogue', `${from}: ${shown(list)} is not known`, 'known lists: encr, integ, wan');
    }
    const known = list as keyof typeof fields;
    if (!Array.isArray(rows)) throw new MtucalcError('catalogue', `${from}: ${list} is not a list of rows`);
    if (rows.length > MOST.rows)
      throw new MtucalcError('catalogue', `${from}: ${list} has ${rows.length} rows, ${MOST.rows} at most`);
    const checked = rows.map((row, i) => checkRow(known, row, `${from}: ${list}[${i}]`));
    const replaced = new Set(checked.map(({ id }) => id));
    for (const [i, row] of checked.entries()) {
      const own = (base[known] as readonly Row[]).find(({ id }) => id === row.id);
      // A row that replaces a built-in one keeps the spellings people know it by.
      if (own && row.aliases.length === 0) checked[i] = { ...row, aliases: own.aliases };
    }
    extended[known] = [...checked, ...(base[known] as readonly Row[]).filter(({ id }) => !replaced.has(id))];
  }
  return extended as unknown as Catalogue;
}

/** Throws where a row lacks a field, a number is out of range or no source is named. */
function checkRow(list: keyof typeof fields, row: unknown, where: string): Row {
  if (typeof row !== 'object' || row === null) throw new MtucalcError('catalogue', `${where} is not an object`);
  const given = row as Record<string, unknown>;
  const nested = Object.entries(given).find(([, value]) => isNested(value, 2));
  if (nested) throw new MtucalcError('catalogue', `${where}: ${shown(nested[0])} holds lists in lists`);
  const checks: Record<string, (value: unknown) => string | undefined> = {
    id: text,
    name: text,
    source: text,
    ...fields[list],
  };
  for (const [field, check] of Object.entries(checks)) {
    const wanted = check(given[field]);
    if (wanted) throw new MtucalcError('catalogue', `${where}: ${field} ${shown(given[field])} is not ${wanted}`);
  }
  if (list === 'encr' && given.kind !== 'cipher' && given.kind !== 'aead') {
    throw new MtucalcError('catalogue', `${where}: kind ${shown(given.kind)} is neither 'cipher' nor 'aead'`);
  }
  for (const [field, fits] of [
    ['usual', Number.isFinite],
    ['keyBits', areKeySizes],
  ] as const) {
    if (given[field] !== undefined && !fits(given[field]))
      throw new MtucalcError('catalogue', `${where}: ${field} ${shown(given[field])} is not of its kind`);
  }
  const aliases = given.aliases ?? [];
  if (!Array.isArray(aliases) || aliases.length > MOST.aliases || aliases.some(isNoAlias)) {
    throw new MtucalcError(
      'catalogue',
      `${where}: aliases is not a list of texts: ${MOST.aliases} at most, ${MOST.text} characters each`,
    );
  }
  return { ...defaults, ...given } as unknown as Row;
}

/**
 * What lies in more than so many lists or objects no row has; to write down a thousand of them takes more than the
 * stack.
 */
const isNested = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((one) => isNested(one, most - 1)));

const areKeySizes = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= MOST.keySizes && value.every((bits) => KEY_BITS(bits) === undefined);

const isNoAlias = (value: unknown): boolean => typeof value !== 'string' || value.length > MOST.text;
