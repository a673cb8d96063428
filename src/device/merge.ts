import { MtucalcError } from '../error.js';
import type { Measurement } from './measurement.js';
import type { Association, ClampReading, DeviceReading, LinkReading, Understood } from './reading.js';

/** Everything understood of one paste, over all formats in it. */
export interface Merged {
  readonly formats: readonly string[];
  readonly associations: readonly Association[];
  readonly links: readonly LinkReading[];
  readonly defaultDevices: readonly string[];
  readonly remarks: readonly string[];
  readonly understood: readonly Understood[];
  readonly clamps: readonly ClampReading[];
  readonly measurements: readonly Measurement[];
}

/** Pairs of a tunnel and an interface: 5000 of each, 2 s. */
const MOST_COMPARED = 25_000_000;

/** Joins the readings of several formats: one SA seen twice is one, live SAs stand before proposals. */
export function mergeReadings(readings: readonly DeviceReading[]): Merged {
  const useful = readings.filter(
    ({ understood, associations, links, defaultDevices, remarks, measurements }) =>
      understood.length + associations.length + links.length + defaultDevices.length + remarks.length > 0 ||
      (measurements ?? []).length > 0,
  );
  const count = (of: (reading: DeviceReading) => readonly unknown[]): number =>
    useful.reduce((sum, reading) => sum + of(reading).length, 0);
  const [tunnels, interfaces] = [count((one) => one.associations), count((one) => one.links)];
  if (tunnels * interfaces > MOST_COMPARED)
    throw new MtucalcError(
      'too-many',
      `${tunnels} tunnels and ${interfaces} interfaces or routes in one input, more than are compared with each other`,
      'give only those that are asked about',
    );
  let associations = dedupe(useful.flatMap((reading) => reading.associations));
  const live = associations.filter(({ kind, encr, integ }) => kind === 'sa' && (encr !== null || integ !== null));
  const proposals = associations.filter(({ kind }) => kind === 'proposal');
  const superseded = live.length > 0 && proposals.length > 0;
  const remarks = new Set(
    useful
      .filter(({ associations: own }) => !superseded || own.every(({ kind }) => kind !== 'proposal'))
      .flatMap((reading) => reading.remarks),
  );
  if (superseded) {
    remarks.add(
      `${proposals.length} configured ${proposals.length === 1 ? 'proposal is' : 'proposals are'} left aside: the SAs show what was negotiated`,
    );
    associations = associations.filter(({ kind }) => kind !== 'proposal');
  }
  const { associations: kept, links } = devices(
    associations,
    sessions(
      associations,
      useful.flatMap((reading) => reading.links),
    ),
  );
  associations = kept;
  return {
    formats: useful.filter(({ understood }) => understood.length > 0).map(({ format }) => format),
    associations: carriers(bundles(associations), links),
    links,
    defaultDevices: useful.flatMap(({ defaultDevices }) => defaultDevices),
    remarks: [...remarks],
    understood: useful.flatMap(({ understood }) => understood).sort((a, b) => a.line - b.line),
    clamps: useful.flatMap(({ clamps }) => clamps ?? []),
    measurements: useful.flatMap(({ measurements }) => measurements ?? []),
  };
}

/** Tunnel devices stand for themselves only where nothing else in the paste says what runs through them. */
function devices(
  associations: readonly Association[],
  links: readonly LinkReading[],
): { associations: Association[]; links: readonly LinkReading[] } {
  const isDevice = ({ flags }: Association): boolean => flags.includes('device');
  const others = associations.filter((association) => !isDevice(association));
  if (others.length > 0) return { associations: others, links };
  const names = new Set(associations.map(({ interface: name }) => name));
  if (names.size === 0) return { associations: [], links };
  // Each is compared with its own figure; a tunnel device of another kind with none.
  return {
    associations: [...associations],
    links: links.map((link) => (link.role === 'tunnel' ? { ...link, owner: link.name } : link)),
  };
}

/**
 * Beside SAs that carry L2TP a ppp interface with an address that is no end of theirs is the session inside, and no
 * link.
 */
