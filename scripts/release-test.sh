#!/usr/bin/env bash
# Makes a release twice and compares the sums; then each artefact is installed where a user would, runs the main job and
# is taken out again. Root, with mmdebstrap, lintian, buildah and fish.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
job='Tunnel MTU 1422, safe TCP MSS 1382 (IPv4) and 1362 (IPv6)'
step() { printf -- '-- %s\n' "$*"; }

step "the workflow is one"
npx --yes -p @action-validator/core@0.6.0 -p @action-validator/cli@0.6.0 action-validator .github/workflows/release.yml

step "made twice: the same sums"
npm run -s release -- --dry-run --quick >/dev/null
cp release/SHA256SUMS "$work/first"
rm -rf release
npm run -s release -- --dry-run --quick >/dev/null
diff "$work/first" release/SHA256SUMS
(cd release && sha256sum --quiet -c SHA256SUMS)
cat release/SHA256SUMS

step "completion in the shells"
export PATH="$root/node_modules/.bin:$PATH"
for shell in bash zsh fish; do node bin/mtucalc.js completion "$shell" > "$work/_mtucalc.$shell"; done
in_bash() {
  bash -c 'source "$1"; shift; COMP_WORDS=(mtucalc "$@"); COMP_CWORD=$#; _mtucalc; echo "${COMPREPLY[*]}"' - "$work/_mtucalc.bash" "$@"
}
in_fish() { fish -c "source $work/_mtucalc.fish; complete -C '$1'" | tr '\n' ' '; }
test "$(in_bash iden)" = identify
test "$(in_bash calc --wan = pppoa)" = pppoa
test "$(in_bash snippet nftab)" = nftables
test "$(in_bash analyze x.pcap '')" = ''
test "$(in_fish 'mtucalc iden')" = 'identify '
test "$(in_fish 'mtucalc calc --wan=pppoa')" = '--wan=pppoa '
test "$(in_fish 'mtucalc calc --cipher aes256-sha1,3')" = 'aes256-sha1,3des-sha1 '
test "$(in_fish 'mtucalc completion ')" = 'bash zsh fish powershell '
test "$(in_fish 'mtucalc analyze READM')" = 'README.md '
# Without compinit it does no harm; with it, what is typed is completed.
zsh -fc "source $work/_mtucalc.zsh"
zsh -f > "$work/zsh.txt" <<END
autoload -Uz compinit && compinit -D -u
source $work/_mtucalc.zsh
compadd() { [[ \$1 == -- ]] && shift; print -r -- "\$*" }
words=(mtucalc calc --wan=pppoa); CURRENT=3; _mtucalc
words=(mtucalc compl); CURRENT=2; _mtucalc
END
diff "$work/zsh.txt" - <<< $'--wan=pppoa\ncompletion'

step "the single executable"
xz -dc release/mtucalc-*-linux-x64.xz > "$work/mtucalc"
chmod 755 "$work/mtucalc"
# A found problem is exit 1, which is an answer here.
single() { env -i PATH=/usr/bin:/bin HOME="$work" "$@" 2>&1 || [ $? -le 2 ]; }
answers() { grep -q "$1" <<< "$2" || { printf 'expected %s in:\n%s\n' "$1" "$2" >&2; exit 1; }; }
single "$work/mtucalc" --cipher aes256 --wan pppoe | head -n 1 | grep -qxF "$job"
# No option of Node reaches a program that may hold CAP_NET_RAW.
echo 'console.log("foreign code ran")' > "$work/foreign.cjs"
if single NODE_OPTIONS="--require $work/foreign.cjs" "$work/mtucalc" --version | grep foreign; then exit 1; fi
answers black-hole "$(single "$work/mtucalc" analyze captures/black-hole-client.pcap)"
doctor=$(single "$work/mtucalc" doctor)
answers '^yes raw' "$doctor"
answers '^yes errqueue' "$doctor"
answers '^Path MTU to 127.0.0.1: 65535' "$(single "$work/mtucalc" probe 127.0.0.1 --engine errqueue)"
# Two large captures: each is read by a thread whose code lies inside too.
npx tsx bench/generate-capture.ts "$work/large.pcap" 30000 >/dev/null
cp "$work/large.pcap" "$work/again.pcap"
single "$work/mtucalc" analyze "$work/large.pcap" "$work/again.pcap" --json > "$work/two.json"
test "$(node -p "JSON.parse(require('fs').readFileSync('$work/two.json')).results.filter((one) => one.verdict).length")" = 2
# A folder that cannot be written is said, and the next engine serves.
answers 'TMPDIR=.HOME mtucalc' "$(single TMPDIR=/proc "$work/mtucalc" doctor)"
answers 'set TMPDIR to a folder' "$(single TMPDIR=/proc "$work/mtucalc" probe 127.0.0.1)"

step "lintian"
lintian --fail-on error,warning release/*.deb 2>&1 | grep -v 'running with root' || true
lintian --fail-on error,warning release/*.deb >/dev/null 2>&1

in_chroot() {
  local suite=$1 package=$2 tree="$work/$1"
  step "$package on $suite: install, run, purge"
  mmdebstrap --quiet --variant=minbase "$suite" "$tree"
  cp /etc/resolv.conf "$tree/etc/resolv.conf"
  cp release/"$package"_*.deb "$tree/tmp/"
  inside() { env -u NODE_EXTRA_CA_CERTS chroot "$tree" env DEBIAN_FRONTEND=noninteractive "$@"; }
  inside apt-get update -qq
  inside sh -c "apt-get install -y -qq --no-install-recommends /tmp/${package}_*.deb" >/dev/null 2>&1
  inside mtucalc --cipher aes256 --wan pppoe | head -n 1 | grep -qxF "$job"
  inside dpkg -V "$package"
  inside test -s /usr/share/man/man1/mtucalc.1.gz || inside test -d /usr/share/doc/"$package"
  inside apt-get purge -y -qq "$package" >/dev/null 2>&1
  test -z "$(find "$tree/usr" -name '*mtucalc*' -print -quit)" || { find "$tree/usr" -name '*mtucalc*'; exit 1; }
}
in_chroot bookworm mtucalc-single
in_chroot trixie mtucalc

step "Dockerfile: built on a stand-in of its base image, run as nobody"
cp "$work/mtucalc" release/mtucalc
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
base=$(buildah from scratch)
buildah add --quiet "$base" "$work/trixie" / >/dev/null
buildah commit --quiet "$base" docker.io/library/debian:trixie-slim >/dev/null
buildah bud --quiet --pull-never -f packaging/Dockerfile -t mtucalc release >/dev/null
container=$(buildah from --pull-never localhost/mtucalc)
buildah run "$container" -- /usr/bin/mtucalc --cipher aes256 --wan pppoe | head -n 1 | grep -qxF "$job"
buildah run "$container" -- /usr/bin/mtucalc doctor | grep -q '^yes errqueue'
buildah rm --all >/dev/null
buildah rmi --all --force >/dev/null
rm release/mtucalc
step "all artefacts of $(basename "$root") do the main job"
