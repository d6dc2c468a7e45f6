#include "storage/organiser/event/keys.hpp"

#include <sys/stat.h>

#include "storage/base/files.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::organiser;
using namespace hudoor::test;

TEST_CASE("event.keys opens with its passphrase alone and gives back every key") {
    const Scratch scratch;
    const auto file = scratch.path("event.keys");
    const EventKeys keys = EventKeys::generate();
    write_event_keys(keys, file, passphrase);

    const EventKeys opened = open_event_keys(file, passphrase);
    CHECK(opened.signing.verify_key() == keys.signing.verify_key());
    CHECK(opened.opening.seal_key() == keys.opening.seal_key());
    CHECK(opened.badge_keys.at(1).verify_key() == keys.badge_keys.at(1).verify_key());
    CHECK(storage::to_hex(opened.code_key.view()) == storage::to_hex(keys.code_key.view()));
    CHECK(fault_of([&] { (void)open_event_keys(file, "three camels at night"); }) ==
          ExitCode::not_allowed);

    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(fault_of([&] { write_event_keys(keys, file, passphrase); }) == ExitCode::cannot_create);
}

TEST_CASE("a damaged key file is told from a wrong passphrase, at every byte") {
    const Scratch scratch;
    const auto file = scratch.path("event.keys");
    write_event_keys(EventKeys::generate(), file, passphrase);
    const storage::Bytes whole = storage::read_file(file, 4096);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        storage::Bytes flipped = whole;
        flipped[at] ^= 0x20;
        storage::write_file(file, flipped, storage::private_mode);
        CHECK(fault_of([&] { (void)open_event_keys(file, passphrase); }) == ExitCode::bad_data);
    }
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        storage::write_file(file, storage::ByteView(whole).first(size), storage::private_mode);
        CHECK(fault_of([&] { (void)open_event_keys(file, passphrase); }) == ExitCode::bad_data);
    }
}

TEST_CASE("a file written durably leaves no draft beside it, and a missing folder is named") {
    const Scratch scratch;
    storage::write_file(scratch.path("a"), storage::as_bytes("1"), storage::private_mode);
    storage::write_file(scratch.path("a"), storage::as_bytes("2"), storage::private_mode);
    CHECK(scratch.read("a") == "2");
    CHECK_FALSE(std::filesystem::exists(scratch.path("a.tmp")));
    const auto nowhere = scratch.path("no/such/folder");
    CHECK(fault_of([&] { storage::write_file(nowhere, {}, storage::private_mode); }) ==
          ExitCode::cannot_create);
    CHECK(sentence_of([&] {
              storage::write_file(nowhere, {}, storage::private_mode);
          }).find("no/such") != std::string::npos);
    CHECK(fault_of([&] { (void)storage::read_file(scratch.path("a"), 0); }) == ExitCode::bad_data);
}
