// No passphrase, PIN or key is left in memory that was given back: every block is looked at.
#include <unistd.h>

#include <array>

#include <iostream>
#include <sstream>

#include "config/passphrase.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/enrol/update.hpp"
#include "storage/base/files.hpp"
#include "storage/bundle/enrolment_bundle.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/heap_watch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using organiser::EventKeys;
using storage::as_bytes;
using storage::ByteView;

namespace {

// As long as no short text is, and as short as digits are.
constexpr const char* secret_words = "a passphrase that nobody else may read";
constexpr const char* secret_digits = "314159265358";
constexpr const char* secret_pin = "271829";

/// Half of a key would be found, too.
bool gave_back(const HeapWatch& watch, const storage::Secret<32>& key) {
    return watch.gave_back(key.view().first(16)) || watch.gave_back(key.view().last(16));
}

bool gave_back(const HeapWatch& watch, const storage::KioskSecrets& secrets) {
    return gave_back(watch, secrets.signing.seed()) || gave_back(watch, secrets.opening.secret());
}

/// But for the code key, which is part of every guest list, as SQLite keeps it.
bool gave_back(const HeapWatch& watch, const EventKeys& keys) {
    for (const auto& [id, key] : keys.badge_keys)
        if (gave_back(watch, key.seed())) return true;
    return gave_back(watch, keys.signing.seed()) || gave_back(watch, keys.opening.secret());
}

bool gave_back(const HeapWatch& watch, std::string_view text) {
    return watch.gave_back(as_bytes(text));
}

/// What commands print is not looked at.
class Quiet {
public:
    Quiet() : before_(std::cout.rdbuf(said_.rdbuf())) {}
    ~Quiet() { std::cout.rdbuf(before_); }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

private:
    std::ostringstream said_;
    std::streambuf* before_;
};

/// An event with a kiosk's bundle, all under secret words. What made it is another program.
struct EventOfSecrets {
    DemoEvent event;
    std::filesystem::path bundle = event.scratch.path("north-1.kiosk");
    std::filesystem::path state = event.scratch.path("state");

    EventOfSecrets() {
        if (!heap_can_be_watched) return;
        event.scratch.write("words", secret_words);
        event.scratch.write("digits", secret_digits);
        event.scratch.write("pin", secret_pin);
        event.import("attendee_id,name_en,sessions\nD1,Noura,opening\n");
        REQUIRE(event
                    .hudoor("kiosk add north-1 --place north --out north-1.kiosk "
                            "--bundle-passphrase-file words")
                    .exit_code == 0);
    }
    [[nodiscard]] std::string file(const char* name) const { return event.scratch.path(name); }
};

}  // namespace

TEST_CASE("a secret that is not wiped is found") {
    if (!heap_can_be_watched) return;
    HeapWatch watch;
    { const std::string text(secret_words); }
    { const storage::Bytes key(32, 0xA7); }
    { const SecretText wiped("another passphrase that nobody may read"); }
    watch.stop();
    CHECK(gave_back(watch, secret_words));
    CHECK(watch.gave_back(storage::Bytes(16, 0xA7)));
    CHECK_FALSE(gave_back(watch, "another passphrase that nobody may read"));
}

TEST_CASE("a passphrase that was read, from a file or standard input, is wiped") {
    if (!heap_can_be_watched) return;
    const EventOfSecrets at;
    const std::string words = at.file("words"), digits = at.file("digits");
    std::array<int, 2> input{};
    REQUIRE(::pipe(input.data()) == 0);
    const int before = ::dup(STDIN_FILENO);
    REQUIRE(::dup2(input[0], STDIN_FILENO) == STDIN_FILENO);
    REQUIRE(::write(input[1], "a line of standard input\n", 25) == 25);
    HeapWatch watch;
    CHECK(config::read_passphrase(words, "Words", "--file").view() == secret_words);
    CHECK(config::read_passphrase(digits, "Digits", "--file").view() == secret_digits);
    CHECK(config::read_passphrase("-", "Words", "--file").view() == "a line of standard input");
    watch.stop();
    REQUIRE(::dup2(before, STDIN_FILENO) == STDIN_FILENO);
    for (const int end : {before, input[0], input[1]}) ::close(end);
    CHECK_FALSE(gave_back(watch, std::string_view(secret_words).substr(8)));
    CHECK_FALSE(gave_back(watch, secret_digits));
    CHECK_FALSE(gave_back(watch, "standard input\n"));
}

