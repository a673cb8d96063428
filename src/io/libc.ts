import { endianness } from 'node:os';

/** One message as recvmsg(2) gave it. */
export interface Received {
  readonly data: Buffer;
  readonly name: Buffer;
  /** Ancillary data: level, type and content. */
  readonly control: readonly { readonly level: number; readonly type: number; readonly data: Buffer }[];
}

/** The calls of the C library that the error queue needs; Linux on a 64-bit little-endian machine. */
export interface Libc {
  /** @returns a descriptor, or the negative errno. */
  socket(family: number, type: number, protocol: number): number;
  bind(fd: number, address: Buffer): number;
  setOption(fd: number, level: number, option: number, value: number | Buffer): number;
  /** Value of a socket option, as long as the kernel made it; undefined where it refused. */
  getOption(fd: number, level: number, option: number, length: number): Buffer | undefined;
  sendTo(fd: number, data: Buffer, address: Buffer): number;
  /** Undefined where nothing waits, or an error was pending. Never blocks. */
  receive(fd: number, flags: number): Received | undefined;
  close(fd: number): void;
}

const MSG_DONTWAIT = 0x40;

/** @throws what the import throws where koffi is not installed. */
export async function loadLibc(): Promise<Libc> {
  const { default: koffi } = await import('koffi');
  if (process.platform !== 'linux' || endianness() !== 'LE') throw new Error('the error queue is read on Linux only');
  const library = koffi.load(null);
  const iovec = koffi.struct({ iov_base: 'void *', iov_len: 'size_t' });
  const msghdr = koffi.struct({
    msg_name: 'void *',
    msg_namelen: 'uint32_t',
    msg_iov: koffi.pointer(iovec),
    msg_iovlen: 'size_t',
    msg_control: 'void *',
    msg_controllen: 'size_t',
    msg_flags: 'int',
  });
  const socket = library.func('socket', 'int', ['int', 'int', 'int']);
  const bind = library.func('bind', 'int', ['int', 'void *', 'uint32_t']);
  const setsockopt = library.func('setsockopt', 'int', ['int', 'int', 'int', 'void *', 'uint32_t']);
  const getsockopt = library.func('getsockopt', 'int', ['int', 'int', 'int', 'void *', 'void *']);
  const sendto = library.func('sendto', 'int64_t', ['int', 'void *', 'size_t', 'int', 'void *', 'uint32_t']);
  const recvmsg = library.func('recvmsg', 'int64_t', ['int', koffi.inout(koffi.pointer(msghdr)), 'int']);
  const close = library.func('close', 'int', ['int']);
  const checked = (result: number | bigint): number => (Number(result) < 0 ? -koffi.errno() : Number(result));
  const data = Buffer.alloc(65536);
  const control = Buffer.alloc(1024);
  const name = Buffer.alloc(28);

  return {
    socket: (family, type, protocol) => checked(socket(family, type, protocol)),
    bind: (fd, address) => checked(bind(fd, address, address.length)),
    setOption(fd, level, option, value) {
      const bytes = typeof value === 'number' ? Buffer.alloc(4) : value;
      if (typeof value === 'number') bytes.writeInt32LE(value);
      return checked(setsockopt(fd, level, option, bytes, bytes.length));
    },
    getOption(fd, level, option, length) {
      const value = Buffer.alloc(length);
      const size = Buffer.alloc(4);
      size.writeUInt32LE(length);
      if (checked(getsockopt(fd, level, option, value, size)) < 0) return undefined;
      return value.subarray(0, size.readUInt32LE(0));
    },
    sendTo: (fd, bytes, address) => checked(sendto(fd, bytes, bytes.length, 0, address, address.length)),
    receive(fd, flags) {
      const header = {
        msg_name: name,
        msg_namelen: name.length,
        msg_iov: [{ iov_base: data, iov_len: data.length }],
        msg_iovlen: 1,
        msg_control: control,
        msg_controllen: control.length,
        msg_flags: 0,
      };
      const length = checked(recvmsg(fd, header, flags | MSG_DONTWAIT));
      if (length < 0) return undefined;
      return {
        data: Buffer.from(data.subarray(0, length)),
        name: Buffer.from(name),
        control: ancillary(control.subarray(0, Number(header.msg_controllen))),
      };
    },
    close: (fd) => void close(fd),
  };
}

/** struct cmsghdr: length (8 octets), level (4), type (4), data, aligned to 8. */
function ancillary(control: Buffer): Received['control'] {
  const items: { level: number; type: number; data: Buffer }[] = [];
  for (let at = 0; at + 16 <= control.length; ) {
    const length = Number(control.readBigUInt64LE(at));
    if (length < 16 || at + length > control.length) break;
    const [level, type] = [control.readInt32LE(at + 8), control.readInt32LE(at + 12)];
    items.push({ level, type, data: Buffer.from(control.subarray(at + 16, at + length)) });
    at += (length + 7) & ~7;
  }
  return items;
}
