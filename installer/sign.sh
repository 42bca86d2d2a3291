#!/usr/bin/env bash
# Signs Windows programs: sign.sh FILE… With SHANGYUN_CERT_PFX (and SHANGYUN_CERT_PASSWORD) by that certificate, with a time stamp of the
# authority in SHANGYUN_CERT_TIME; else by a test certificate kept in build/key, which Windows does not trust. A test signature's time is that
# of the source, so that the same source gives the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."
sign() { # sign FILE ARGS…
	local file=$1
	shift
	osslsigncode sign -h sha256 -n 上云通 "$@" -in "$file" -out "$file.signed" >/dev/null
	mv "$file.signed" "$file"
}
for file in "$@"; do
	if [ -n "${SHANGYUN_CERT_PFX:-}" ]; then
		sign "$file" -pkcs12 "$SHANGYUN_CERT_PFX" -pass "${SHANGYUN_CERT_PASSWORD:-}" ${SHANGYUN_CERT_TIME:+-ts "$SHANGYUN_CERT_TIME"}
		continue
	fi
	if [ ! -e build/key/test.pem ]; then
		mkdir -p build/key
		openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/CN=上云通 test only" -utf8 -addext extendedKeyUsage=codeSigning \
			-keyout build/key/test.key -out build/key/test.pem 2>/dev/null
	fi
	sign "$file" -certs build/key/test.pem -key build/key/test.key -time "${SOURCE_DATE_EPOCH:-$(date +%s)}"
done
