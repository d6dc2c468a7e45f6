#!/usr/bin/env bash
# walkthrough_test.sh PAGE EVENT_TOML FOLDER...: runs the lines of the organisers' page as they stand, in an
# empty folder; the commands are in FOLDER, the example event is EVENT_TOML.
set -euo pipefail
page=$(realpath "$1") example=$(realpath "$2")
shift 2
for folder in "$@"; do PATH=$(realpath "$folder"):$PATH; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
sed -n '/^```sh$/,/^```$/ { /^```/d; p }' "$page" | sed "s|/usr/share/doc/hudoor/examples/event.toml|$example|" >lines.sh
[[ $(wc -l <lines.sh) -gt 20 ]] || { echo "the page has no lines to run" >&2; exit 1; }
XDG_STATE_HOME=$work bash -euo pipefail lines.sh >said.txt 2>&1 || { cat said.txt >&2; exit 1; }

# What an organiser would look for at the end.
for words in 'north-1 has guest list revision' 'Nothing to change' 'Wiped: the names of 2 registrations' 'Kiosks heard: 1 of 1' '0 bad' 'Incidents: 0' 'report.html, report.xlsx, 14 tables' '2 people of 2' 'KIOSKS NEEDED' 'came: no record of it'; do
    grep -qF "$words" said.txt || { cat said.txt >&2; echo "nothing says: $words" >&2; exit 1; }
done
[[ -s badges.pdf && -s report.html && -s report.xlsx && -s tables/check_in_log.csv ]]
echo "walk-through: as written"
