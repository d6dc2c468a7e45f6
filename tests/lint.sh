#!/usr/bin/env bash
# lint.sh BUILD_DIR [--all]: the format of every source, and clang-tidy on those that say something else
# than upstream's branch does (without one, or level with it: than the commit before), or on all of them.
set -euo pipefail
build=$1

# Other versions break lines elsewhere: Debian 13's would call the whole tree wrong.
format=$(clang-format --version | grep -oE 'version [0-9]+')
if [[ $format == 'version 14' ]]; then
    git ls-files -z -co --exclude-standard '*.cpp' '*.hpp' | xargs -0 -n 40 -P "$(nproc)" clang-format --dry-run --Werror
    echo "lint: every source is formatted"
else
    echo "lint: formatting is checked by clang-format 14 only, this is $format" >&2
fi

base=$(git merge-base HEAD '@{upstream}' 2>/dev/null || true)
[[ -n $base && $base != "$(git rev-parse HEAD)" ]] || base=$(git rev-parse -q --verify 'HEAD~1' || true)
if [[ ${2:-} == --all || -z $base ]]; then
    mapfile -t files < <(git ls-files '*.cpp')
else
    mapfile -t files < <(python3 tests/changed_sources.py "$base")
fi
((${#files[@]})) || { echo "lint: no source changed"; exit 0; }
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p "$build" 2>/dev/null
echo "lint: ${#files[@]} files clean"
