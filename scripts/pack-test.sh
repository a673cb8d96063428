#!/usr/bin/env bash
# Judges the packed tarball, not the checkout: it is the same when packed twice, small, complete, runs without development
# dependencies, install scripts and optional packages, and its types serve ESM and CommonJS projects.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pack() { mkdir "$work/$1"; npm pack --silent --pack-destination "$work/$1" >/dev/null; echo "$work/$1"/mtucalc-*.tgz; }
tarball=$(pack first)
again=$(pack second)
cmp "$tarball" "$again" || { echo "two packs of the same source differ" >&2; exit 1; }
mkdir "$work/inside"
tar xzf "$tarball" -C "$work/inside" --strip-components=1

packed=$(stat -c %s "$tarball")
# The files, as npm counts them: folders take room of the file system, which is another on each machine.
unpacked=$(find "$work/inside" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
echo "packed $packed octets, unpacked $unpacked octets, $(sha256sum "$tarball" | cut -c1-16)"
[ "$packed" -le 1000000 ] || { echo "packed: above 1.0 MB" >&2; exit 1; }
[ "$unpacked" -le 3000000 ] || { echo "unpacked: above 3.0 MB" >&2; exit 1; }
if find "$work/inside" -name '*.cache' | grep .; then echo "compiled code of one machine is in the tarball" >&2; exit 1; fi
if grep -rlF "$root" "$work/inside"; then echo "a path of this machine is in the tarball" >&2; exit 1; fi

# What README and docs link to is there, pictures apart: they stay in the repository.
node --input-type=module - "$work/inside" <<'JS'
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
const inside = process.argv[2];
const pages = ['README.md', ...(existsSync(join(inside, 'docs')) ? readdirSync(join(inside, 'docs')).filter((n) => n.endsWith('.md')).map((n) => `docs/${n}`) : [])];
const missing = pages.flatMap((page) =>
  [...readFileSync(join(inside, page), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
    .map(([, link]) => join(dirname(page), link))
    .filter((target) => !target.startsWith('docs/pictures/') && !existsSync(join(inside, target)))
    .map((target) => `${page} -> ${target}`));
if (missing.length > 0) { console.error(`links to what the package lacks:\n${missing.join('\n')}`); process.exit(1); }
console.log(`${pages.length} pages, every link is in the package`);
JS

# Each package whose code is bundled brings its licence.
for name in yargs cli-table3 pcap-parser fastest-levenshtein; do
  grep -q "^$name [0-9]" "$work/inside/dist/THIRD-PARTY.txt" || { echo "THIRD-PARTY.txt lacks $name" >&2; exit 1; }
done

for extra in "" "--omit=optional"; do
  mkdir "$work/app"
  (
    cd "$work/app"
    echo '{ "private": true, "type": "module" }' > package.json
    # shellcheck disable=SC2086
    npm install --silent --no-audit --no-fund --omit=dev --ignore-scripts $extra "$tarball"
    ./node_modules/.bin/mtucalc --cipher aes256 --wan pppoe > answer
    head -n 1 answer
    grep -q '^Tunnel MTU 1422, safe TCP MSS 1382 (IPv4) and 1362 (IPv6)$' answer
    # From standard input, the compiled code is used whatever the length.
    ./node_modules/.bin/mtucalc analyze - < node_modules/mtucalc/captures/ok-client.pcap | head -n 1
    ./node_modules/.bin/mtucalc identify 1422 --json | grep -q '"exact": true'
    use='console.log(calculate({ cipher: "aes256-sha1", natT: true }, catalogue).tunnelMtu)'
    echo "import { calculate, catalogue } from 'mtucalc'; $use" > use.mjs
    echo "const { calculate, catalogue } = require('mtucalc'); $use" > use.cjs
    test "$(node use.mjs)" = 1422
    # The sub-paths load in a browser: a bundler that knows nothing of Node finds all they need.
    for room in calc snippet lint import analyze ciphers; do
      echo "import * as room from 'mtucalc/$room'; console.log(room);" > room.mjs
      "$root/node_modules/.bin/esbuild" room.mjs --bundle --platform=browser --log-level=warning --outfile=room.js
    done
    echo "import { MtucalcError } from 'mtucalc'; import { MtucalcError as same } from 'mtucalc/analyze'; console.log(MtucalcError === same);" > one.mjs
    test "$(node one.mjs)" = true
    test "$(node --no-warnings use.cjs)" = 1422
  )
  rm -r "$work/app"
done

# A TypeScript project under each way of finding modules; CommonJS may require an ES module from nodenext on.
mkdir "$work/types"
(
  cd "$work/types"
  echo '{ "private": true, "type": "module" }' > package.json
  npm install --silent --no-audit --no-fund --ignore-scripts --omit=optional "$tarball"
  cat > use.ts <<'TS'
import { type Calculation, calculate, catalogue, MtucalcError } from 'mtucalc';
const value: Calculation = calculate({ cipher: 'aes256-sha1', natT: true }, catalogue);
export const mss: number = value.mss.ipv4;
import { analyze } from 'mtucalc/analyze';
import { calculate as same } from 'mtucalc/calc';
import { catalogue as rows } from 'mtucalc/ciphers';
import { importDevice } from 'mtucalc/import';
import { lint } from 'mtucalc/lint';
import { snippets } from 'mtucalc/snippet';
export const rooms = [analyze, same, importDevice, lint, snippets, rows];
export const refused = (error: unknown): string => (error instanceof MtucalcError ? error.code : '');
TS
  cp use.ts require.cts
  for way in "node16 node16 use.ts" "nodenext nodenext use.ts require.cts" "esnext bundler use.ts"; do
    read -r module resolution files <<< "$way"
    # shellcheck disable=SC2086
    node "$root/node_modules/typescript/bin/tsc" --strict --noEmit --target es2023 --module "$module" --moduleResolution "$resolution" $files
    echo "types: $resolution"
  done
)
npx --yes publint@0.3.25 "$tarball" --strict
npx --yes @arethetypeswrong/cli@0.18.5 "$tarball" --profile esm-only --no-emoji

# The manual page is where man looks after a global install.
npm install --silent --no-audit --no-fund --ignore-scripts --global --prefix "$work/global" "$tarball"
test -e "$work/global/share/man/man1/mtucalc.1"
"$work/global/bin/mtucalc" --version
