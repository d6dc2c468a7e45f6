#!/usr/bin/env bash
# deb_in_chroot.sh BUILD_FOLDER: makes the packages, installs them on a fresh Debian of this machine's release,
# makes an event and a kiosk there with nothing but what was installed, removes the packages again, and looks
# at what stays. As root, with this machine's own package sources.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=fresh_debian.sh
source "$(dirname "$0")/fresh_debian.sh"

# What is in the state folder, with owner, mode and contents.
state() { inside find /var/lib/hudoor -printf '%u %m %p ' -type f -exec md5sum {} \; -o -printf '\n'; }

step "install"
apt install --no-install-recommends -y "${debs[@]}"
expect "the state folder" "hudoor hudoor 700" "$(inside stat -c '%U %G %a' /var/lib/hudoor)"
expect "the user's shell" /usr/sbin/nologin "$(inside getent passwd hudoor | cut -d: -f7)"
expect "the user's groups" "audio hudoor input render tty video" "$(inside id -nG hudoor | tr ' ' '\n' | sort | xargs)"
expect "units enabled by installing" "" "$(find "$root/etc/systemd/system" -path '*.wants/hudoor*')"
uid=$(inside id -u hudoor)
inside grep -q DevicePolicy=closed "/etc/systemd/system/user-$uid.slice.d/hudoor-kiosk.conf"
inside ldd /usr/bin/hudoor /usr/bin/hudoor-kiosk | grep 'not found' && exit 1

step "selftest, as nobody and as the kiosk's user"
inside runuser -u nobody -- env TMPDIR=/tmp hudoor-kiosk selftest --state /nowhere
inside runuser -u hudoor -- hudoor-kiosk selftest --state /var/lib/hudoor

step "an event, a kiosk, and a start of it"
make_kiosk
inside runuser -u hudoor -- hudoor-kiosk --headless --until-end --state /var/lib/hudoor \
    --camera 'videotestsrc num-buffers=5'
inside runuser -u hudoor -- hudoor-kiosk selftest --state /var/lib/hudoor | tee "$work/selftest"
grep -qx 'ok    own records: [1-9][0-9]*, whole and unaltered' "$work/selftest"

step "remove, purge: the records stay"
before=$(state)
[[ $before == *" 600 /var/lib/hudoor/"* ]]
apt remove -y hudoor-kiosk hudoor hudoor-doc
expect "programs after removal" "" "$(ls "$root/usr/bin" | grep hudoor || true)"
expect "links after removal" "" "$(find "$root/etc/systemd" -name '*hudoor*' -o -name "user-$uid*")"
expect "the state after removal" "$before" "$(state)"
apt purge -y hudoor-kiosk hudoor hudoor-doc
expect "the state after purging" "$before" "$(state)"
expect "settings after purging" "" "$(ls -d "$root"/etc/hudoor/kiosk.toml "$root"/etc/X11/hudoor-kiosk.conf 2>/dev/null || true)"

step "lintian"
apt install --no-install-recommends -y lintian
inside sh -c 'lintian --fail-on error --display-level ">=warning" /debs/*.deb'
echo "the packages of Debian $release install, work, and leave the records"
