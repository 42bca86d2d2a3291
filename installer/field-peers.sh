#!/usr/bin/env bash
# Puts the npm programs that play devices (S7, OPC UA, BACnet, Modbus) in the network inventory's tests into build/field-peers, at pinned
# versions, once. They are not part of the product and are shipped nowhere. Licences: MIT, modbus-serial ISC.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=build/field-peers
want="modbus-serial@8.0.25 node-opcua@2.186.4 node-snap7@1.0.9 node-bacnet@0.2.4"
[ "$(cat "$dir/done" 2>/dev/null)" != "$want" ] || exit 0
command -v npm >/dev/null || { echo "没有 npm：S7、OPC UA、BACnet、modbus-serial 的对端不安装" >&2; exit 0; }
echo "安装对端程序（npm）：$want"
mkdir -p "$dir"
[ -e "$dir/package.json" ] || echo '{"private":true}' >"$dir/package.json"
# node-snap7 is compiled here; the headers that Debian's node brings are used where they exist.
if [ -d /usr/include/node ]; then export npm_config_nodedir=/usr; fi
npm install --prefix "$dir" --no-audit --no-fund --save-exact --loglevel=error $want >"$dir/log" 2>&1 || { tail -5 "$dir/log" >&2; exit 1; }
echo "$want" >"$dir/done"
