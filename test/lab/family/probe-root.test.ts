import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantToCopy } from '../../../src/app/grant-raw.js';
import type { ProbeAnswer, ProbeResult } from '../../../src/probe/result.js';
import { repo } from '../guest-process.js';
import { inNamespace } from './in-namespace.js';

/** What root keeps once it measures: looked at in /proc while packets come in. */
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtucalc-root-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const program = `${process.execPath} ${repo}/bin/mtucalc.js`;
/**
 * Next to a host that receives no more than 1400 octets and says nothing, runs it in the background and prints, over
 * and over, ICMP messages received and who the process is.
 */
const watched = (line: string): string => `
  ip link set lo up; unshare --net sleep 60 & far=$!; sleep 0.1
  ip link add near type veth peer name far netns $far; ip addr add 10.5.5.1/24 dev near
  ip -6 addr add fd00::1/64 dev near nodad; ip link set near up
  nsenter -t $far -n sh -c 'ip addr add 10.5.5.5/24 dev far; ip -6 addr add fd00::5/64 dev far nodad; ip link set far mtu 1400 up'
  ${line} >${folder}/out 2>${folder}/err & pid=$!
  look() { for p in $pid $(pgrep -P $pid); do
    got=$(awk '/^Icmp:/ && n++ { print $2 }' /proc/$p/net/snmp 2>/dev/null)
    who=$(awk '/^(Uid|Gid|Groups|CapPrm):/ { $1=""; printf "%s;", $0 }' /proc/$p/status 2>/dev/null)
    [ "$(cat /proc/$p/comm 2>/dev/null)" = ip ] || echo "$got $who"; done; }
  while kill -0 $pid 2>/dev/null; do look; sleep 0.02; done
  wait $pid; echo "status $?"; kill $far`;
const heard = (lines: readonly string[]): string[] => [
  ...new Set(lines.flatMap((line) => /^[1-9]\d* +(\S.*;)$/.exec(line)?.[1] ?? [])),
];
const result = (): ProbeResult =>
  (JSON.parse(readFileSync(`${folder}/out`, 'utf8')) as ProbeAnswer).results[0] as ProbeResult;
const errors = (): string => readFileSync(`${folder}/err`, 'utf8');
const four = (id: number): string => Array(4).fill(id).join(' ');
const lesser = (uid: number, gid: number): string => `${four(uid)}; ${four(gid)};; 0000000000000000;`;

describe('probe as root', () => {
  test.for([
    ['nobody', '', 65534, 65534],
    ['who called sudo', 'env SUDO_UID=1234 SUDO_GID=1235', 1234, 1235],
    ['nobody where root called sudo', 'env SUDO_UID=0 SUDO_GID=0', 65534, 65534],
    ['nobody for what is no id', 'env SUDO_UID=4294967295 SUDO_GID=-1', 65534, 65534],
  ] as const)('%s receives the packets', ([, before, uid, gid]) => {
    const lines = inNamespace(watched(`${before} ${program} probe 10.5.5.5 --engine raw --pps 60 --json`));
    expect(heard(lines)).toEqual([lesser(uid, gid)]);
    expect(result()).toMatchObject({ engine: 'raw', verdict: 'black-hole' });
    expect(errors()).toBe('');
  });
  test('by both families of a name at once, out of a folder that root alone may read', () => {
    const copy = `${folder}/install`;
    const lines = inNamespace(`
      mkdir -m 700 ${copy} && cp -r ${repo}/bin ${repo}/dist ${repo}/package.json ${copy} && mkdir ${copy}/node_modules
      cp -rL ${repo}/node_modules/koffi ${repo}/node_modules/@koromix ${repo}/node_modules/raw-socket ${copy}/node_modules
      cd ${copy}
      ${watched(`${process.execPath} ${copy}/bin/mtucalc.js probe 10.5.5.5 fd00::5 --pps 500 --json`)}`);
    expect(heard(lines)).toEqual([lesser(65534, 65534)]);
    expect(JSON.parse(readFileSync(`${folder}/out`, 'utf8')).results).toMatchObject([
      { engine: 'raw', verdict: 'black-hole' },
      { engine: 'raw', verdict: 'black-hole' },
    ]);
  }, 120_000);
  test('verify reads its input as root, and prints what fits as nobody', () => {
    const line = `${program} verify 10.5.5.5 --cipher aes256 --pps 60 --emit nftables`;
    const lines = inNamespace(watched(line));
    expect(heard(lines)).toEqual([lesser(65534, 65534)]);
    expect(errors()).not.toMatch(/bug/);
  });
  test('diagnose measures in a process of its own and writes as root', () => {
    const lines = inNamespace(
      `${watched(`${program} diagnose 10.5.5.5 --pps 60 --report ${folder}/page.html --json`)}
      stat -c 'page %u %a' ${folder}/page.html`,
    );
    expect(heard(lines)).toContain(lesser(65534, 65534));
    expect(lines).toContain('page 0 600');
    expect(JSON.parse(readFileSync(`${folder}/out`, 'utf8')).carries).toMatchObject([{ verdict: 'black-hole' }]);
  });
  test('a container without CAP_SETUID: said, and measured', () => {
    const lines = inNamespace(
      watched(`setpriv --bounding-set -setuid,-setgid ${program} probe 10.5.5.5 --engine raw --json`),
    );
    expect(lines).toContain('status 1');
    expect(errors()).toBe('mtucalc: answers are read as root: root cannot be given up here (setgroups: EPERM)\n');
    expect(result()).toMatchObject({ engine: 'raw', verdict: 'black-hole' });
  });
  test('with ping alone, which asks for the same right', () => {
    inNamespace(watched(`${program} probe 10.5.5.5 --engine ping --json`));
    expect(result()).toMatchObject({ engine: 'ping' });
  });
});

test("doctor's lines, pasted: a copy of node may open raw sockets, for one group, and the system's may not", () => {
  const commands = grantToCopy()?.command.replace(
    /mtucalc='.*'$/,
    `mtucalc='/usr/local/lib/mtucalc/node ${repo}/bin/mtucalc.js'`,
  );
  const lines = inNamespace(`
    ip link set lo up; mkdir ${folder}/bin; mount -t tmpfs -o mode=755 none /usr/local/lib
    printf '#!/bin/sh\\nexec "$@"\\n' > ${folder}/bin/sudo; printf '#!/bin/sh\\necho 65534\\n' > ${folder}/bin/id
    chmod 755 ${folder} ${folder}/bin ${folder}/bin/*
    PATH=${folder}/bin:/usr/bin:/bin; export PATH
    ${commands}
    stat -c 'copy %u:%g %a' /usr/local/lib/mtucalc/node
    as() { /usr/bin/setpriv --reuid 65534 --regid "$1" --clear-groups sh -c '"$@"' sh "$2" ${repo}/bin/mtucalc.js doctor | grep -m1 -o '^... raw'; }
    as 65534 /usr/local/lib/mtucalc/node; as 65534 ${process.execPath}; as 65533 /usr/local/lib/mtucalc/node || true`);
  expect(lines).toEqual(['copy 0:65534 750', 'yes raw', 'no  raw', expect.stringMatching(/ermission denied/)]);
});
