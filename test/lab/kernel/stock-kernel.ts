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
 * Debian's kernel for cloud machines, kept ready in the user's cache; taken from this machine if installed, else
 * downloaded.
 * @throws when it can neither be found nor downloaded, with the command that helps.
 */
export async function stockKernel(): Promise<StockKernel> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mtucalc-lab', 'v4');
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
    const { version, tree } = installed() ?? download(build);
    const ready = join(build, 'ready');
    mkdirSync(ready);
    cpSync(join(tree, 'boot', `vmlinuz-${version}`), join(ready, 'vmlinuz'));
    cpSync(join(tree, 'lib/modules', version), join(ready, 'lib/modules', version), { recursive: true });
    execFileSync('depmod', ['-b', ready, version]);
    initrd(build, ready, version);
    renameSync(join(ready, 'lib/modules', version), join(ready, 'modules'));
    try {
      renameSync(ready, join(cache, version));
    } catch (cause) {
      // Another lab was faster.
      if (!existsSync(join(cache, version))) throw cause;
    }
    return version;
  } catch (cause) {
    throw new Error(`no stock kernel for the emulator: apt-get install --yes linux-image-cloud-amd64\n${cause}`);
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}

interface Found {
  readonly version: string;
  /** Below it stand boot/ and lib/modules/. */
  readonly tree: string;
}

function installed(): Found | undefined {
  const versions = existsSync('/boot')
    ? readdirSync('/boot').map((name) => /^vmlinuz-(.*-cloud-amd64)$/.exec(name)?.[1])
    : [];
  const version = versions.find((one) => one !== undefined && existsSync(join('/lib/modules', one)));
  return version === undefined ? undefined : { version, tree: '/' };
}

/** The package is fetched and unpacked, not installed: this machine's boot loader is left alone. */
function download(build: string): Found {
  const depends = execFileSync('apt-cache', ['depends', 'linux-image-cloud-amd64'], { encoding: 'utf8' });
  const name = /Depends: (linux-image-(\S+))/.exec(depends);
  if (!name) throw new Error('apt-cache does not know linux-image-cloud-amd64 (apt-get update)');
  execFileSync('apt-get', ['download', name[1]!], { cwd: build, stdio: 'pipe' });
  const deb = readdirSync(build).find((file) => file.endsWith('.deb'))!;
  const tree = join(build, 'deb');
  execFileSync('dpkg-deb', ['-x', deb, 'deb'], { cwd: build });
  return { version: name[2]!, tree };
}

function initrd(build: string, ready: string, version: string): void {
  const root = join(build, 'initrd');
  for (const folder of ['bin', 'proc', 'sys', 'dev', 'lower', 'upper', 'newroot'])
    mkdirSync(join(root, folder), { recursive: true });
  cpSync('/usr/bin/busybox', join(root, 'bin/busybox'), { dereference: true });
  for (const applet of ['sh', 'mount', 'insmod', 'modprobe', 'mkdir', 'cat', 'chroot', 'poweroff', 'uname', 'ln']) {
    symlinkSync('busybox', join(root, 'bin', applet));
  }
  // The few modules needed to reach the root file system, with what they depend on, in order.
  const wanted = execFileSync('modprobe', ['-d', ready, '-S', version, '--show-depends', '-a', ...early], {
    encoding: 'utf8',
  });
  const files = [...new Set([...wanted.matchAll(/^insmod (\S+)/gm)].map((match) => match[1]!))];
  const inside = files.map((file) => file.slice(file.lastIndexOf('/lib/modules')));
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
  execFileSync('/bin/sh', ['-c', `find . | cpio -o -H newc --quiet | gzip -1 > '${join(ready, 'initrd.gz')}'`], {
    cwd: root,
  });
}
