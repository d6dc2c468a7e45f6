/// The exit codes of both programs (sysexits.h numbers, so that scripts can tell causes apart).
#pragma once

namespace hudoor {

enum class ExitCode : int {
    done = 0,
    usage = 64,
    bad_data = 65,
    no_input = 66,
    unavailable = 69,
    bug = 70,
    cannot_create = 73,
    io = 74,
    try_again = 75,
    not_allowed = 77,
    bad_settings = 78,
};

}  // namespace hudoor
