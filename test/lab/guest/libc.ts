import { closeSync, openSync } from 'node:fs';
import koffi from 'koffi';

/** The few calls that Node does not offer: network namespaces, packet sockets, socket options. All sizes in octets. */
const libc = koffi.load('libc.so.6');
const call = {
  setns: libc.func('int setns(int fd, int type)'),
  socket: libc.func('int socket(int family, int type, int protocol)'),
  bind: libc.func('int bind(int fd, void *address, uint32_t length)'),
  connect: libc.func('int connect(int fd, void *address, uint32_t length)'),
  listen: libc.func('int listen(int fd, int backlog)'),
  accept: libc.func('int accept(int fd, void *address, void *length)'),
  send: libc.func('long send(int fd, void *data, size_t length, int flags)'),
  sendto: libc.func('long sendto(int fd, void *data, size_t length, int flags, void *to, uint32_t tolen)'),
  recvfrom: libc.func('long recvfrom(int fd, void *into, size_t length, int flags, void *from, void *fromlen)'),
  setsockopt: libc.func('int setsockopt(int fd, int level, int name, void *value, uint32_t length)'),
  getsockopt: libc.func('int getsockopt(int fd, int level, int name, void *value, void *length)'),
  shutdown: libc.func('int shutdown(int fd, int how)'),
  close: libc.func('int close(int fd)'),
  poll: libc.func('int poll(void *fds, uint64_t count, int timeout)'),
  ioctl: libc.func('int ioctl(int fd, uint64_t request, void *argument)'),
  if_nametoindex: libc.func('uint32_t if_nametoindex(const char *name)'),
};

export const AF = { INET: 2, INET6: 10, PACKET: 17 } as const;
export const SOCK = { STREAM: 1, DGRAM: 2, RAW: 3, NONBLOCK: 0x800 } as const;
export const errno = (): number => koffi.errno();
export const EAGAIN = 11;
export const EMSGSIZE = 90;
export const EINPROGRESS = 115;

function must(result: number, what: string): number {
  if (result < 0) throw new Error(`${what}: errno ${errno()}`);
  return result;
}

const CLONE_NEWNET = 0x40000000;
const home = openSync('/proc/self/ns/net', 'r');

/** Does something inside a network namespace: whatever is opened or started there belongs to it. */
export function inNamespace<T>(name: string, action: () => T): T {
  const fd = openSync(`/run/netns/${name}`, 'r');
  must(call.setns(fd, CLONE_NEWNET), `setns ${name}`);
  closeSync(fd);
  try {
    return action();
  } finally {
    must(call.setns(home, CLONE_NEWNET), 'setns back');
  }
}

export const openSocket = (namespace: string, family: number, type: number, protocol: number): number =>
  inNamespace(namespace, () => must(call.socket(family, type | SOCK.NONBLOCK, protocol), `socket in ${namespace}`));

export const closeSocket = (fd: number): void => {
  call.close(fd);
};

export function setInt(fd: number, level: number, name: number, value: number): void {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  must(call.setsockopt(fd, level, name, buffer, 4), `setsockopt ${level}/${name}`);
}

export function getOption(fd: number, level: number, name: number, size: number): Buffer {
  const value = Buffer.alloc(size);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(size);
  must(call.getsockopt(fd, level, name, value, length), `getsockopt ${level}/${name}`);
  return value.subarray(0, length.readUInt32LE(0));
}

/** sockaddr_in or sockaddr_in6. */
export function address(host: Buffer, port: number): Buffer {
  const six = host.length === 16;
  const sa = Buffer.alloc(six ? 28 : 16);
  sa.writeUInt16LE(six ? AF.INET6 : AF.INET);
  sa.writeUInt16BE(port, 2);
  host.copy(sa, six ? 8 : 4);
  return sa;
}

export const bindTo = (fd: number, to: Buffer): void => void must(call.bind(fd, to, to.length), 'bind');
export const listenOn = (fd: number): void => void must(call.listen(fd, 8), 'listen');
export const acceptFrom = (fd: number): number => call.accept(fd, null, null);
export const shutdownWrite = (fd: number): void => void call.shutdown(fd, 1);

export function connectTo(fd: number, to: Buffer): void {
  if (call.connect(fd, to, to.length) < 0 && errno() !== EINPROGRESS) throw new Error(`connect: errno ${errno()}`);
}

const MSG_NOSIGNAL = 0x4000;
const MSG_TRUNC = 0x20;
/** Octets taken, or -1 (see errno). */
export const sendOn = (fd: number, data: Buffer): number => Number(call.send(fd, data, data.length, MSG_NOSIGNAL));
export const sendTo = (fd: number, data: Buffer, to: Buffer): number =>
  Number(call.sendto(fd, data, data.length, MSG_NOSIGNAL, to, to.length));
/** Octets read; for datagrams the true length, even when `into` is shorter. -1: nothing there, or an error. */
export const receive = (fd: number, into: Buffer, datagram = false): number =>
  Number(call.recvfrom(fd, into, into.length, datagram ? MSG_TRUNC : 0, null, null));

export function receiveFrom(fd: number, into: Buffer, from: Buffer): number {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(from.length);
  return Number(call.recvfrom(fd, into, into.length, MSG_TRUNC, from, length));
}

export const POLLIN = 1;
export const POLLOUT = 4;
const POLLERR = 8;
const POLLHUP = 16;

/** Waits until one of the sockets is ready. Returns, per socket, whether it can be read or written. */
export function pollSockets(sockets: readonly { fd: number; events: number }[], timeoutMs: number) {
  const fds = Buffer.alloc(8 * sockets.length);
  sockets.forEach(({ fd, events }, index) => {
    fds.writeInt32LE(fd, 8 * index);
    fds.writeInt16LE(events, 8 * index + 4);
  });
  call.poll(fds, sockets.length, Math.max(0, Math.ceil(timeoutMs)));
  return sockets.map((_, index) => {
    const got = fds.readInt16LE(8 * index + 6);
    return { read: (got & (POLLIN | POLLERR | POLLHUP)) !== 0, write: (got & (POLLOUT | POLLERR)) !== 0 };
  });
}

export const sleepMs = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

export const deviceIndex = (namespace: string, device: string): number =>
  inNamespace(namespace, () => {
    const index = call.if_nametoindex(device);
    if (index === 0) throw new Error(`no device ${device} in ${namespace}`);
    return index;
  });

const SIOCETHTOOL = 0x8946;
/** ETHTOOL_SRXCSUM, STXCSUM, SSG, STSO, SGSO, SGRO. */
const offloads = [0x15, 0x17, 0x19, 0x1f, 0x24, 0x2c];

/** What `ethtool -K DEV rx off tx off sg off tso off gso off gro off` does. */
export function offloadOff(namespace: string, device: string): void {
  const fd = openSocket(namespace, AF.INET, SOCK.DGRAM, 0);
  for (const command of offloads) {
    const value = Buffer.alloc(8);
    value.writeUInt32LE(command);
    const request = Buffer.alloc(40);
    request.write(device);
    request.writeBigUInt64LE(BigInt(koffi.address(value)), 16);
    call.ioctl(fd, SIOCETHTOOL, request);
  }
  closeSocket(fd);
}
