#!/usr/bin/env bash
# desktop_test.sh SOURCE_FOLDER: the desktop entry and the AppStream file, by the tools of those who read them.
set -euo pipefail
cd "$1"
desktop-file-validate config/desktop/hudoor-kiosk.desktop
said=$(appstreamcli validate --no-net --no-color config/desktop/hudoor-kiosk.metainfo.xml || true)
[[ -n $said ]]
# There is no homepage to name; newer validators miss one.
if grep -E '^[EW]: ' <<<"$said" | grep -v url-homepage-missing; then exit 1; fi
# Both name the icon by the name it is installed under.
grep -qx 'Icon=hudoor-kiosk' config/desktop/hudoor-kiosk.desktop
grep -q '<icon type="stock">hudoor-kiosk</icon>' config/desktop/hudoor-kiosk.metainfo.xml
grep -q 'RENAME hudoor-kiosk.svg' assets/CMakeLists.txt
echo "desktop entry and AppStream file: valid"
