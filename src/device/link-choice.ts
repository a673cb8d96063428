import type { Association, LinkReading } from './reading.js';

/** The link MTU under the tunnel, and where in the paste it was found. */
export interface LinkChoice {
  readonly linkMtu: number;
  /** The interface, the route, or `path`. */
  readonly name: string;
  /** For the answer: `path mtu (line 12)`, `eth0 (default route)`. */
  readonly from: string;
  /** Where its MTU is only a bound: what else it may well be, and why. */
  readonly less?: LinkReading['less'];
  /** Set where the paste leaves a choice. */
  readonly doubt?: string;
}

/** The link of one association: its own path MTU, or an interface or route of the paste. Null where nothing is said. */
export function chooseLink(
  association: Association,
  links: readonly LinkReading[],
  defaultDevices: readonly string[],
): LinkChoice | null {
  const { pathMtu, source, destination } = association;
  if (pathMtu !== null && pathMtu.value > 0)
    return { linkMtu: pathMtu.value, name: 'printed path', from: `${pathMtu.field} (line ${pathMtu.line})` };
  const ends = [source, destination].filter((end) => end !== null);
  const route = links.find(
    ({ role, addresses }) =>
      role === 'route' && addresses.some((address) => address === destination || address === source),
  );
  if (route) return { linkMtu: route.mtu, name: 'route', from: `the MTU of the ${route.name} (line ${route.line})` };
  const candidates = links.filter(({ role, up }) => role === 'link' && up);
  const owner = candidates.find(({ addresses }) => addresses.some((address) => ends.includes(address)));
  if (owner)
    return {
      linkMtu: owner.mtu,
      ...(owner.less ? { less: owner.less } : {}),
      name: owner.name,
      from: `${owner.name}, which has the address of the SA (line ${owner.line})`,
    };
  const leading = candidates.find(({ name, defaultRoute }) => defaultRoute || defaultDevices.includes(name));
  if (leading)
    return {
      linkMtu: leading.mtu,
      ...(leading.less ? { less: leading.less } : {}),
      name: leading.name,
      from: `${leading.name}, the default route (line ${leading.line})`,
    };
  const [first, ...others] = [...candidates].sort((a, b) => a.mtu - b.mtu);
  if (!first) return null;
  const from = `${first.name} (line ${first.line})`;
  const less = first.less ? { less: first.less } : {};
  if (others.every(({ mtu }) => mtu === first.mtu)) return { linkMtu: first.mtu, name: first.name, from, ...less };
  return {
    ...less,
    linkMtu: first.mtu,
    name: first.name,
    from,
    doubt: `which interface carries the tunnel is not in the input: the smallest MTU, ${first.mtu} of ${first.name}, is taken (${others
      .map(({ name, mtu }) => `${name} ${mtu}`)
      .slice(0, 6)
      .join(', ')}; --link-mtu decides)`,
  };
}
