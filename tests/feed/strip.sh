#!/usr/bin/env bash
# strip.sh BUILD OUT PICTURE: an animated picture (.webp or .gif) of the flow on a kiosk's real screen: idle, a
# badge held up, welcome, already in, refused. A kiosk plays the beginning of the demo on a virtual
# display that is recorded meanwhile; the moments are found by its result lines.
set -euo pipefail
build=$1 out=$2 picture=$3
fps=10 most_bytes=600000
bash tests/support/make_event.sh "$build" "$out" 1 0
feed=$build/tests/feed/hudoor-feed
[[ -s $out/strip.csv ]] ||
    "$feed" frames "$out/event" --passphrase-file "$out/passphrase" --out "$out/strip.avi" \
        --truth "$out/strip.csv" --play demo --only 0-4 --seed 1 --fps 25 >/dev/null
shots=$out/shots
rm -rf "$shots"
mkdir "$shots"

end() { kill "${recorder:-}" "${server:-}" 2>/dev/null || true; }
trap end EXIT
exec 3< <(exec Xvfb -displayfd 1 -screen 0 1920x1080x24 -nolisten tcp 2>/dev/null)
server=$!
read -r number <&3
export DISPLAY=:$number
gst-launch-1.0 -q ximagesrc use-damage=false show-pointer=false ! "video/x-raw,framerate=$fps/1" ! videoconvert ! \
    videoscale method=lanczos ! video/x-raw,width=640,height=360 ! pngenc compression-level=1 ! \
    multifilesink location="$shots/%05d.png" &
recorder=$!

newest() { find "$shots" -name '*.png' -printf '%f\n' | sort | tail -n 1 | tr -dc 0-9; }
# at MOMENT OFFSET: the file of so many tenths of a second after a moment.
at() { printf '%s/%05d.png' "$shots" "$((10#$1 + $2))"; }

moments=()
while read -r line; do
    moments+=("$(newest)")
    echo "$line"
done < <("$build/kiosk/hudoor-kiosk" --window 1920x1080 --state "$out/state" --assets "$build/assets" --camera \
    "$("$feed" source "$out/strip.avi")" --until-end --fake-time 2026-12-04T05:31:00Z --results - |
    tee "$out/strip.jsonl")
kill -INT "$recorder"
wait "$recorder" || true
recorder=
"$feed" check --truth "$out/strip.csv" --results "$out/strip.jsonl"

# Hundredths of a second, and the picture that is shown so long.
first=${moments[0]} again=${moments[3]} refused=${moments[4]}
frames=(-delay 90 "$(at "$first" -32)" -delay 20)
for offset in -18 -14 -10 -7 -5 -3; do frames+=("$(at "$first" "$offset")"); done
frames+=(-delay 45 "$(at "$first" -1)" -delay 170 "$(at "$first" 6)" -delay 20)
for offset in -10 -6 -3; do frames+=("$(at "$again" "$offset")"); done
frames+=(-delay 170 "$(at "$again" 6)" -delay 20)
for offset in -10 -6 -3; do frames+=("$(at "$refused" "$offset")"); done
frames+=(-delay 220 "$(at "$refused" 6)")
for quality in 80 60 40 25; do
    convert -loop 0 "${frames[@]}" -quality "$quality" "$picture"
    (($(stat -c %s "$picture") > most_bytes)) || break
done
echo "$picture: $(stat -c %s "$picture") bytes"
(($(stat -c %s "$picture") <= most_bytes))
