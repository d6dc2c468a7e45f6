#!/usr/bin/env bash
# bench.sh BUILD [scan|latency|merge|search]...: prints the benchmark tables (Markdown); JSON beside them in BUILD/bench.
set -euo pipefail
build=$1
shift
(($#)) || set -- scan latency merge search
mkdir -p "$build/bench"
for name in "$@"; do
    case $name in
        scan)
            # The public samples where they are at hand, and always frames of our own feed.
            folders=()
            [[ -d ../shared/corpus ]] && folders+=(../shared/corpus)
            [[ -n ${HUDOOR_FRAMES:-} ]] && folders+=("$HUDOOR_FRAMES")
            ((${#folders[@]})) || { echo "bench scan: no pictures; set HUDOOR_FRAMES to a folder" >&2; exit 66; }
            "$build/tests/bench/bench_scan" --json "$build/bench/scan.json" "${folders[@]}"
            ;;
        latency) "$build/tests/bench/bench_latency" --json "$build/bench/latency.json" ;;
        merge) "$build/tests/bench/bench_merge" --json "$build/bench/merge.json" ;;
        search) "$build/tests/bench/bench_search" --json "$build/bench/search.json" ;;
        *) echo "bench: no benchmark is called $name (scan, latency, merge, search)" >&2; exit 64 ;;
    esac
done
