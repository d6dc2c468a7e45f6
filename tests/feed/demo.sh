#!/usr/bin/env bash
# demo.sh BUILD OUT [--seed N] [--feed] [--portrait]: a demo event, and a kiosk for it that sees three
# minutes of invented delegates, or yourself where there is a webcam (--feed: not even then). In a window where
# there is a display. Says at the end what happened and what to try next.
set -euo pipefail
build=$1 out=$2
shift 2
seed=1 portrait=no webcam=maybe
while (($#)); do
    case $1 in
        --seed) seed=${2:?"--seed needs a number"}; shift 2 ;;
        --feed) webcam=no; shift ;;
        --portrait) portrait=yes; shift ;;
        *) echo "demo: there is no option $1 (--seed N, --feed, --portrait)" >&2; exit 64 ;;
    esac
done
feed=$build/tests/feed/hudoor-feed
organiser=$build/storage/organiser/hudoor
began=$SECONDS

hudoor() { "$organiser" --event "$out/event" --passphrase-file "$out/passphrase" "$@"; }

has_webcam() {
    [[ $webcam == maybe ]] && compgen -G '/dev/video*' >/dev/null &&
        "$build/kiosk/hudoor-kiosk" selftest --camera auto --state "$out/state" --assets "$build/assets" 2>/dev/null |
        grep -q '^ok.*camera: v4l2src'
}

# film NAME PLAY: makes OUT/NAME.avi unless it is there. Whole before it is played: a kiosk whose camera is
# late calls it lost.
film() {
    [[ -s $out/$1.csv ]] && return
    "$feed" frames "$out/event" --passphrase-file "$out/passphrase" --out "$out/$1.avi" \
        --truth "$out/$1.csv" --play "$2" --seed "$seed" --fps 25
}

# play NAME STATE: shows OUT/NAME.avi to the kiosk of this state, to the end.
play() {
    kiosk "$1" "$2" --camera "$("$feed" source "$out/$1.avi")" --until-end
    "$feed" check --truth "$out/$1.csv" --results "$out/$1.jsonl" | tee "$out/$1.txt" || failed=yes
}

# kiosk NAME STATE OPTION...: result lines for people on the terminal, as they come in OUT/NAME.jsonl.
kiosk() {
    local name=$1 state=$2
    shift 2
    "$build/kiosk/hudoor-kiosk" "${window[@]}" --state "$state" --assets "$build/assets" \
        --fake-time 2026-12-04T05:31:00Z --screenshots "$shots" --results - "$@" | tee "$out/$name.jsonl" | "$feed" follow
}

echo "Making the demo event: two days, ten sessions, five places, 2,000 invented delegates ..."
bash tests/support/make_event.sh "$build" "$out" "$seed" 0
shots=$out/screenshots failed=no
window=()
if [[ $portrait == yes ]]; then
    shots=$out/screenshots-portrait
    # A kiosk of 268 x 476 mm: true to its pixels off-screen, small enough for a desk on a display.
    size=1080x1920 px_per_mm=4.03
    [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] && size=540x960 px_per_mm=2.015
    printf '[window]\npx_per_mm = %s\n' "$px_per_mm" >"$out/portrait.toml"
    window=(--config "$out/portrait.toml" --window "$size")
fi
[[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] || window+=(--headless)
rm -rf "$shots"
mkdir -p "$shots"

if has_webcam; then
    hudoor badges "$out/badges.pdf" --only speaker --png "$out/badges" | tail -n 1
    echo "Your webcam is the kiosk's. Hold up a badge: print a page of $out/badges.pdf, or show a picture of"
    echo "$out/badges on your phone. Close the window or press Ctrl+C to end. (--feed plays invented delegates.)"
    trap : INT
    kiosk webcam "$out/state" --camera auto || true
    trap - INT
    echo "$(grep -c '"verdict"' "$out/webcam.jsonl" || true) badges were answered."
else
    echo "Making the film of three minutes at the north entrance (about half a minute, the first time) ..."
    film north demo
    echo "Ready after $((SECONDS - began)) s."
    play north "$out/state"
    echo "And at the main way out, three of them leave:"
    if [[ ! -s $out/way-out-1.kiosk ]]; then
        hudoor kiosk add way-out-1 --place way-out --out "$out/way-out-1.kiosk" \
            --bundle-passphrase-file "$out/passphrase" --fake-time 2026-12-04T05:00:00Z >/dev/null
    fi
    rm -rf "$out/state-way-out"
    "$build/kiosk/hudoor-kiosk" enrol "$out/way-out-1.kiosk" --bundle-passphrase-file "$out/passphrase" \
        --state "$out/state-way-out" --key-file
    mkdir -p "$shots/way-out"
    film way-out leaving
    shots=$shots/way-out play way-out "$out/state-way-out"
fi

someone=$(sed -n 's/.*,\(D[0-9]*\),.*/\1/p' "$out/north.csv" 2>/dev/null | head -n 1)
cat <<EOF

Pictures of every result: $shots
Result lines: $out/*.jsonl; attendance journal: $out/state/journal.db
Try next:
  $organiser --event $out/event status
  $organiser --event $out/event why ${someone:-D0042} --session workshop --at 2026-12-04T09:31
  $organiser --event $out/event --passphrase-file $out/passphrase badges badges.pdf --only vip
  $organiser --event $out/event verify $out/state/journal.db
  ./run demo --seed $((seed + 1)), ./run demo --portrait
  In the window, rest a finger (or the mouse) on "Staff" for three seconds: usher 07 has the PIN 271828,
  supervisor 12 the PIN 161803.
EOF
[[ $failed == no ]]
