#!/usr/bin/env bash
# Builds the same commit in two other folders and compares every file: nothing in dist/ depends on where, when or after
# what it was made, and nothing in it was compiled for one machine.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for place in one two/deeper; do
  mkdir -p "$work/$place"
  git archive HEAD | tar x -C "$work/$place"
  # Not a link: the paths inside would be those of this checkout.
  cp -a node_modules "$work/$place/node_modules"
  (cd "$work/$place" && npm run -s build)
done
diff -r "$work/one/dist" "$work/two/deeper/dist" || { echo "two builds of the same commit differ" >&2; exit 1; }
if find "$work/one/dist" -name '*.cache' | grep .; then echo "compiled code of one machine is in dist" >&2; exit 1; fi
(cd "$work/one/dist" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
