# Sourced with the build folder as $1 by what tries the packages on a fresh Debian of this machine's release.
# As root, with this machine's own package sources. Gives $root, a Debian with the packages in /debs, which
# is gone with the script, and ways to work in it.
# shellcheck shell=bash
build=$(realpath "$1")

# Mounts of our own, gone with us.
[[ -n ${HUDOOR_OWN_MOUNTS-} ]] || HUDOOR_OWN_MOUNTS=yes exec unshare --mount "$0" "$@"

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
source=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' "Codename: $release" | head -n 1)
[[ -n $source ]] || { echo "this machine has no package source of Debian $release" >&2; exit 69; }

work=$(mktemp -d)
root=$work/root
clean_up() { umount --recursive "$root/proc" 2>/dev/null; rm -rf --one-file-system "$work"; }
trap clean_up EXIT

step() { echo "== $*"; }
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
apt() { inside apt-get -qq -o Dpkg::Use-Pty=0 "$@" >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; exit 1; }; }
expect() {
    [[ $2 == "$3" ]] && return
    echo "$1: expected '$2', got '$3'" >&2
    exit 1
}
# An event, and this machine enrolled as its kiosk north-1.
make_kiosk() {
    (umask 077 && echo "a passphrase for the chroot" >"$root/srv/passphrase")
    inside hudoor --passphrase-file /srv/passphrase new /srv/event --from /usr/share/doc/hudoor/examples/event.toml
    inside hudoor --event /srv/event --passphrase-file /srv/passphrase kiosk add north-1 --place north \
        --out /tmp/north-1.kiosk --bundle-passphrase-file /srv/passphrase
    inside chown hudoor /tmp/north-1.kiosk
    inside runuser -u hudoor -- hudoor-kiosk enrol /tmp/north-1.kiosk --state /var/lib/hudoor --key-file \
        --bundle-passphrase-file - <"$root/srv/passphrase"
}

step "packages"
(cd "$build" && cpack -G DEB -B "$work/debs" >"$work/cpack.log") || { cat "$work/cpack.log"; exit 1; }

step "Debian $release"
debootstrap --variant=minbase "$release" "$root" "$source" >"$work/debootstrap.log" || { tail "$work/debootstrap.log"; exit 1; }
mount -t proc proc "$root/proc"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
mkdir "$root/debs"
cp "$work"/debs/*.deb "$root/debs"
apt update
debs=("$root"/debs/*.deb)
debs=("${debs[@]#"$root"}")
