# cpack -G DEB: the packages hudoor-kiosk, hudoor and hudoor-doc, one for each install component.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_PACKAGE_NAME hudoor)
set(CPACK_PACKAGE_CONTACT "Hudoor maintainers <maintainers@users.noreply.hudoor.example>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_COMPONENTS_ALL kiosk organiser doc)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
# Some files belong to places outside every prefix: settings to /etc.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# What is packed was built by name before; without this cpack builds every test as well.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# What the programs need besides the libraries they are linked with: the list that ./run installs.
file(STRINGS ${PROJECT_SOURCE_DIR}/config/packages-run.txt kiosk_needs REGEX "^[a-z]")
set(organiser_needs ${kiosk_needs})
list(FILTER organiser_needs EXCLUDE REGEX "^(gstreamer1.0-alsa|libegl1|libgl1-mesa-dri)$")
list(JOIN kiosk_needs ", " kiosk_needs)
list(JOIN organiser_needs ", " organiser_needs)

set(CPACK_DEBIAN_KIOSK_PACKAGE_NAME hudoor-kiosk)
set(CPACK_DEBIAN_KIOSK_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_KIOSK_PACKAGE_DEPENDS "hudoor (= ${PROJECT_VERSION}), ${kiosk_needs}, \
init-system-helpers (>= 1.54), libpam-systemd, systemd, xserver-xorg-core, xserver-xorg-input-libinput")
set(CPACK_DEBIAN_KIOSK_PACKAGE_SUGGESTS hudoor-doc)
set(CPACK_DEBIAN_KIOSK_DESCRIPTION "event check-in kiosk
Reads QR badges from a camera, looks the registration up in a sealed local
list, decides, records the attendance so that it cannot get lost, and says so
in Arabic and English. Needs no network.

Installing does not start it: hudoor-kiosk.service is enabled by hand, after
the machine has been enrolled.")
set(CPACK_DEBIAN_KIOSK_PACKAGE_CONTROL_EXTRA
    ${CMAKE_CURRENT_LIST_DIR}/conffiles ${CMAKE_CURRENT_LIST_DIR}/postinst
    ${CMAKE_CURRENT_LIST_DIR}/prerm ${CMAKE_CURRENT_LIST_DIR}/postrm)

set(CPACK_DEBIAN_ORGANISER_PACKAGE_NAME hudoor)
set(CPACK_DEBIAN_ORGANISER_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_ORGANISER_PACKAGE_DEPENDS "${organiser_needs}")
set(CPACK_DEBIAN_ORGANISER_PACKAGE_SUGGESTS hudoor-doc)
set(CPACK_DEBIAN_ORGANISER_DESCRIPTION "event check-in: the organisers' command
Makes an event, imports registrations, prints badges in Arabic and English,
and makes the bundles that turn a machine into a check-in kiosk of the event
(package hudoor-kiosk).")

set(CPACK_DEBIAN_DOC_PACKAGE_NAME hudoor-doc)
set(CPACK_DEBIAN_DOC_PACKAGE_SECTION doc)
set(CPACK_DEBIAN_DOC_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DOC_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DOC_DESCRIPTION "event check-in kiosk: documentation
The overview, and the page that leads from a bare machine to a running kiosk,
with pictures.")

include(CPack)
