# Shortens the output of go test -v: closing lines, failures with what they said, skips with their reason.
/^=== RUN/ { said = ""; next }
/^(ok|FAIL|PASS)([ \t]|$)/ { print; next }
/^\?/ { next }
/--- (FAIL|SKIP):/ { printf "%s", said; print; said = ""; next }
/^(#|[a-z_./]+\.go:[0-9])/ { print; next }
/^(panic|fatal error)/ { loud = 1 }
loud { print; next }
{ said = said $0 "\n"; if (length(said) > 20000) said = substr(said, length(said) - 15000) }
END { if (loud) exit 1 }
