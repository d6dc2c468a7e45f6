#!/usr/bin/env bash
# deb_in_chroot.sh BUILD_FOLDER: makes the packages, installs them on a fresh Debian of this machine's release,
# makes an event and a kiosk there with nothing but what was installed, removes the packages again, and looks
# at what stays. As root, with this machine's own package sources.
set -euo pipefail
build=$(realpath "$1")

# Mounts of our own, gone with us.
[[ -n ${HUDOOR_OWN_MOUNTS-} ]] || HUDOOR_OWN_MOUNTS=yes exec unshare --mount "$0" "$build"

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
source=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' "Codename: $release" | head -n 1)
[[ -n $source ]] || { echo "this machine has no package source of Debian $release" >&2; exit 69; }

work=$(mktemp -d)
root=$work/root
trap 'umount --recursive "$root/proc" 2>/dev/null; rm -rf --one-file-system "$work"' EXIT

step() { echo "== $*"; }
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
apt() { inside apt-get -qq -o Dpkg::Use-Pty=0 "$@" >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; exit 1; }; }
expect() {
    [[ $2 == "$3" ]] && return
    echo "$1: expected '$2', got '$3'" >&2
    exit 1
}
# What is in the state folder, with owner, mode and contents.
state() { inside find /var/lib/hudoor -printf '%u %m %p ' -type f -exec md5sum {} \; -o -printf '\n'; }

step "packages"
(cd "$build" && cpack -G DEB -B "$work/debs" >"$work/cpack.log") || { cat "$work/cpack.log"; exit 1; }

step "Debian $release"
debootstrap --variant=minbase "$release" "$root" "$source" >"$work/debootstrap.log" || { tail "$work/debootstrap.log"; exit 1; }
mount -t proc proc "$root/proc"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
mkdir "$root/debs"
cp "$work"/debs/*.deb "$root/debs"

step "install"
apt update
debs=("$root"/debs/*.deb)
apt install --no-install-recommends -y "${debs[@]#"$root"}"
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
(umask 077 && echo "a passphrase for the chroot" >"$root/srv/passphrase")
inside hudoor --passphrase-file /srv/passphrase new /srv/event --from /usr/share/doc/hudoor/examples/event.toml
inside hudoor --event /srv/event --passphrase-file /srv/passphrase kiosk add north-1 --place north \
    --out /tmp/north-1.kiosk --bundle-passphrase-file /srv/passphrase
inside chown hudoor /tmp/north-1.kiosk
inside runuser -u hudoor -- hudoor-kiosk enrol /tmp/north-1.kiosk --state /var/lib/hudoor \
    --bundle-passphrase-file - <"$root/srv/passphrase"
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
