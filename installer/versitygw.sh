#!/usr/bin/env bash
# Builds versitygw v1.8.0 (Apache-2.0), a real S3 server, into build/field-peers, once: the portal's second engine is tried against it. In a module
# of its own: it is no part of the product. Pure Go; two to three minutes the first time.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/build/field-peers/versitygw
[ ! -x "$out" ] || exit 0
dir=build/field-peers/versitygw-module
mkdir -p "$dir"
cd "$dir"
echo "编译对端程序（Go）：versitygw@v1.8.0"
printf 'module peers\n\ngo 1.26\n\nrequire github.com/versity/versitygw v1.8.0\n' >go.mod
GOFLAGS="-trimpath -buildvcs=false -mod=mod" CGO_ENABLED=0 go build -ldflags "-s -w" -o "$out" github.com/versity/versitygw/cmd/versitygw
