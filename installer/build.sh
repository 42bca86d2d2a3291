#!/usr/bin/env bash
# Builds the programs for one system into build/dist/<os>-<arch>/:
#   build.sh pure OS ARCH      shangyunctl and shangyun-portal, static
#   build.sh window linux amd64|arm64 | windows amd64
# The same source gives the same bytes: no path, no build id, no clock gets in.
set -euo pipefail
umask 022 # modes go into the packages
cd "$(dirname "$0")/.."
what=$1 os=$2 arch=$3
out=build/dist/$os-$arch
go=${GO:-go}
export GOFLAGS="-trimpath -buildvcs=false -tags=x11,migrated_fynedo" GOOS=$os GOARCH=$arch
export LC_ALL=C TZ=UTC
flags="-s -w -buildid="
[ -z "${SHANGYUN_KEY:-}" ] || flags="$flags -X github.com/shangyuntong/shangyun/installer.trialKey=$SHANGYUN_KEY"
mkdir -p "$out"
exe=""
[ "$os" != windows ] || exe=.exe

# resources gives a Windows program its icon, version and manifest (DPI aware, UTF-8).
resources() {
	local name=$1 work=build/dist/resources
	[ "$os" = windows ] || return 0
	mkdir -p "$work"
	installer/icon.sh "$work/shangyun.ico"
	local version; version=$(cat installer/VERSION)
	sed -e "s/@NUMBERS@/${version//./,},0/" -e "s/@VERSION@/$version/" -e "s/@NAME@/$name/" installer/windows/shangyun.rc >"$work/$name.rc"
	cp installer/windows/shangyun.manifest "$work/"
	(cd "$work" && x86_64-w64-mingw32-windres -c 65001 --target=pe-x86-64 -i "$name.rc" -O coff -o "$name.syso")
	cp "$work/$name.syso" "cmd/$name/rsrc_windows_amd64.syso"
}
drop() { rm -f cmd/*/rsrc_windows_amd64.syso; }
trap drop EXIT

case "$what" in
pure)
	for name in shangyunctl shangyun-portal; do
		resources "$name"
		CGO_ENABLED=0 "$go" build -ldflags "$flags" -o "$out/$name$exe" "./cmd/$name"
	done
	;;
window)
	export CGO_ENABLED=1
	case "$os-$arch" in
	linux-amd64) target=x86_64-linux-gnu ;;
	linux-arm64) target=aarch64-linux-gnu ;;
	windows-amd64) ;;
	*) echo "build.sh: no recipe for a window on $os-$arch" >&2; exit 2 ;;
	esac
	if [ "$os" = windows ]; then
		export CC=x86_64-w64-mingw32-gcc-win32
		flags="$flags -H windowsgui -extldflags=-Wl,--no-insert-timestamp"
	else
		# UOS 20 and Kylin V10 have glibc 2.28 to 2.31; Debian's own compiler would ask for a newer one.
		export CC="$PWD/build/tools/zig/zig cc -target $target.2.28 -isystem /usr/include -isystem /usr/include/$target -L/usr/lib/$target"
	fi
	resources shangyun
	"$go" build -ldflags "$flags" -o "$out/shangyun$exe" ./cmd/shangyun
	# zig keeps its debug sections in spite of -s, and they name the folder that it stands in.
	[ "$os" != linux ] || "$target-strip" --strip-all "$out/shangyun"
	;;
*) echo "usage: build.sh pure|window OS ARCH" >&2; exit 2 ;;
esac
