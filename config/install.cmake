# What belongs to the programs on a Debian machine besides themselves: settings, systemd, udev, desktop,
# man pages, completion, documentation.
set(kiosk_doc ${CMAKE_INSTALL_DATADIR}/doc/hudoor-kiosk)
set(organiser_doc ${CMAKE_INSTALL_DATADIR}/doc/hudoor)
set(doc_doc ${CMAKE_INSTALL_DATADIR}/doc/hudoor-doc)

# The kiosk reads its settings there whatever the prefix; so does the X server.
install(FILES config/kiosk.example.toml DESTINATION /etc/hudoor RENAME kiosk.toml COMPONENT kiosk)
install(FILES config/system/xorg.conf DESTINATION /etc/X11 RENAME hudoor-kiosk.conf COMPONENT kiosk)

install(FILES config/hudoor-kiosk.service DESTINATION lib/systemd/system COMPONENT kiosk)
install(FILES config/system/stick@.service DESTINATION lib/systemd/system RENAME hudoor-stick@.service
        COMPONENT kiosk)
install(FILES config/system/sysusers.conf DESTINATION lib/sysusers.d RENAME hudoor-kiosk.conf COMPONENT kiosk)
install(FILES config/system/tmpfiles.conf DESTINATION lib/tmpfiles.d RENAME hudoor-kiosk.conf COMPONENT kiosk)
install(FILES config/system/udev.rules DESTINATION lib/udev/rules.d RENAME 75-hudoor.rules COMPONENT kiosk)
install(FILES config/system/logind.conf DESTINATION lib/systemd/logind.conf.d RENAME hudoor-kiosk.conf COMPONENT kiosk)
install(FILES config/system/sysctl.conf DESTINATION lib/sysctl.d RENAME 60-hudoor-kiosk.conf COMPONENT kiosk)
install(PROGRAMS config/system/with-display DESTINATION lib/hudoor COMPONENT kiosk)
install(FILES config/system/user-slice.conf DESTINATION lib/hudoor COMPONENT kiosk)
install(FILES config/desktop/hudoor-kiosk.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT kiosk)
install(FILES config/desktop/hudoor-kiosk.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT kiosk)

install(FILES config/completion/hudoor DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        COMPONENT organiser)
install(FILES config/completion/hudoor DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME hudoor-kiosk COMPONENT kiosk)

# The same bytes at every build.
find_program(GZIP gzip REQUIRED)
function(install_gzipped file destination component)
  cmake_path(GET file FILENAME name)
  set(packed ${PROJECT_BINARY_DIR}/config/gzipped/${name}.gz)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/config/gzipped)
  execute_process(COMMAND ${GZIP} -9nc ${file} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  install(FILES ${packed} DESTINATION ${destination} COMPONENT ${component})
endfunction()

set(man ${PROJECT_SOURCE_DIR}/config/man)
install_gzipped(${man}/hudoor.1 ${CMAKE_INSTALL_MANDIR}/man1 organiser)
install_gzipped(${man}/hudoor-kiosk.1 ${CMAKE_INSTALL_MANDIR}/man1 kiosk)
install_gzipped(${man}/kiosk.toml.5 ${CMAKE_INSTALL_MANDIR}/man5 kiosk)

configure_file(config/debian/changelog.in ${PROJECT_BINARY_DIR}/config/changelog @ONLY)
foreach(package kiosk organiser doc)
  install_gzipped(${PROJECT_BINARY_DIR}/config/changelog ${${package}_doc} ${package})
  install(FILES config/debian/copyright DESTINATION ${${package}_doc} COMPONENT ${package})
endforeach()

# In the folders they have here, so that one page leads to the other.
install(FILES README.md DESTINATION ${doc_doc} COMPONENT doc)
install(FILES config/doc/installation.md config/doc/organising.md DESTINATION ${doc_doc}/config/doc COMPONENT doc)