function sessions(associations: readonly Association[], links: readonly LinkReading[]): readonly LinkReading[] {
  const l2tp = associations.filter(({ payload }) => payload === 'l2tp');
  if (l2tp.length === 0) return links;
  const ends = new Set(l2tp.flatMap(({ source, destination }) => [source, destination]));
  return links.map((link) =>
    link.role === 'link' &&
    /^ppp\d/.test(link.name) &&
    link.addresses.length > 0 &&
    !link.addresses.some((one) => ends.has(one))
      ? { ...link, role: 'tunnel', setMtu: (mtu) => `pppd mtu ${mtu} mru ${mtu}` }
      : link,
  );
}

const spiKey = (spi: string): string => spi.replace(/^0x/i, '').replace(/^0+/, '').toLowerCase();

/**
 * The same SA in two formats (swanctl and ip xfrm) or pasted twice: the one with the printed ICV stays and takes over
 * what only the other says. Both directions of one IKE tunnel have different SPIs, so nothing else is joined.
 */
function dedupe(associations: readonly Association[]): Association[] {
  const kept: Association[] = [];
  const places = new Map<string, number>();
  for (const association of associations) {
    const { spi, kind } = association;
    // Both ends may choose the same SPI: the addresses belong to the SA's name (RFC 4301 §4.1).
    const key = spi === null || kind !== 'sa' ? null : `${association.protocol} ${spiKey(spi)}`;
    const at = key === null ? undefined : places.get(key);
    const before = at === undefined ? undefined : kept[at];
    if (before === undefined || at === undefined || !isSame(before, association)) {
      if (key !== null) places.set(key, kept.length);
      kept.push(association);
      continue;
    }
    const [main, extra] =
      association.icvOctets !== null && before.icvOctets === null ? [association, before] : [before, association];
    kept[at] = {
      ...main,
      name: main.name || extra.name,
      direction: main.direction ?? extra.direction,
      mode: main.mode ?? extra.mode,
      ifId: main.ifId ?? extra.ifId,
      natT: main.natT === true || extra.natT === true ? true : (main.natT ?? extra.natT),
      pathMtu: main.pathMtu ?? extra.pathMtu,
      ownMtu: main.ownMtu ?? extra.ownMtu,
    };
  }
  return kept;
}

function isSame(a: Association, b: Association): boolean {
  const ends = ({ source, destination }: Association): string => [source, destination].join(' ');
  if (a.source === null || b.source === null || a.destination === null || b.destination === null) return true;
  // swanctl lists a CHILD_SA once, from its own side; ip xfrm lists each direction.
  return ends(a) === ends(b) || (a.source === b.destination && a.destination === b.source && a.name !== b.name);
}

/** A transport-mode SA between the ends of a tunnel device carries that device's packets. */
function carriers(associations: readonly Association[], links: readonly LinkReading[]): Association[] {
  return associations.map((association) => {
    const { mode, payload, source, destination } = association;
    if (mode !== 'transport' || source === null || destination === null) return association;
    const device = links.find(({ carries }) => carries?.ends.every((end) => end === source || end === destination));
    // GRE of a selector may be GRE with a key or Ethernet in GRE at the device.
    if (!device?.carries || (payload !== 'ip' && payload !== 'gre')) return association;
    return { ...association, payload: device.carries.payload };
  });
}

/** AH and ESP between the same addresses in the same direction are one bundle: AH goes around the ESP packet. */
function bundles(associations: readonly Association[]): Association[] {
  const headers = associations.filter(({ protocol, kind }) => protocol === 'ah' && kind === 'sa');
  if (headers.length === 0) return [...associations];
  const used = new Set<Association>();
  const joined = associations.map((association) => {
    if (
      association.protocol !== 'esp' ||
      association.ah !== null ||
      association.kind !== 'sa' ||
      association.natT === true
    )
      return association;
    const ah = headers.find(
      (other) =>
        other.source !== null &&
        other.source === association.source &&
        other.destination === association.destination &&
        other.direction === association.direction &&
        other.name === association.name,
    );
    if (!ah) return association;
    used.add(ah);
    return { ...association, ah: ah.integ };
  });
  return joined.filter((association) => !used.has(association));
}
