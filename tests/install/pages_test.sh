#!/usr/bin/env bash
# pages_test.sh SOURCE_FOLDER: the README and the installation page speak of what there is.
set -euo pipefail
cd "$1"
page=config/doc/installation.md
wrong=0
complain() {
    echo "$@" >&2
    wrong=1
}

# Every code a screen can show is explained.
codes=$(grep -rohE --include="*.cpp" "\"E-[A-Z-]+\"" kiosk | tr -d "\"" | sort -u)
[[ -n $codes ]] || complain "no code found in kiosk/"
for code in $codes; do grep -q "^| $code |" "$page" || complain "$page does not explain $code"; done

# Every exit code of config/exit_code.hpp that can end the service is explained.
for number in $(sed -nE 's/^ +[a-z_]+ = ([0-9]+),/\1/p' config/exit_code.hpp | grep -vxE '0|64|75'); do
    grep -qE "^\| ([0-9]+, )*$number(, [0-9]+)* \|" "$page" || complain "$page does not explain exit code $number"
done

for text in README.md "$page" config/doc/organising.md; do
    while read -r link; do
        [[ $link == http* || -e $(dirname "$text")/${link%%#*} ]] || complain "$text leads to $link, which is not there"
    done < <(grep -oP '\]\(\K[^)#][^)]*' "$text")
done

# The files it names are those that are installed.
for name in hudoor-kiosk.key kiosk.key /run/hudoor/stick; do
    grep -rqF "$name" config/hudoor-kiosk.service config/system || complain "nothing knows $name"
done
exit "$wrong"
