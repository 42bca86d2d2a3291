#!/usr/bin/env bash
# Makes every package into build/package from programs that are built first:
#   package.sh            everything
#   package.sh linux      deb, rpm and UOS packages of amd64 only
#   package.sh windows    setup and portable zip only
# SHANGYUN_RELEASE_KEY names the publisher's secret key (minisign); without it a trial key is made in build/key, and programs say so.
# SHANGYUN_CERT_PFX and SHANGYUN_CERT_PASSWORD sign the Windows programs with a real certificate; without them a test certificate is used.
# SHANGYUN_NO_BUILD=1 packs what build/dist holds.
set -euo pipefail
umask 022 # modes go into the packages
cd "$(dirname "$0")/.."
what=${1:-all}
began=$(date +%s)
go=${GO:-go}
export LC_ALL=C.UTF-8 TZ=UTC
export GOFLAGS="-trimpath -buildvcs=false -tags=x11,migrated_fynedo"
version=$(cat installer/VERSION)
# One clock for all: the time of the last commit.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}
stamp=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
out=${SHANGYUN_OUT:-build/package}
work=build/dist/work
rm -rf "$out" "$work"
mkdir -p "$out/updates" "$work"
step() { echo "[$(($(date +%s) - began)) s] $*"; }

tool=build/bin/shangyun-release
CGO_ENABLED=0 "$go" build -o $tool ./cmd/shangyun-release

# The key: the publisher's, else a trial one that the programs of this run believe.
key=${SHANGYUN_RELEASE_KEY:-} public=installer/minisign.pub
if [ -z "$key" ]; then
	key=build/key/trial.key public=build/key/trial.pub
	[ -e $key ] || $tool key --secret $key --public $public
	grep -q ^RW installer/minisign.pub || SHANGYUN_KEY=$(grep ^RW $public)
	export SHANGYUN_KEY
	echo "没有发布者的私钥：用试用钥匙 $public 签名"
fi

build() {
	[ -n "${SHANGYUN_NO_BUILD:-}" ] || { step "编译 $*"; installer/build.sh "$@"; }
}
fill() { # fill TEMPLATE RESULT ARCH
	sed -e "s#@VERSION@#$version#g" -e "s#@ARCH@#$3#g" -e "s#@TIME@#$stamp#g" -e "s#@DIST@#build/dist/linux-$3#g" -e "s#@WORK@#$work/$3#g" -e "s#@EXEC@#${exec:-}#g" "$1" >"$2"
}
old() { find "$@" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

linux() {
	local arch=$1 w=$work/$1
	mkdir -p "$w"
	installer/icon.sh "$w/icon-128.png" 128
	$tool sbom "build/dist/linux-$arch/shangyun" --out "$w/sbom.json"
	exec=/usr/lib/shangyun/shangyun fill installer/linux/shangyun.desktop "$w/cn.shangyuntong.shangyun.desktop" "$arch"
	echo "上云通由系统的软件包管理安装，请安装新的 deb 或 rpm 软件包来更新程序（规则包可以照常更新）" >"$w/packaged"
	fill installer/linux/shangyun.yaml "$w/shangyun.yaml" "$arch"
	fill installer/linux/portal.yaml "$w/portal.yaml" "$arch"
	for kind in deb rpm; do
		build/tools/nfpm package -f "$w/shangyun.yaml" -p $kind -t "$out/" >/dev/null
		build/tools/nfpm package -f "$w/portal.yaml" -p $kind -t "$out/" >/dev/null
	done
	fill installer/linux/info.json "$w/info" "$arch"
	exec=/opt/apps/cn.shangyuntong.shangyun/files/shangyun fill installer/linux/shangyun.desktop "$w/cn.shangyuntong.shangyun.desktop" "$arch"
	fill installer/linux/uos.yaml "$w/uos.yaml" "$arch"
	build/tools/nfpm package -f "$w/uos.yaml" -p deb -t "$out/cn.shangyuntong.shangyun_${version}.0_$arch.deb" >/dev/null
	$tool program "build/dist/linux-$arch" --os linux --arch "$arch" --key "$key" --note "上云通 $version" --out "$out/updates/shangyun-$version-linux-$arch.syupdate"
}

windows() {
	local d=build/dist/windows-amd64 w=$work/windows icon=$work/shangyun.ico
	mkdir -p "$w/上云通"
	installer/icon.sh "$icon"
	cp $d/shangyun.exe $d/shangyunctl.exe "$w/上云通/"
	installer/sign.sh "$w/上云通/shangyun.exe" "$w/上云通/shangyunctl.exe"
	$tool sbom $d/shangyun.exe --out "$w/上云通/sbom.cdx.json"
	sed "s/@VERSION@/$version/" installer/windows/说明.txt | sed 's/$/\r/' >"$w/上云通/说明.txt"
	cp LICENSE "$w/上云通/LICENSE.txt"
	old "$w/上云通"
	makensis -V2 -NOCD -INPUTCHARSET UTF8 -DVERSION="$version" -DNUMBERS="$version.0" -DDIST="$w/上云通" -DICON="$icon" -DOUT="$out/shangyun-$version-setup.exe" installer/windows/shangyun.nsi
	installer/sign.sh "$out/shangyun-$version-setup.exe"
	$tool program "$w/上云通" --os windows --arch amd64 --key "$key" --note "上云通 $version" --out "$out/updates/shangyun-$version-windows-amd64.syupdate"
	echo "有这个文件时，案卷保存在旁边的“数据”文件夹。" >"$w/上云通/便携"
	mkdir -p "$w/上云通/数据"
	old "$w/上云通"
	(cd "$w" && find 上云通 | LC_ALL=C sort | zip -q -X -@ "$OLDPWD/$out/shangyun-$version-portable.zip")
}

static() {
	local os=$1 arch=$2 exe=""
	[ "$os" != windows ] || exe=.exe
	for name in shangyunctl shangyun-portal; do
		cp "build/dist/$os-$arch/$name$exe" "$out/$name-$version-$os-$arch$exe"
	done
}

installer/tools.sh
if [ "$what" != windows ]; then
	build pure linux amd64
	build window linux amd64
	step "打包 linux amd64"
	linux amd64
	static linux amd64
else
	build pure windows amd64
	build window windows amd64
	step "打包 windows"
	windows
	static windows amd64
fi
if [ "$what" = all ]; then
	build window linux arm64
	build window windows amd64
	for t in "linux arm64" "windows amd64" "linux loong64" "darwin arm64" "darwin amd64"; do
		build pure $t
		static $t
	done
	step "打包 linux arm64"
	linux arm64
	step "打包 windows"
	windows
fi
cp $public "$out/minisign.pub"
$tool notes --out "$out/RELEASE.md" || echo "没有提交历史，不写发布说明" >&2
$tool sums "$out" --key "$key"
step "完成，$(find "$out" -type f | wc -l) 个文件："
(cd "$out" && find . -type f -printf '%s %P\n' | sort -k2 | awk '{printf "%8.1f MB  %s\n", $1 / 1048576, $2}')
