#!/usr/bin/env bash
# service_test.sh CONFIG_FOLDER: what systemd itself says of the units: nothing wrong, and an exposure of 2.0
# at most; and the promises that no tool of systemd's looks after.
set -euo pipefail
cd "$1"
unit=hudoor-kiosk.service

exposure_of() {
    local exposure
    exposure=$(systemd-analyze security --offline=true --no-pager "$1" | sed -nE 's/.*exposure level for [^:]*: ([0-9.]+).*/\1/p')
    awk -v exposure="$exposure" 'BEGIN { exit !(exposure != "" && exposure <= 2.0) }' || {
        echo "$1: exposure $exposure, not 2.0 or less" >&2
        exit 1
    }
    echo "$exposure"
}
exposure=$(exposure_of "$unit")

# The programs are there only once they are installed: stand-ins take their places.
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/etc/systemd/system"
cp "$unit" "$root/etc/systemd/system"
stick=$root/etc/systemd/system/hudoor-stick@.service
cp system/stick@.service "$stick"
stick_exposure=$(exposure_of "$stick")
for program in /usr/lib/hudoor/with-display /usr/bin/systemd-mount; do
    install -D /bin/true "$root$program"
done
complaints=$(systemd-analyze verify --man=no --recursive-errors=no --root="$root" \
    "$unit" hudoor-stick@sda1.service 2>&1 | grep -E 'hudoor|stick' || true)
[[ -z $complaints ]] || {
    echo "$complaints" >&2
    exit 1
}

for line in Type=notify NotifyAccess=main WatchdogSec=20 Restart=always StartLimitIntervalSec=0 User=hudoor \
    PAMName=login TTYPath=/dev/tty7 StateDirectoryMode=0700 LimitCORE=0 LimitMEMLOCK=infinity MemorySwapMax=0 DevicePolicy=closed \
    SupplementaryGroups=tss FileDescriptorStoreMax=1 "DeviceAllow=/dev/tpmrm0 rw"; do
    grep -qx "$line" "$unit" || {
        echo "$unit does not say $line" >&2
        exit 1
    }
done
grep -q 'nosuid,nodev,noexec' system/stick@.service
# Two sticks have two places, and each is left as itself.
[[ $(grep -c '/run/hudoor/stick/%i$' system/stick@.service) == 2 ]]
# The session may use what the service may use.
lists() { grep -E '^(Device|IPAddress|MemorySwap)' "$1" | sort; }
diff <(lists "$unit") <(lists system/user-slice.conf)
echo "$unit: exposure $exposure, hudoor-stick@.service: $stick_exposure, nothing to complain about"
