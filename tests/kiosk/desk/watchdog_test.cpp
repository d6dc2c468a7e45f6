#include "kiosk/process/watchdog.hpp"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "tests/support/catch.hpp"

namespace hudoor::kiosk {
namespace {

using namespace std::chrono_literals;

MonotonicTime now() { return std::chrono::steady_clock::now(); }

/// Stands in for systemd: hears what is said to $NOTIFY_SOCKET.
class Supervisor {
public:
    Supervisor() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "hudoor-notify-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        const std::string path = (folder_ / "socket").string();
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        REQUIRE(path.size() < sizeof address.sun_path);
        std::memcpy(address.sun_path, path.c_str(), path.size());
        socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~Supervisor() {
        ::unsetenv("NOTIFY_SOCKET");
        ::close(socket_);
        std::filesystem::remove_all(folder_);
    }
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    /// What was said and not yet heard; empty if nothing.
    std::string hear() const {
        std::array<char, 256> text{};
        const auto size = ::recv(socket_, text.data(), text.size(), 0);
        return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
    }

private:
    std::filesystem::path folder_;
    int socket_ = -1;
};

}  // namespace

TEST_CASE("the supervisor hears that the kiosk is ready, and then that all threads are well") {
    const Supervisor supervisor;
    Pulse scan;
    Watchdog watchdog({{"scan", &scan}});
    watchdog.say_ready();
    CHECK(supervisor.hear() == "READY=1");
    CHECK_FALSE(watchdog.look(now()));
    CHECK(supervisor.hear() == "WATCHDOG=1");
    CHECK_FALSE(watchdog.look(now()));  // too early
    CHECK(supervisor.hear().empty());
    CHECK_FALSE(watchdog.look(now() + Watchdog::look_every));
    CHECK(supervisor.hear() == "WATCHDOG=1");
}

TEST_CASE("a thread that does not come back is named and the supervisor hears nothing more") {
    const Supervisor supervisor;
    Pulse scan;
    Pulse desk;
    Watchdog watchdog({{"scan", &scan}, {"desk", &desk}});
    const Pulse::Work at_work(desk);
    CHECK_FALSE(watchdog.look(now() + 9s));
    CHECK(supervisor.hear() == "WATCHDOG=1");
    const auto ailment = watchdog.look(now() + 12s);
    REQUIRE(ailment);
    CHECK(ailment->exit_code == ExitCode::bug);
    CHECK(ailment->what.find("desk") != std::string::npos);
    CHECK(supervisor.hear().empty());
}

TEST_CASE("a thread at work again and again is well, however long it has been") {
    Pulse scan;
    Watchdog watchdog({{"scan", &scan}});
    { const Pulse::Work at_work(scan); }
    CHECK(scan.busy_for(now() + 1h) == 0ns);
    CHECK_FALSE(watchdog.look(now() + 1h));
}

TEST_CASE("F28: when no more files can be opened, a new start is asked for") {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit none = before;
    none.rlim_cur = 0;
    Watchdog watchdog({});
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    const auto ailment = watchdog.look(now());
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    REQUIRE(ailment);
    CHECK(ailment->exit_code == ExitCode::try_again);
    CHECK_FALSE(watchdog.look(now() + Watchdog::look_every));
}

}  // namespace hudoor::kiosk
