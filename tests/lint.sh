#!/usr/bin/env bash
# lint.sh BUILD_DIR [--all]: clang-tidy on the sources that differ from the upstream branch (without one,
# or level with it: from the commit before), or on all of them.
set -euo pipefail
build=$1
base=$(git merge-base HEAD '@{upstream}' 2>/dev/null || true)
[[ -n $base && $base != "$(git rev-parse HEAD)" ]] || base=$(git rev-parse -q --verify 'HEAD~1' || true)
if [[ ${2:-} == --all || -z $base ]]; then
    mapfile -t files < <(git ls-files '*.cpp')
else
    mapfile -t files < <({ git diff --name-only --diff-filter=d "$base" -- '*.cpp'; git ls-files -o --exclude-standard '*.cpp'; } | sort -u)
fi
((${#files[@]})) || { echo "lint: no source changed"; exit 0; }
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p "$build" 2>/dev/null
echo "lint: ${#files[@]} files clean"
