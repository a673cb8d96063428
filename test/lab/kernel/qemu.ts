import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GuestKernel } from './kernel.js';
import { stockKernel } from './stock-kernel.js';

const virtiofsd = ['/usr/lib/qemu/virtiofsd', '/usr/libexec/virtiofsd', '/usr/lib/virtiofsd'];

/** Debian's stock kernel in software emulation: for what the UML kernel lacks. Up in about ten seconds. */
export const qemu: GuestKernel = {
  id: 'qemu',
  // The cloud kernel has no PPP.
  features: ['esp', 'vti', 'xfrm-interface', 'wireguard', 'nft-flowtable'],
  requires: [
    { file: '/usr/bin/qemu-system-x86_64', package: 'qemu-system-x86' },
    { file: virtiofsd, package: 'qemu-system-common' },
    { file: '/usr/bin/busybox', package: 'busybox-static', isStatic: true },
    { file: '/usr/bin/cpio', package: 'cpio' },
    { file: ['/usr/sbin/depmod', '/sbin/depmod'], package: 'kmod' },
  ],
  patienceMs: 1000,
  slowness: 4,
  async prepare(work, guest) {
    const kernel = await stockKernel();
    const socket = join(work, 'fs.sock');
    return {
      file: '/usr/bin/qemu-system-x86_64',
      args: [
        ...['-accel', 'tcg', '-cpu', 'max', '-m', '1024', '-nographic', '-no-reboot', '-nodefaults'],
        ...['-serial', 'stdio', '-kernel', kernel.image, '-initrd', kernel.initrd],
        ...['-append', `console=ttyS0 quiet panic=-1 work=${work} guest=${guest} modules=${kernel.modules}`],
        ...['-object', 'memory-backend-memfd,id=mem,size=1024M,share=on', '-numa', 'node,memdev=mem'],
        ...['-chardev', `socket,id=fs,path=${socket}`, '-device', 'vhost-user-fs-pci,chardev=fs,tag=root'],
      ],
      companion: {
        file: virtiofsd.find(existsSync) ?? virtiofsd[0]!,
        args: [`--socket-path=${socket}`, '-o', 'source=/', '-o', 'cache=auto', '-o', 'sandbox=chroot'],
        ready: socket,
      },
    };
  },
};
