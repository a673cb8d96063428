#!/usr/bin/env bash
# Installs the packed tarball into an empty folder and runs the main job: without development dependencies, without
# install scripts, and with the optional packages left out too.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" >/dev/null
for extra in "" "--omit=optional"; do
  mkdir "$work/app"
  (
    cd "$work/app"
    echo '{ "private": true, "type": "module" }' > package.json
    # shellcheck disable=SC2086
    npm install --silent --no-audit --no-fund --omit=dev --ignore-scripts $extra "$work"/mtucalc-*.tgz
    ./node_modules/.bin/mtucalc --cipher aes256 --wan pppoe > answer
    head -n 1 answer
    grep -q '^Tunnel MTU 1422, safe TCP MSS 1382 (IPv4) and 1362 (IPv6)$' answer
    # From standard input, the compiled code is used whatever the length.
    ./node_modules/.bin/mtucalc analyze - < node_modules/mtucalc/captures/ok-client.pcap | head -n 1
    test -s node_modules/mtucalc/dist/plain-segments.wasm
    ./node_modules/.bin/mtucalc identify 1422 --json | grep -q '"exact": true'
    echo "import { calculate, catalogue } from 'mtucalc'; console.log(calculate({ cipher: 'aes256-sha1', natT: true }, catalogue).tunnelMtu);" > use.js
    test "$(node use.js)" = 1422
  )
  rm -r "$work/app"
done
echo "packed: $(cd "$work" && ls -l mtucalc-*.tgz | awk '{ print $5 }') octets"
