#!/bin/sh
# Makes the two screen fonts beside this script from Debian's Noto CJK collection.
#
# It installs nothing. It needs these Debian packages:
#   fonts-noto-cjk    the source: NotoSansCJK-{Regular,Bold}.ttc, face 2 is SC
#   libharfbuzz-bin   hb-subset
#   unicode-data      Unihan_OtherMappings.txt.bz2, which holds 通用规范汉字表 as kTGH
#   python3           to write down GB 2312
#
# Characters kept: 通用规范汉字表 (8105), GB 2312, Latin with accents, and the signs of forms and screens.
# Usage: sh assets/font/subset.sh [out-dir]
set -eu
out=${1:-$(dirname "$0")}
src=${NOTO_CJK_DIR:-/usr/share/fonts/opentype/noto}
uni=${UNIHAN_MAPPINGS:-/usr/share/unicode/Unihan_OtherMappings.txt.bz2}

for tool in hb-subset python3; do
	command -v "$tool" >/dev/null || { echo "subset.sh: $tool is missing (packages: libharfbuzz-bin python3)" >&2; exit 1; }
done
for file in "$src/NotoSansCJK-Regular.ttc" "$src/NotoSansCJK-Bold.ttc" "$uni"; do
	[ -r "$file" ] || { echo "subset.sh: $file is missing (packages: fonts-noto-cjk unicode-data)" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$uni" "$work/chars.txt" <<'PY'
import bz2, sys
keep = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
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

for weight in Regular Bold; do
	hb-subset --face-index=2 --text-file="$work/chars.txt" --no-hinting \
		--layout-features=kern,locl,ccmp \
		--output-file="$out/NotoSansSC-$weight.otf" "$src/NotoSansCJK-$weight.ttc"
done
ls -l "$out"/NotoSansSC-*.otf
