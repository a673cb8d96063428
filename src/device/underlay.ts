import type { Association, LinkReading } from './reading.js';

const number = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

/** Whether an IPv4 network such as `10.9.0.1/24` holds an address. */
function holds(subnet: string, address: string): boolean {
  const [own = '', length] = subnet.split('/');
  if (length === undefined || [own, address].some((one) => !/^\d+(?:\.\d+){3}$/.test(one))) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(number(own) / size) === Math.floor(number(address) / size);
}

/**
 * The tunnel that another one runs in: the device that it names, that has its local address, or whose network has its
 * peer.
 */
export const underlayOf = (
  { interface: own, over, source, destination }: Association,
  links: readonly LinkReading[],
): LinkReading | undefined =>
  links.find(
    ({ role, up, name, addresses, subnets = [] }) =>
      role === 'tunnel' &&
      up &&
      name !== own &&
      (name === over ||
        (source !== null && addresses.includes(source)) ||
        (source === null && destination !== null && subnets.some((subnet) => holds(subnet, destination)))),
  );
