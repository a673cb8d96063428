import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GuestKernel } from './kernel.js';

const modules = '/usr/lib/uml/modules';
const wholeState = fileURLToPath(new URL('whole-xstate.c', import.meta.url));
/** A processor whose extended state is longer than this kernel writes back: see whole-xstate.c. */
const hasLongState =
  process.platform === 'linux' && /^flags\b.*\bamx_tile\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));

/** User-Mode Linux: a kernel as an ordinary process. Up in two seconds, neither KVM nor an image needed. */
export const uml: GuestKernel = {
  id: 'uml',
  features: ['esp', 'pppoe', 'vti', 'l2tp'],
  requires: [
    { file: '/usr/bin/linux.uml', package: 'user-mode-linux' },
    { file: modules, package: 'user-mode-linux' },
    ...(hasLongState ? [{ file: '/usr/bin/cc', package: 'gcc libc6-dev' }] : []),
  ],
  patienceMs: 250,
  slowness: 1,
  async prepare(work, guest) {
    const version = readdirSync(modules)[0];
    const init = join(work, 'init');
    // The host's root is mounted read-only; what the guest writes stays in memory, except below `work`.
    await writeFile(
      init,
      `#!/bin/sh
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc; mount -t tmpfs tmpfs /mnt
insmod ${modules}/${version}/kernel/fs/overlayfs/overlay.ko
mkdir /mnt/up /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/up,workdir=/mnt/work /mnt/root
mount -t hostfs none /mnt/root${work} -o ${work}
mkdir -p /mnt/root/lib/modules; ln -sfn ${modules}/${version} /mnt/root/lib/modules/${version}
exec chroot /mnt/root /bin/sh ${guest}
`,
    );
    await chmod(init, 0o755);
    const preloaded = join(work, 'whole-xstate.so');
    if (hasLongState) execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', preloaded, wholeState]);
    return {
      env: hasLongState ? { LD_PRELOAD: preloaded } : {},
      file: '/usr/bin/linux.uml',
      args: [
        'mem=768M',
        'root=/dev/root',
        'rootfstype=hostfs',
        'rootflags=/',
        'ro',
        `init=${init}`,
        `uml_dir=${work}`,
        'con=null',
        'con0=fd:0,fd:1',
        'quiet',
      ],
    };
  },
};
