#!/usr/bin/env bash
# plays.sh BUILD [--plays N] [--minutes M]: the crash play and the simulator from seed after seed on all cores,
# 1,000,000 plays unless told otherwise, until M minutes are over if given. Started again it goes on behind the
# seeds that are done, as long as the programs are the same.
set -euo pipefail
build=$1
shift
plays=1000000 minutes=
while (($#)); do
    case $1 in
        --plays) plays=$2 ;;
        --minutes) minutes=$2 ;;
        *) echo "plays: unknown option $1" >&2; exit 64 ;;
    esac
    shift 2
done

crash=$build/tests/storage/crash/crash_test sim=$build/tests/sim/hudoor_sim_tests
state=$build/soak
mkdir -p "$state"
programs=$(cat "$crash" "$sim" | sha256sum | cut -c1-16)
export done_file=$state/plays-$programs.txt crash sim plays begin=$EPOCHSECONDS before
export deadline=$((minutes ? begin + minutes * 60 : 0))
touch "$done_file"

# Of ten plays so many of each kind, and how many at once.
kinds=(cuts cuts cuts cuts cuts cuts failures failures failures sim)
export at_once=500

count_done() { awk '{ sum += $3 } END { print sum + 0 }' "$done_file"; }
before=$(count_done)
echo "plays: $before of $plays are done with these programs; each line names its seeds"

# play KIND FIRST COUNT: prints its tally and how far all of them are; its whole output if something was found.
play() {
    local kind=$1 first=$2 count=$3 output
    ((deadline == 0 || EPOCHSECONDS < deadline)) || return 0
    case $kind in
        cuts | failures) set -- env "HUDOOR_CRASH_SEED=$first" "HUDOOR_CRASH_PLAYS=$count" "$crash" "[play-$kind]" ;;
        sim) set -- env "HUDOOR_SIM_FIRST=$first" "HUDOOR_SIM_SEEDS=$count" "$sim" ;;
    esac
    if ! output=$("$@" 2>&1); then
        printf '%s, seeds %d to %d FAILED:\n%s\n' "$kind" "$first" $((first + count - 1)) "$output"
        return 255
    fi
    flock "$done_file" bash -c "echo $kind $first $count >>'$done_file'"
    local all seconds tally
    all=$(awk '{ sum += $3 } END { print sum + 0 }' "$done_file")
    seconds=$((EPOCHSECONDS - begin + 1))
    tally=$(grep -o '[0-9]* power cuts' <<<"$output") || tally="all good"
    printf '%s, seeds %d to %d: %s; %d of %d plays, %d a minute, %d minutes to go\n' "$kind" "$first" $((first + count - 1)) \
        "$tally" "$all" "$plays" $(((all - before) * 60 / seconds)) $(((plays - all) * seconds / (all - before) / 60))
}
export -f play

# Chunks that are not done yet, in an order in which every kind goes on.
list_chunks() {
    awk -v plays="$plays" -v at_once="$at_once" -v kinds="${kinds[*]}" '
        { seen[$1 " " $2] = 1 }
        END {
            number = split(kinds, kind, " ")
            for (i = 0; i * at_once < plays; ++i) {
                name = kind[i % number + 1]
                count = i * at_once + at_once > plays ? plays - i * at_once : at_once
                first = next_of[name] + 1
                next_of[name] += count
                if (!((name " " first) in seen)) print name, first, count
            }
        }' "$done_file"
}
list_chunks | xargs -r -P "$(nproc)" -L 1 bash -c 'play "$@"' play
all=$(count_done)
((all >= plays)) || { echo "plays: stopped at $all of $plays; the same command goes on"; [[ -n $minutes ]]; exit; }
echo "plays: $all plays, 0 lost or invented without an incident"
