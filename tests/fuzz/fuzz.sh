#!/usr/bin/env bash
# fuzz.sh BUILD SECONDS: plays every fuzz target for so long, from seeds that lead far in. What is found is
# left in BUILD/fuzz/TARGET/crash-*, and the exit code says so; make a test of it.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1 seconds=$2
mkdir -p "$build/fuzz/files"
export TMPDIR=$PWD/$build/fuzz/files
seed() { mkdir -p "$build/fuzz/$1/corpus" && cat >"$build/fuzz/$1/corpus/$2"; }

printf 'K1:%0119d' 0 | seed badge_text badge
printf '8K3N-5QRTZ-0AB1C' | seed badge_text typed
printf '{"checkin_secret": "abcdefgh"}' | seed badge_text indico
printf 'attendee_id,name_en,country,category,valid_from,status\nD1,"No, ra",AE,delegate,2026-12-04,pending\n' | seed csv_file ours
printf '\xff\xfea\0t\0t\0e\0n\0d\0e\0e\0_\0i\0d\0\n\0D\0' | seed csv_file utf16
printf 'Order code;Attendee name;Secret\nX;\xe4\xed\xc7;abc\n' | seed csv_file pretix
printf '\0HUDOORB\n' | seed bundle_file raw
printf '\1HUDOORB\n\1\2\0\7%0120d' 0 | seed bundle_file framed
for kind in 2 3 4; do printf "\\$kind%0300d" 0 | seed bundle_file "payload-$kind"; done
seed settings_file example <config/kiosk.example.toml
# Whole ones come from the tests' own vectors and files.
bytes() { python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.argv[1]))' "$1"; }
for vector in tests/storage/facts/vectors/*; do
    fact=$(sed -n 's/^encoding //p' "$vector")
    bytes "$fact" | seed journal_file "${vector##*/}"
    bytes "$(printf '%04x01' $((${#fact} / 2)))$fact" | seed fact_stream "${vector##*/}"
done
printf '\0%0400d' 0 | seed signed_lists identity
cat <(printf '\0') tests/storage/decide/identity-version-1 | seed signed_lists version-1

for target in badge_text csv_file bundle_file fact_stream journal_file settings_file signed_lists; do
    echo "fuzz $target, $seconds s"
    "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=20000 \
        -artifact_prefix="$build/fuzz/$target/" -print_final_stats=1 "$build/fuzz/$target/corpus" \
        >"$build/fuzz/$target/log" 2>&1 || { tail -40 "$build/fuzz/$target/log" >&2; exit 1; }
    grep -E 'number_of_executed_units|peak_rss_mb' "$build/fuzz/$target/log"
done
