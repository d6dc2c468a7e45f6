#!/usr/bin/env bash
# installed_test.sh BUILD_FOLDER: what `cmake --install` leaves is complete and works from where it lies, with
# nothing of the build folder's.
set -euo pipefail
build=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
DESTDIR=$root cmake --install "$build" --prefix /usr >/dev/null

for file in usr/bin/hudoor usr/bin/hudoor-kiosk usr/lib/hudoor/with-display etc/hudoor/kiosk.toml \
    etc/X11/hudoor-kiosk.conf usr/lib/systemd/system/hudoor-kiosk.service usr/lib/systemd/system/hudoor-stick@.service \
    usr/lib/sysusers.d/hudoor-kiosk.conf usr/lib/systemd/logind.conf.d/hudoor-kiosk.conf usr/lib/sysctl.d/60-hudoor-kiosk.conf \
    usr/lib/tmpfiles.d/hudoor-kiosk.conf usr/lib/udev/rules.d/75-hudoor.rules \
    usr/share/hudoor/words/ar/LC_MESSAGES/hudoor.mo usr/share/applications/hudoor-kiosk.desktop \
    usr/share/metainfo/hudoor-kiosk.metainfo.xml usr/share/icons/hicolor/scalable/apps/hudoor-kiosk.svg \
    usr/share/bash-completion/completions/hudoor usr/share/bash-completion/completions/hudoor-kiosk \
    usr/share/man/man1/hudoor.1.gz usr/share/man/man1/hudoor-kiosk.1.gz usr/share/man/man5/kiosk.toml.5.gz \
    usr/share/doc/hudoor-kiosk/copyright usr/share/doc/hudoor-doc/config/doc/installation.md; do
    [[ -s $root/$file ]] || {
        echo "not installed: /$file" >&2
        exit 1
    }
done

# The links of the installed pages lead somewhere.
for page in README.md config/doc/installation.md; do
    page=$root/usr/share/doc/hudoor-doc/$page
    while read -r link; do
        [[ $link == http* || -e $(dirname "$page")/${link%%#*} ]] || {
            echo "$page leads to $link, which is not there" >&2
            exit 1
        }
    done < <(grep -oP '\]\(\K[^)#][^)]*' "$page")
done

# A state folder of its own, so that nothing is enrolled.
mkdir "$root/state"
"$root/usr/bin/hudoor-kiosk" selftest --config "$root/etc/hudoor/kiosk.toml" --state "$root/state" | tee "$root/said"
grep -qF "words: " "$root/said"
grep -qF "in $root/usr/share/hudoor" "$root/said"
