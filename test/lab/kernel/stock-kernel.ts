import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface StockKernel {
  readonly version: string;
  readonly image: string;
  readonly initrd: string;
  /** Folder with the modules of this version. */
  readonly modules: string;
}

/** Loaded by the initial RAM disk, before the root file system is there. */
const early = ['virtio_pci', 'virtiofs', 'overlay'];

/**
 * Debian's kernel for cloud machines, unpacked once into the user's cache. The installed package is not needed: an
 * installed kernel would touch the boot loader of this machine.
 * @throws when it can neither be found nor downloaded, with the command that helps.
 */
export async function stockKernel(): Promise<StockKernel> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mtucalc-lab', 'v3');
  const kept = existsSync(cache) ? readdirSync(cache).filter((name) => existsSync(join(cache, name, 'initrd.gz'))) : [];
  const version = kept.sort().at(-1) ?? build(cache);
  const at = join(cache, version);
  return { version, image: join(at, 'vmlinuz'), initrd: join(at, 'initrd.gz'), modules: join(at, 'modules') };
}

function build(cache: string): string {
  mkdirSync(cache, { recursive: true });
  // Built beside and moved into place: two labs may do this at the same time.
  const build = mkdtempSync(join(cache, 'build-'));
  try {
    const depends = execFileSync('apt-cache', ['depends', 'linux-image-cloud-amd64'], { encoding: 'utf8' });
    const name = /Depends: (linux-image-(\S+))/.exec(depends);
    if (!name) throw new Error('apt-cache does not know linux-image-cloud-amd64');
    const version = name[2]!;
    execFileSync('apt-get', ['download', name[1]!], { cwd: build, stdio: 'pipe' });
    const deb = readdirSync(build).find((file) => file.endsWith('.deb'))!;
    execFileSync('dpkg-deb', ['-x', deb, 'deb'], { cwd: build });
    const ready = join(build, 'ready');
    mkdirSync(ready);
    cpSync(join(build, 'deb/boot', `vmlinuz-${version}`), join(ready, 'vmlinuz'));
    execFileSync('depmod', ['-b', join(build, 'deb'), version]);
    initrd(build, version, join(ready, 'initrd.gz'));
    renameSync(join(build, 'deb/lib/modules', version), join(ready, 'modules'));
    if (!existsSync(join(cache, version))) renameSync(ready, join(cache, version));
    return version;
  } catch (cause) {
    throw new Error(
      `no stock kernel for the emulator: apt-get update && apt-get install --download-only linux-image-cloud-amd64\n${cause}`,
    );
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}

function initrd(build: string, version: string, target: string): void {
  const root = join(build, 'initrd');
  for (const folder of ['bin', 'proc', 'sys', 'dev', 'lower', 'upper', 'newroot'])
    mkdirSync(join(root, folder), { recursive: true });
  cpSync('/usr/bin/busybox', join(root, 'bin/busybox'), { dereference: true });
  for (const applet of ['sh', 'mount', 'insmod', 'modprobe', 'mkdir', 'cat', 'chroot', 'poweroff', 'uname', 'ln']) {
    symlinkSync('busybox', join(root, 'bin', applet));
  }
  // The few modules needed to reach the root file system, with what they depend on, in order.
  const wanted = execFileSync('modprobe', ['-d', join(build, 'deb'), '-S', version, '--show-depends', '-a', ...early], {
    encoding: 'utf8',
  });
  const files = [...new Set([...wanted.matchAll(/^insmod (\S+)/gm)].map((match) => match[1]!))];
  const inside = files.map((file) => file.slice(file.indexOf('/lib/modules')));
  files.forEach((file, index) => {
    mkdirSync(join(root, dirname(inside[index]!)), { recursive: true });
    cpSync(file, join(root, inside[index]!));
  });
  writeFileSync(
    join(root, 'init'),
    `#!/bin/sh
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
for word in $(cat /proc/cmdline); do case $word in work=*|guest=*|modules=*) export "$word";; esac; done
${inside.map((file) => `insmod ${file}`).join('\n')}
mount -t virtiofs root /lower; mount -t tmpfs tmpfs /upper; mkdir /upper/up /upper/work
mount -t overlay overlay -o lowerdir=/lower,upperdir=/upper/up,workdir=/upper/work /newroot
mount --bind /lower$work /newroot$work
mkdir -p /newroot/lib/modules/${version}; mount --bind /lower$modules /newroot/lib/modules/${version}
exec chroot /newroot /bin/sh $guest
`,
    { mode: 0o755 },
  );
  execFileSync('/bin/sh', ['-c', `find . | cpio -o -H newc --quiet | gzip -1 > '${target}'`], { cwd: root });
}
