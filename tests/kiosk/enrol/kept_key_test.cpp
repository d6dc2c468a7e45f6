// A typed key outlives a restart of the program: here systemd is a socket of the test's own.
#include "kiosk/enrol/kept_key.hpp"

#include <sys/mman.h>

#include "tests/support/catch.hpp"
#include "tests/support/fake_systemd.hpp"
#include "tests/support/with_variable.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace std::chrono_literals;
using kiosk::KeptKey;
using storage::Secret;

namespace {

constexpr int given = 3;  // SD_LISTEN_FDS_START

bool are_same(const Secret<32>& a, const Secret<32>& b) {
    return std::ranges::equal(a.view(), b.view());
}

/// What a start of the service finds, if systemd gives it this descriptor under this name.
std::optional<Secret<32>> find_at_start(int descriptor, const std::string& name) {
    const Held before(::fcntl(given, F_DUPFD_CLOEXEC, 10));
    REQUIRE(::dup2(descriptor, given) == given);
    const WithVariable pid("LISTEN_PID", std::to_string(::getpid()));
    const WithVariable count("LISTEN_FDS", "1");
    const WithVariable names("LISTEN_FDNAMES", name);
    std::optional<Secret<32>> found = KeptKey().find();
    CHECK(::fcntl(given, F_GETFD) < 0);
    if (before.number() >= 0) REQUIRE(::dup2(before.number(), given) == given);
    return found;
}

Held make_memory(std::size_t size, int seals) {
    Held memory(::memfd_create("of-a-test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    REQUIRE(::ftruncate(memory.number(), static_cast<off_t>(size)) == 0);
    REQUIRE(::fcntl(memory.number(), F_ADD_SEALS, seals) == 0);
    return memory;
}

}  // namespace

TEST_CASE("a key that is kept is found by this process and by the next start, and is sealed") {
    FakeSystemd systemd;
    const WithVariable socket("NOTIFY_SOCKET", systemd.path());
    const Secret<32> key = Secret<32>::random();
    KeptKey kept;
    CHECK_FALSE(kept.find());
    kept.keep(key);
    REQUIRE(kept.find());
    CHECK(are_same(*kept.find(), key));

    const auto notice = systemd.receive("FDSTORE=1");
    REQUIRE(notice);
    CHECK(notice->text.find("FDNAME=kiosk-key") != std::string::npos);
    const int memory = notice->descriptor.number();
    REQUIRE(memory >= 0);
    CHECK(::pwrite(memory, "x", 1, 0) < 0);
    CHECK(::ftruncate(memory, 0) < 0);
    CHECK(::fcntl(memory, F_ADD_SEALS, 0) < 0);

    const auto found = find_at_start(memory, "kiosk-key");
    REQUIRE(found);
    CHECK(are_same(*found, key));
}

TEST_CASE(
    "another key takes the place of the one before, and one that is dropped is kept nowhere") {
    FakeSystemd systemd;
    const WithVariable socket("NOTIFY_SOCKET", systemd.path());
    const Secret<32> key = Secret<32>::random();
    KeptKey kept;
    kept.drop();
    CHECK_FALSE(systemd.receive("", 0ms));
    kept.keep(Secret<32>::random());
    kept.keep(key);
    CHECK(are_same(kept.find().value(), key));
    CHECK(systemd.receive("FDSTORE=1"));
    CHECK(systemd.receive("FDSTOREREMOVE=1"));
    CHECK(systemd.receive("FDSTORE=1"));
    kept.drop();
    CHECK_FALSE(kept.find());
    CHECK(systemd.receive("FDSTOREREMOVE=1")->text.find("FDNAME=kiosk-key") != std::string::npos);
}

TEST_CASE("what was given at the start and is no sealed key of ours is not taken for one") {
    constexpr int all = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    CHECK(find_at_start(make_memory(32, all).number(), "kiosk-key"));
    CHECK_FALSE(find_at_start(make_memory(32, all).number(), "another"));
    CHECK_FALSE(find_at_start(make_memory(31, all).number(), "kiosk-key"));
    CHECK_FALSE(find_at_start(make_memory(33, all).number(), "kiosk-key"));
    CHECK_FALSE(find_at_start(make_memory(32, all & ~F_SEAL_WRITE).number(), "kiosk-key"));
    CHECK_FALSE(find_at_start(Held(::open("/dev/zero", O_RDONLY)).number(), "kiosk-key"));
}

TEST_CASE("without systemd a key is kept for the process alone") {
    ::unsetenv("NOTIFY_SOCKET");
    const Secret<32> key = Secret<32>::random();
    KeptKey kept;
    kept.keep(key);
    CHECK(are_same(kept.find().value(), key));
}
