#!/usr/bin/env bash
# contact_sheet.sh BUILD OUT [MOCKUPS]: a picture of every screen in every variant in OUT, a sheet for each
# variant, and with a folder of mockups each of them beside the screen it is of (OUT/beside*.png).
set -euo pipefail
build=$1 out=$2 mockups=${3:-}
font=$(fc-match -f '%{file}' 'Noto Sans')

sheet() { # FILE COLUMNS WIDTH PICTURE...
    local file=$1 columns=$2 width=$3
    shift 3
    # Made small while they are read: together they are larger than ImageMagick may be.
    montage -font "$font" -pointsize 13 -label '%t' "${@/%/[${width}x]}" -tile "${columns}x" -geometry "${width}x+6+6" -background '#888888' "$file"
}

rm -rf "$out"
"$build/tests/kiosk/screens/picture_screens" "$out"
for variant in "$out"/*/; do
    variant=${variant%/}
    columns=6 width=480
    [[ ${variant##*/} == *portrait* ]] && columns=10 width=250
    sheet "$variant.png" "$columns" "$width" "$variant"/*.png
done

# Mockup, then the screen it is of.
pairs=(
    01-idle light/idle 02-admitted light/admitted_ok
    03-already-in light/already_in_already_in 04-refused-wrong-session light/refused_wrong_session
    05-see-usher light/see_usher_session_full 06-hint-closer light/hint_closer
    06-hint-glare light/hint_glare 06-hint-one-badge light/hint_one_badge
    13-out-of-order light/out_of_service
    14-high-contrast-idle contrast/idle 14-high-contrast-admitted contrast/admitted_ok
)
panels=(
    07-pin usher-ar/pin 07-pin-locked usher-ar/pin_locked 08-usher-home usher-ar/home 08-usher-home-en usher-en/home
    09-search-arabic usher-ar/search_arabic 09-search-latin usher-en/search_latin
    10-override-reasons usher-ar/reasons 10-override-undo usher-ar/done 11-sessions usher-ar/sessions
    11-sessions-en usher-en/sessions 12-health usher-ar/health 12-health-en usher-en/health
)
upright=(01-idle-portrait portrait/idle 02-admitted-portrait portrait/admitted_ok)
beside() { # FILE COLUMNS WIDTH MOCKUP SCREEN...
    local pictures=() file=$1 columns=$2 width=$3
    shift 3
    while (($#)); do
        pictures+=("$mockups/$1.png" "$out/$2.png")
        shift 2
    done
    sheet "$file" "$columns" "$width" "${pictures[@]}"
}
if [[ -n $mockups ]]; then
    beside "$out/beside.png" 4 600 "${pairs[@]}"
    beside "$out/beside-usher.png" 4 600 "${panels[@]}"
    beside "$out/beside-upright.png" 4 400 "${upright[@]}"
fi
echo "$out"
