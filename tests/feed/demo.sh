#!/usr/bin/env bash
# demo.sh BUILD OUT [--seed N]: plays the demo feed to the kiosk, in a window where there is a display, and
# says what happened.
set -euo pipefail
build=$1 out=$2
shift 2
seed=1
[[ ${1:-} == --seed ]] && seed=$2

echo "Making the demo event (two days, 2,000 invented delegates) and the feed of badges ..."
bash tests/support/make_event.sh "$build" "$out" "$seed" 40

where=(--headless)
[[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] && where=()
rm -rf "$out/screenshots"
mkdir -p "$out/screenshots"
echo "Playing 40 badges to the kiosk (about a minute and a half) ..."
"$build/kiosk/hudoor-kiosk" "${where[@]}" --state "$out/state" --assets "$build/assets" \
    --camera "$("$build/tests/feed/hudoor-feed" source "$out/feed.avi")" --until-end \
    --fake-time 2026-12-04T05:31:00Z --screenshots "$out/screenshots" --results - | tee "$out/results.jsonl" |
    "$build/tests/feed/hudoor-feed" follow

"$build/tests/feed/hudoor-feed" check --truth "$out/truth.csv" --results "$out/results.jsonl"
echo "Attendance journal: $out/state/journal.db"
echo "Pictures of every result: $out/screenshots"
echo "Next: $build/storage/organiser/hudoor --event $out/event status"
