#!/usr/bin/env bash
# man_test.sh MAN_FOLDER HUDOOR HUDOOR_KIOSK KIOSK_EXAMPLE_TOML: the pages are right mdoc, and say exactly
# the commands, options and settings that there are.
set -euo pipefail
pages=$1 hudoor=$2 kiosk=$3 example=$4
wrong=0

complain() {
    echo "$@" >&2
    wrong=1
}

# same WHAT PAGE REAL: two lists of lines are the same.
same() {
    [[ -n $2 && $2 == "$3" ]] || complain "$1 (< in the page, > in truth):"$'\n'"$(diff <(echo "$2") <(echo "$3"))"
}

# Every subcommand with its way there, one a line, and every option of all of them.
commands() {
    "$@" --help | sed -n '/^Subcommands:/,$ s/^  \([a-z]*\) .*/\1/p' | while read -r command; do
        echo "${*:2} $command"
        commands "$@" "$command"
    done
}
options() {
    { echo; commands "$1"; } | while read -r way; do
        # shellcheck disable=SC2086  # the way to a subcommand is words
        "$1" $way --help | grep -oE '^ +(-h,)?--[a-z-]+' | grep -oE -- '--[a-z-]+'
    done | sort -u
}
options_in_page() { grep -oE 'Fl -[a-z-]+' "$1" | sed 's/Fl -/--/' | sort -u; }

for page in "$pages"/*; do
    said=$(mandoc -Tlint -W warning "$page" 2>&1) || complain "$said"
    said=$(LC_ALL=C.UTF-8 man --warnings -l -Tutf8 "$page" 2>&1 >/dev/null)
    [[ -z $said ]] || complain "$said"
done
same "options of hudoor" "$(options_in_page "$pages/hudoor.1")" "$(options "$hudoor")"
same "options of hudoor-kiosk" "$(options_in_page "$pages/hudoor-kiosk.1")" "$(options "$kiosk")"

# A command that only leads to others (key, kiosk, usher) is in the page with them.
same "commands of hudoor" \
    "$(grep -oE '^(\.It |\.)Cm [a-z]+( (add|list|disable|renew|revoke)\b)?' "$pages/hudoor.1" | sed 's/.*Cm //' | sort -u)" \
    "$(commands "$hudoor" | sed 's/^ *//' | grep -vxE 'key|kiosk|usher' | sort -u)"
same "commands of hudoor-kiosk" "$(sed -n 's/^\.Ss //p' "$pages/hudoor-kiosk.1" | sort)" \
    "$(commands "$kiosk" | sed 's/^ *//' | sort)"

same "settings" "$(grep -oE '^\.It Va [a-z_.]+' "$pages/kiosk.toml.5" | sed 's/.It Va //')" \
    "$(awk '/^\[/ { section = substr($1, 2, length($1) - 2) } /^[a-z_]+ *=/ { print section "." $1 }' "$example")"
same "defaults" \
    "$(awk '/^\.It Va/ { n++ } n && /[Dd]efault/ { for (i = 1; i < NF; i++) if ($i ~ /^[Dd]efault$/ && $(i+1) ~ /^[0-9]+[.,:]?$/) print $(i+1) + 0 }' "$pages/kiosk.toml.5" | sort -n)" \
    "$(sed -nE 's/^[a-z_]+ = ([0-9]+)$/\1/p' "$example" | sort -n)"

((wrong == 0)) && echo "man pages: as the programs are"
exit "$wrong"
