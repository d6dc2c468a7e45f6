#include "kiosk/process/process.hpp"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <system_error>

#include "kiosk/process/watchdog.hpp"

namespace hudoor::kiosk {

[[noreturn]] void end_for_exception() noexcept {
    try {
        std::rethrow_exception(std::current_exception());
    } catch (const std::bad_alloc&) {
        end_now({ExitCode::try_again, "there is no memory left"});
    } catch (const std::system_error& error) {
        end_now({ExitCode::try_again, error.what()});
    } catch (const std::exception& error) {
        end_now({ExitCode::bug, std::string("a bug: ") + error.what()});
    } catch (...) {
        std::abort();
    }
}

bool lock_memory() {
    rlimit limit{};
    return ::getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY &&
           ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
}

void harden_process() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    (void)lock_memory();  // selftest says where it is not
    std::set_terminate(end_for_exception);
}

}  // namespace hudoor::kiosk
