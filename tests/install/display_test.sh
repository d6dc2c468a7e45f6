#!/usr/bin/env bash
# display_test.sh WITH_DISPLAY: the program that stands between systemd and the kiosk, with a real X server.
set -euo pipefail
with_display=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
server=(Xvfb -screen 0 640x480x24 -nolisten tcp)

fail() {
    echo "$@" >&2
    exit 1
}

# The program has a display, and its exit code is the one a supervisor sees.
code=0
"$with_display" "${server[@]}" -- sh -c 'xdpyinfo >"$1/seen" && exit 65' sh "$work" || code=$?
((code == 65)) || fail "the program ended with 65, the caller saw $code"
grep -q '640x480 pixels' "$work/seen" || fail "the program did not see the display"

# The program is the very process that was started, and the server does not outlive it, not even kill -9.
# Both hold the pipe open; it ends when the last of them has.
mkfifo "$work/alive" "$work/pid"
"$with_display" "${server[@]}" -- bash -c 'echo $$ >"$1/pid"; xdpyinfo >/dev/null; exec tail -f /dev/null' \
    bash "$work" >"$work/alive" &
started=$!
exec 8<"$work/alive"
read -r main <"$work/pid"
((main == started)) || fail "process $started was started, the program is process $main"
kill -KILL "$main"
wait "$started" 2>/dev/null || true
timeout 20 cat <&8 >/dev/null || fail "the server outlived the program"

# A server that does not start is said at once.
code=0
"$with_display" false -- true 2>"$work/said" || code=$?
((code == 69)) || fail "without a server the exit code is $code, not 69"
grep -q 'did not start' "$work/said"
echo "with-display: the program has a display, and the server ends with it"
