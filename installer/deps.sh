#!/usr/bin/env bash
# Installs what a target needs on Debian 12, and nothing else: asks apt only for what is missing, says what it does, is silent when
# nothing is missing. No daemon is started.
#   deps.sh compile   to compile the window (C headers)
#   deps.sh peers     third-party parts that `make test-peers` runs against
#   deps.sh field     only those that the network inventory is tried against; in peers as well
#   deps.sh solvers   that `make bench-recommend` compares with
#   deps.sh packages       to make the packages; test-packages adds what their tests run
set -euo pipefail

compile="gcc libgl1-mesa-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev pkg-config"
# Devices and services that the network inventory is tried against; their npm part is in field-peers.sh.
field="iproute2 snmpd mosquitto redis-server openssh-server nginx-light postgresql mariadb-server samba avahi-daemon avahi-utils minidlna wsdd cups-ipp-utils lldpd python3-pymodbus python3-serial python3-serial-asyncio nmap nodejs"
peers="chromium libreoffice-writer libreoffice-calc poppler-utils qpdf xvfb openbox xdotool xclip imagemagick fonts-noto-cjk jq curl coinor-cbc glpk-utils age minisign gnome-keyring dbus $field"
# What packages are made with; compile has the headers. The window for arm64 links against the libraries of that system.
packages="$compile git npm nodejs binutils binutils-aarch64-linux-gnu gcc-mingw-w64-x86-64-win32 nsis osslsigncode openssl librsvg2-bin icoutils zip libgl1-mesa-dev:arm64 libxcursor-dev:arm64 libxrandr-dev:arm64 libxinerama-dev:arm64 libxi-dev:arm64 libxxf86vm-dev:arm64"
# What tests of packages run.
testpackages="$packages dpkg-dev rpm rpm2cpio cpio systemd p7zip-full minisign xvfb xdotool imagemagick libgl1-mesa-dri qemu-user-static desktop-file-utils libxml2-utils wine wine64"

case "${1:-}" in
compile) want=$compile ;;
peers) want=$peers ;;
packages) want=$packages ;;
test-packages) want=$testpackages ;;
field) want=$field ;;
solvers) want="coinor-cbc glpk-utils" ;;
*) echo "usage: deps.sh compile|peers|field|solvers|packages|test-packages" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
	echo "本脚本只认 Debian 系统；请自行安装：$want" >&2
	exit 0
fi
missing=""
for p in $want; do
	case $p in npm | nodejs) command -v npm >/dev/null && continue ;; esac
	dpkg-query -W -f='${Status}\n' "$p" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $p"
done

# axe-core judges the portal's pages; it is no Debian package.
axe() {
	[ "$1" = peers ] || return 0
	local at; at="$(cd "$(dirname "$0")/.." && pwd)/build/npm"
	[ -f "$at/node_modules/axe-core/axe.min.js" ] && return 0
	mkdir -p "$at" && npm install --silent --no-audit --no-fund --prefix "$at" axe-core@4.14.1
}
[ -n "$missing" ] || { axe "$1"; exit 0; }

sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
echo "缺少软件包，现在安装：$missing"
# No package may start a service while it is being installed.
guard=$(mktemp)
trap 'rm -f "$guard"; [ -z "${made:-}" ] || $sudo rm -f /usr/sbin/policy-rc.d' EXIT
if [ ! -e /usr/sbin/policy-rc.d ]; then
	printf '#!/bin/sh\nexit 101\n' >"$guard"
	$sudo install -m 755 "$guard" /usr/sbin/policy-rc.d
	made=1
fi
case "$missing" in *:arm64*) $sudo dpkg --add-architecture arm64 ;; esac
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
axe "$1"
