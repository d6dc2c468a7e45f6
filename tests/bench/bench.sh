#!/usr/bin/env bash
# bench.sh BUILD [scan [FOLDER...]|latency|merge|search]...: prints the benchmark tables (Markdown); JSON beside them in
# BUILD/bench. Folders of frames with frames.csv, or of pictures with NAME.txt beside them.
set -euo pipefail
build=$1
shift
(($#)) || set -- scan latency merge search
mkdir -p "$build/bench"
while (($#)); do
    name=$1
    shift
    case $name in
        scan)
            folders=()
            while (($#)) && [[ -d $1 ]]; do
                folders+=("$1")
                shift
            done
            # Without any: the public samples where they are at hand.
            ((${#folders[@]})) || [[ ! -d ../shared/corpus ]] || folders+=(../shared/corpus)
            [[ -n ${HUDOOR_FRAMES:-} ]] && folders+=("$HUDOOR_FRAMES")
            "$build/tests/bench/bench_scan" --hints
            "$build/tests/bench/bench_scan" --steady
            "$build/tests/bench/bench_scan" --kinds
            ((${#folders[@]})) || { echo "bench scan: no pictures; name folders of them" >&2; exit 66; }
            "$build/tests/bench/bench_scan" --json "$build/bench/scan.json" "${folders[@]}"
            ;;
        latency) "$build/tests/bench/bench_latency" --json "$build/bench/latency.json" ;;
        merge) "$build/tests/bench/bench_merge" --json "$build/bench/merge.json" ;;
        search) "$build/tests/bench/bench_search" --json "$build/bench/search.json" ;;
        *) echo "bench: no benchmark is called $name (scan, latency, merge, search)" >&2; exit 64 ;;
    esac
done
