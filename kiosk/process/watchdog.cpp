#include "kiosk/process/watchdog.hpp"

#include <fcntl.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "config/last_words.hpp"

namespace hudoor::kiosk {

namespace {

using namespace std::chrono_literals;

constexpr auto longest_work = 10s;
constexpr long most_resident_mb = 1'024;  // 210 MB are normal with 100,000 registrations

std::optional<std::string> find_shortage() {
    const int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return "no more files can be opened";
    ::close(descriptor);
    std::FILE* memory = std::fopen("/proc/self/statm", "re");
    if (memory == nullptr) return std::nullopt;
    long total = 0;
    long resident = 0;
    const int read = std::fscanf(memory, "%ld %ld", &total, &resident);
    (void)std::fclose(memory);
    const long resident_mb = resident * (::sysconf(_SC_PAGESIZE) / 1'024) / 1'024;
    if (read == 2 && resident_mb > most_resident_mb)
        return "the program has grown to " + std::to_string(resident_mb) + " MB";
    return std::nullopt;
}

}  // namespace

void Watchdog::say_ready() const { sd_notify(0, "READY=1"); }

std::optional<Ailment> Watchdog::look(MonotonicTime now) {
    if (looked_ && now - *looked_ < look_every) return std::nullopt;
    looked_ = now;
    for (const WatchedThread& thread : threads_)
        if (thread.pulse->busy_for(now) > longest_work)
            return Ailment{ExitCode::bug, "the " + thread.name + " thread does not come back"};
    if (const auto shortage = find_shortage()) return Ailment{ExitCode::try_again, *shortage};
    sd_notify(0, "WATCHDOG=1");
    return std::nullopt;
}

void end_now(const Ailment& ailment) noexcept {
    say_last_words({"hudoor-kiosk: ", ailment.what, "; ending, to be begun anew\n"},
                   ailment.exit_code);
    std::_Exit(static_cast<int>(ailment.exit_code));
}

}  // namespace hudoor::kiosk
