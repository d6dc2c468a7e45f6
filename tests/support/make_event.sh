#!/usr/bin/env bash
# make_event.sh BUILD OUT SEED APPEARANCES [SIZE] [DELEGATES]: a demo event made with the organisers' own
# commands, a kiosk enrolled into OUT/state, and a feed of badges for it (APPEARANCES 0: no feed).
# Leaves OUT/event, OUT/state, OUT/feed.avi, OUT/truth.csv, OUT/passphrase. Made again only when
# OUT/made does not say the same call.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1 out=$2 seed=$3 appearances=$4 size=${5:-1280x720} delegates=${6:-2000}
call="$seed $appearances $size $delegates $(stat -c %Y "$build/storage/organiser/hudoor" "$build/tests/feed/hudoor-feed" | tr '\n' ' ')"
if [[ -f $out/made && $(<"$out/made") == "$call" ]]; then
    # A fresh kiosk on the same event.
    rm -rf "$out/state"
else
    rm -rf "$out"
    mkdir -p "$out"
    (umask 077 && echo "demo passphrase $seed" >"$out/passphrase")
    hudoor() { "$build/storage/organiser/hudoor" --event "$out/event" --passphrase-file "$out/passphrase" "$@"; }
    sed 's/^demo = false/demo = true/' assets/demo/event.toml >"$out/event.toml"
    "$build/storage/organiser/hudoor" --passphrase-file "$out/passphrase" new "$out/event" --from "$out/event.toml"
    "$build/tests/feed/hudoor-feed" delegates "$out/delegates.csv" --count "$delegates" --seed "$seed"
    hudoor import "$out/delegates.csv" --apply >"$out/import.txt"
    # Two delegates who lost their right to enter, two with a newer badge: the feed shows the old ones.
    for id in D0011 D0012; do hudoor revoke "$id" --why "demo: badge reported lost"; done
    for id in D0021 D0022; do hudoor reissue "$id"; done
    # For the panel: usher 07 and supervisor 12, who has a staff badge.
    hudoor usher add 07 "Yusuf" --role usher --pin-file - <<<271828
    hudoor usher add 12 "Maryam" --role supervisor --badge --pin-file - <<<161803
    hudoor kiosk add north-1 --place north --out "$out/north-1.kiosk" --bundle-passphrase-file "$out/passphrase" \
        --fake-time 2026-12-04T05:00:00Z
    ((appearances == 0)) || "$build/tests/feed/hudoor-feed" frames "$out/event" --passphrase-file "$out/passphrase" \
        --out "$out/feed.avi" --truth "$out/truth.csv" --appearances "$appearances" --seed "$seed" --size "$size"
    echo "$call" >"$out/made"
fi
"$build/kiosk/hudoor-kiosk" enrol "$out/north-1.kiosk" --bundle-passphrase-file "$out/passphrase" --state "$out/state" \
    --key-file