TEST_CASE("the organisers' keys are wiped wherever they were made, sealed and opened") {
    if (!heap_can_be_watched) return;
    const Scratch scratch;
    const auto file = scratch.path("event.keys");
    HeapWatch watch;
    const EventKeys keys = EventKeys::generate();
    organiser::write_event_keys(keys, file, secret_words);
    organiser::replace_event_keys(keys, file, secret_words);
    const EventKeys opened = organiser::open_event_keys(file, secret_words);
    watch.stop();
    CHECK(opened.signing.verify_key() == keys.signing.verify_key());
    CHECK_FALSE(gave_back(watch, keys));
    CHECK_FALSE(gave_back(watch, keys.code_key));
}

TEST_CASE("the organisers' commands wipe passphrases, PINs and keys") {
    if (!heap_can_be_watched) return;
    const EventOfSecrets at;
    const auto folder = at.event.scratch.path("another");
    const organiser::EventOptions options{folder, at.file("words")};
    HeapWatch watch;
    {
        const Quiet quiet;
        REQUIRE(organiser::make_event({folder, HUDOOR_DEMO_EVENT, {}, at.file("words")}) ==
                ExitCode::done);
        REQUIRE(
            organiser::add_kiosk(
                options, {"south-1", "south", {at.file("south-1.kiosk"), at.file("words"), {}}}) ==
            ExitCode::done);
        REQUIRE(organiser::add_usher(
                    options,
                    {.number = 7, .name = "Salem", .role = "usher", .pin_file = at.file("pin")}) ==
                ExitCode::done);
        REQUIRE(organiser::add_key(options) == ExitCode::done);
    }
    watch.stop();
    CHECK_FALSE(gave_back(watch, secret_words));
    CHECK_FALSE(gave_back(watch, secret_pin));
    CHECK_FALSE(gave_back(watch, organiser::open_event_keys(folder / "event.keys", secret_words)));
    CHECK_FALSE(gave_back(
        watch, storage::read_enrolment_bundle(at.file("south-1.kiosk"), secret_words).secrets));
}

TEST_CASE(
    "an enrolment with a key wipes the key and the kiosk's secrets, and so does every start") {
    if (!heap_can_be_watched) return;
    const EventOfSecrets at;
    HeapWatch watch;
    kiosk::enrol(at.bundle, secret_words, at.state);
    kiosk::enrol(at.bundle, secret_words, at.state);
    const auto enrolment = kiosk::load_enrolment(at.state);
    watch.stop();
    REQUIRE(enrolment.secrets);
    CHECK_FALSE(gave_back(watch, secret_words));
    CHECK_FALSE(gave_back(watch, *enrolment.secrets));
    CHECK_FALSE(
        gave_back(watch, storage::Secret<32>(storage::read_file(at.state / "kiosk.key", 32))));
}

TEST_CASE("digits that are tried, and what they open, are wiped") {
    if (!heap_can_be_watched) return;
    const EventOfSecrets at;
    REQUIRE(at.event.hudoor("update --out newer.update").exit_code == 0);
    const auto newer = at.event.scratch.path("newer.update");
    HeapWatch watch;
    kiosk::enrol(at.bundle, secret_words, at.state, {.start_passphrase = secret_digits});
    const auto enrolment = kiosk::load_enrolment(at.state);
    const auto opened = kiosk::open_with_digits(enrolment, secret_digits);
    kiosk::update({.state = at.state, .bundle = newer, .ask_digits = [] {
                       return SecretText(secret_digits);
                   }});
    watch.stop();
    REQUIRE(opened);
    CHECK_FALSE(gave_back(watch, secret_digits));
    CHECK_FALSE(gave_back(watch, opened->secrets));
    const storage::BundleReader bundle(newer, storage::BundleKind::update);
    const auto key = storage::open_key_part(bundle.head().key_part, opened->secrets.opening);
    REQUIRE(key);
    CHECK_FALSE(gave_back(watch, *key));
}
