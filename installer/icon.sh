#!/usr/bin/env bash
# Draws the program's icon from shangyun.svg: icon.sh FILE.ico, or icon.sh FILE.png SIZE.
set -euo pipefail
svg="$(dirname "$0")/shangyun.svg"
case "$1" in
*.png) rsvg-convert -w "$2" -h "$2" "$svg" -o "$1" ;;
*.ico)
	work=$(mktemp -d)
	trap 'rm -r "$work"' EXIT
	for s in 16 24 32 48 64 128 256; do rsvg-convert -w $s -h $s "$svg" -o "$work/$s.png"; done
	icotool -c -o "$1" "$work"/{16,24,32,48,64,128,256}.png
	;;
esac
