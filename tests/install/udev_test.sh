#!/usr/bin/env bash
# udev_test.sh RULES: every rule is one, by udev itself where it can say so (Debian 13), and by its grammar.
set -euo pipefail
rules=$1

if udevadm verify --help >/dev/null 2>&1; then
    udevadm verify --no-style "$rules"
fi

key='[A-Z_]+(\{[A-Za-z0-9_./]+\})?'
pair="$key(==|!=|\\+=|-=|:=|=)\"[^\"]*\""
wrong=$(grep -nvE '^(#.*)?$' "$rules" | grep -vE "^[0-9]+:$pair(, $pair)*\$" || true)
[[ -z $wrong ]] || {
    echo "no rule: $wrong" >&2
    exit 1
}

# A match with = would assign, and an assignment with == would do nothing.
for match in ACTION SUBSYSTEM KERNEL ATTR ATTRS; do
    wrong=$(grep -v '^#' "$rules" | grep -nE "(^|, )$match(\{[^}]*\})?[+-]?=\"" || true)
    [[ -z $wrong ]] || {
        echo "$match is assigned to: $wrong" >&2
        exit 1
    }
done
for promise in 'SYMLINK+="hudoor/camera"' 'SYMLINK+="hudoor/hand-scanner"' 'TAG-="power-switch"' "hudoor-stick@\$name.service"; do
    grep -v '^#' "$rules" | grep -qF "$promise" || {
        echo "no rule does $promise" >&2
        exit 1
    }
done
echo "udev: $(grep -cvE '^(#.*)?$' "$rules") rules"
