#!/usr/bin/env bash
# boot_in_qemu.sh BUILD_FOLDER [PICTURE.png]: a fresh Debian with the packages, enrolled and enabled, is switched
# on: the kiosk comes up by itself, says READY, feeds the watchdog, and comes back when it hangs or is killed.
# Where KVM does not work the processor is emulated, twenty times slower; then the start may take longer than
# the unit allows a real machine.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=fresh_debian.sh
source "$(dirname "$0")/fresh_debian.sh"
picture=$(realpath -m "${2:-$build/booted.png}")

step "install, with a kernel"
apt install --no-install-recommends -y "${debs[@]}" linux-image-amd64 systemd-sysv udev dbus libpam-systemd
make_kiosk
mkdir -p "$root/etc/hudoor/conf.d"
printf '[camera]\nsource = "videotestsrc is-live=true ! video/x-raw,width=640,height=480,framerate=15/1"\n' \
    >"$root/etc/hudoor/conf.d/camera.toml"
mkdir -p "$root/etc/systemd/system/hudoor-kiosk.service.d"
printf '[Service]\nTimeoutStartSec=300\n' >"$root/etc/systemd/system/hudoor-kiosk.service.d/slow-machine.conf"
rm "$root/usr/sbin/policy-rc.d"
inside systemctl enable hudoor-kiosk >/dev/null 2>&1

# What is tried once the machine is up; every line goes out through the serial port.
cat >"$root/usr/local/bin/try-kiosk" <<'TRY'
#!/bin/bash
exec >/dev/ttyS0 2>&1
of() { systemctl show hudoor-kiosk --property "$1" --value; }
seconds() { cut -d' ' -f1 /proc/uptime; }
# until WHAT COMMAND...: within ten minutes, or the end.
until_true() {
    local what=$1 begin=$SECONDS
    shift
    while ! "$@"; do
        ((SECONDS - begin < 600)) || { echo "TRY failed: $what"; journalctl -u hudoor-kiosk -b --no-pager | tail -40; systemctl poweroff; exit; }
        sleep 0.1
    done
    echo "TRY $what at $(seconds) s"
}
is_up() { [[ $(of ActiveState) == active ]]; }
is_fed() { [[ $(of WatchdogTimestampMonotonic) != "$fed" ]]; }
is_another() { [[ $(of MainPID) != "$before" && $(of MainPID) != 0 ]] && is_up; }
until_true "ready" is_up
echo "TRY type $(of Type) watchdog $(of WatchdogUSec) restart $(of Restart)"
fed=$(of WatchdogTimestampMonotonic)
until_true "watchdog fed" is_fed
echo "TRY picture"
read -r -t 60 _ </dev/ttyS0
before=$(of MainPID)
kill -STOP "$before"
until_true "back after hanging" is_another
before=$(of MainPID)
kill -KILL "$before"
until_true "back after a kill" is_another
echo "TRY restarts $(of NRestarts)"
systemctl stop hudoor-kiosk
runuser -u hudoor -- hudoor-kiosk selftest --state /var/lib/hudoor | sed 's/^/TRY /'
systemctl poweroff
TRY
chmod +x "$root/usr/local/bin/try-kiosk"
cat >"$root/etc/systemd/system/try-kiosk.service" <<'UNIT'
[Unit]
After=multi-user.target
[Service]
ExecStart=/usr/local/bin/try-kiosk
[Install]
WantedBy=graphical.target multi-user.target
UNIT
inside systemctl enable try-kiosk >/dev/null 2>&1
umount --recursive "$root/proc"

step "a disk of it"
truncate -s 4G "$work/disk"
mke2fs -q -t ext4 -d "$root" "$work/disk"
kernel=$(echo "$root"/boot/vmlinuz-*)
cp "$kernel" "${kernel/vmlinuz/initrd.img}" "$work"

emulate=(qemu-system-x86_64 -smp 2 -m 1536 -nic none -display none -no-reboot -kernel "$work"/vmlinuz-*)
accel=kvm cpu=host
if ! timeout 20 "${emulate[@]}" -machine q35,accel=kvm -cpu host -append "console=ttyS0 panic=-1" -serial stdio 2>/dev/null |
    grep -q 'Linux version'; then
    accel=tcg cpu=max
fi

step "switch it on ($accel)"
mkfifo "$work/serial.in" "$work/serial.out"
"${emulate[@]}" -machine "q35,accel=$accel" -cpu "$cpu" -vga virtio \
    -initrd "$work"/initrd.img-* -append "root=/dev/vda rw quiet" \
    -drive "file=$work/disk,if=virtio,format=raw,cache=unsafe" -chardev "pipe,id=out,path=$work/serial" -serial chardev:out \
    -qmp "unix:$work/qmp,server=on,wait=off" 2>"$work/qemu.log" &
machine=$!
trap 'kill "$machine" 2>/dev/null || true; clean_up' EXIT

take_picture() {
    python3 - "$work/qmp" "$work/screen.ppm" <<'QMP'
import json, socket, sys
link = socket.socket(socket.AF_UNIX)
link.connect(sys.argv[1])
lines = link.makefile("rw")
lines.readline()
for command in ({"execute": "qmp_capabilities"}, {"execute": "screendump", "arguments": {"filename": sys.argv[2]}}):
    lines.write(json.dumps(command) + "\n")
    lines.flush()
    while "return" not in (answer := json.loads(lines.readline())):
        if "error" in answer: sys.exit(str(answer))
QMP
    convert "$work/screen.ppm" "$picture"
}

exec 3<>"$work/serial.in"
: >"$work/said"
while read -r -t 1200 line; do
    line=${line%$'\r'}
    [[ $line == *"TRY "* ]] || continue
    line="TRY ${line#*TRY }"
    echo "$line" | tee -a "$work/said"
    [[ $line == "TRY failed"* ]] && { timeout 20 cat <&4 | head -n 40 >&2 || true; exit 1; }
    if [[ $line == "TRY picture" ]]; then
        take_picture
        echo >&3
    fi
done 4<"$work/serial.out" <&4
wait "$machine" || { cat "$work/qemu.log"; exit 1; }

grep -qx 'TRY type notify watchdog 20s restart always' "$work/said"
grep -q '^TRY back after hanging' "$work/said"
grep -q '^TRY back after a kill' "$work/said"
grep -Eq '^TRY ok    own records: [1-9][0-9]*, whole and unaltered' "$work/said"
# A page of paper, not a console: its colour in the corner.
expect "the colour of the screen's corner" "#F7F5F0" "#$(convert "$picture" -crop 1x1+4+400 -depth 8 rgb:- | od -An -tx1 | tr -d ' ' | tr a-f A-F)"
echo "the packages of Debian $release come up by themselves, and again"
