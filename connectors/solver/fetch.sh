#!/usr/bin/env bash
# Fetches HiGHS as WebAssembly: package highs 1.15.3 of the npm registry (MIT), checked byte for byte, packed for embedding.
# The names of its exports are minified and belong to this release: a new one needs names.go looked through against its highs.js.
set -euo pipefail
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
(cd "$tmp" && npm pack --silent highs@1.15.3 >/dev/null && echo "218533577886c69023739024bb92cfc2831ba45ff1fd1fd981753c04cded9793  highs-1.15.3.tgz" | sha256sum -c --quiet && tar xzf highs-1.15.3.tgz)
echo "528be4365bea1d4188988646b244263f50320df55782e14d6af5bce7cd45c840  $tmp/package/build/highs.wasm" | sha256sum -c --quiet
gzip -9 -n -c "$tmp/package/build/highs.wasm" >highs.wasm.gz
cp "$tmp/package/LICENSE" highs.LICENSE
