#!/usr/bin/env bash
# Builds fingerprintx v1.1.19 (Apache-2.0) into build/field-peers, once, for `make bench-scan` only. In a module of its own: it is no part of
# the product, and its latest version cannot be asked for, only this one.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/build/field-peers/fingerprintx
[ ! -x "$out" ] || exit 0
dir=build/field-peers/fingerprintx-module
mkdir -p "$dir"
cd "$dir"
printf 'module peers\n\ngo 1.26\n\nrequire github.com/praetorian-inc/fingerprintx v1.1.19\n' >go.mod
GOFLAGS="-trimpath -buildvcs=false -mod=mod" CGO_ENABLED=0 go build -o "$out" github.com/praetorian-inc/fingerprintx/cmd/fingerprintx
