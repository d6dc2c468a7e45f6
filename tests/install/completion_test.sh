#!/usr/bin/env bash
# completion_test.sh COMPLETION FOLDER...: asks bash for completions of both commands, which are in FOLDER.
set -euo pipefail
completion=$1
shift
for folder in "$@"; do PATH=$folder:$PATH; done
# shellcheck source=/dev/null
source "$completion"

# expect "LINE" WORD...: completing the last word of LINE gives exactly these, in any order.
expect() {
    local line=$1 expected got
    shift
    read -ra COMP_WORDS <<<"$line"
    [[ $line != *' ' ]] || COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    "$(complete -p "${COMP_WORDS[0]}" | sed 's/.*-F \([^ ]*\).*/\1/')"
    expected=$(printf '%s\n' "$@" | sort)
    got=$(printf '%s\n' "${COMPREPLY[@]}" | sort)
    [[ $got == "$expected" ]] && return
    echo "completing '$line':" >&2
    diff <(echo "$expected") <(echo "$got") >&2 || true
    exit 1
}

expect 'hudoor re' rehearse reissue report revoke
expect 'hudoor ki' kiosk
expect 'hudoor --ev' --event
expect 'hudoor kiosk a' add
expect 'hudoor usher ' add list renew disable --help
expect 'hudoor badges all.pdf --layout a4' a4-4xa6 a4-8xa7
expect 'hudoor --event summit kiosk add --pl' --place
expect 'hudoor usher add 12 Mona --role ' usher supervisor
expect 'hudoor import delegates.csv --' --help --apply --cancel-absent --encoding --ignore --json --keep --map \
    --ours --preset --sheet --skip-refused --source --theirs --weak-codes
expect 'hudoor import list' ''
expect 'hudoor-kiosk en' enrol
expect 'hudoor-kiosk ex' export
expect 'hudoor-kiosk --he' --headless --help
expect 'hudoor-kiosk enrol --k' --key-file --key-out
echo "completion: both commands answer"
