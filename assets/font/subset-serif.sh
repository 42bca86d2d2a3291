#!/bin/sh
# Makes the two paper fonts beside this script (Noto Serif SC, glyf outlines, OFL-1.1) for the PDF writer.
#
# It downloads one npm package into a temporary folder and needs:
#   npm, python3, fonttools (pyftsubset), unicode-data (Unihan_OtherMappings.txt.bz2, which holds 通用规范汉字表 as kTGH)
#
# Characters kept: 通用规范汉字表 (8105), GB 2312, Latin with accents, and the signs of forms.
# Usage: sh assets/font/subset-serif.sh [out-dir]     (NOTO_SERIF_DIR=folder of the unpacked package skips the download)
set -eu
out=$(cd "${1:-$(dirname "$0")}" && pwd)
uni=${UNIHAN_MAPPINGS:-/usr/share/unicode/Unihan_OtherMappings.txt.bz2}

for tool in pyftsubset python3; do
	command -v "$tool" >/dev/null || { echo "subset-serif.sh: $tool is missing (packages: fonttools python3)" >&2; exit 1; }
done
[ -r "$uni" ] || { echo "subset-serif.sh: $uni is missing (package: unicode-data)" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
src=${NOTO_SERIF_DIR:-}
if [ -z "$src" ]; then
	(cd "$work" && npm pack --silent @expo-google-fonts/noto-serif-sc@0.4.3 >/dev/null && tar xzf ./*.tgz)
	src=$work/package
fi

python3 - "$uni" "$work/chars.txt" <<'PY'
import bz2, sys
keep = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x391, 0x3CA))
with bz2.open(sys.argv[1], "rt", encoding="utf-8") as f:
    table = {int(line.split("\t")[0][2:], 16) for line in f if "\tkTGH\t" in line}
assert len(table) == 8105, f"the table must hold 8105 characters, found {len(table)}"
keep |= table
for lead in range(0xA1, 0xF8):
    for trail in range(0xA1, 0xFF):
        try:
            keep.add(ord(bytes((lead, trail)).decode("gb2312")))
        except (UnicodeDecodeError, TypeError):
            pass
signs = ("“”‘’—…·•‥–―‰′″※→←↑↓↗↘⇒√×÷±−≤≥≠≈∞∑∏∈∩∪°℃℉№✓●○◎◆◇■□▲△▼▽★☆〇￥￡€¥¢"
         "㎡㎥㎏㎜㎝㎞㏑㏒㎎㎖㏄〔〕【】《》〈〉「」『』〖〗（）［］｛｝～！？：；，。、％＋－＝＜＞／＼＠＃＆＊＿｜")
keep |= {ord(c) for c in signs}
keep |= set(range(0x2460, 0x249C))          # ①–⑳ ⑴–⒇ ⒈–⒛
keep |= set(range(0x2160, 0x216C))          # Ⅰ–Ⅻ
keep |= set(range(0xFF01, 0xFF5F))          # full-width forms
with open(sys.argv[2], "w", encoding="utf-8") as f:
    f.write("".join(chr(c) for c in sorted(keep)))
PY

for pair in 400Regular:Regular 700Bold:Bold; do
	from=${pair%%:*} to=${pair##*:}
	pyftsubset "$src/$from/NotoSerifSC_$from.ttf" --text-file="$work/chars.txt" --output-file="$out/NotoSerifSC-$to.ttf" \
		--no-hinting --layout-features='' --name-IDs='0,1,2,3,4,5,6,13,14' --no-recalc-timestamp --drop-tables+=GSUB,GPOS,GDEF,BASE,vhea,vmtx,VORG,STAT,DSIG
done
cp "$src/LICENSE_FONT" "$out/NotoSerifSC-OFL.txt"
ls -l "$out"/NotoSerifSC-*.ttf
