/// A whole event played from one seed through the real store code: kiosks with journals on a disk
/// in memory, whose clocks jump, that are restored from images and cloned, that start without their
/// key and get it later or never, whose lists are put back, at which codes are showered, and into
/// whose journals a thief without any key writes; sticks that carry facts and are lost; and an
/// organiser who merges what comes. Beside it stands what must come of it, kept by plain means.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "storage/bundle/facts_bundle.hpp"
#include "storage/decide/ledger.hpp"
#include "storage/facts/hello.hpp"
#include "storage/journal/journal.hpp"
#include "storage/organiser/event/store.hpp"
#include "storage/organiser/merge/merge.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/seeded_random.hpp"

namespace hudoor::sim {

/// While it lives everything random comes from the seed, also in libsodium.
class SeededCrypto {
public:
    explicit SeededCrypto(std::uint64_t seed);
    ~SeededCrypto();
    SeededCrypto(const SeededCrypto&) = delete;
    SeededCrypto& operator=(const SeededCrypto&) = delete;
};

using Facts = std::vector<storage::StoredFact>;

/// What is the same for every seed: the event, its people, its kiosks and their keys.
struct Stage {
    static constexpr unsigned delegates = 12;
    static constexpr unsigned kiosks = 4;

    test::EventFixture fixture;
    std::vector<storage::Registration> people;  ///< the last three carry a code, no badge
    std::vector<storage::SigningKey> keys;      ///< of kiosk 1, 2 ...
    test::TemporaryDirectory folder;            ///< with an event.db for all of them

    Stage();
    [[nodiscard]] const storage::SigningKey& key_of(storage::KioskId kiosk) const {
        return keys[static_cast<std::size_t>(kiosk) - 1];
    }
    [[nodiscard]] organiser::FindKioskKey find_key() const;
    [[nodiscard]] std::set<storage::VerifyKey> senders() const;
    [[nodiscard]] const storage::Agenda& agenda() const { return fixture.identity.agenda; }
};

/// An organiser's machine with its own copy of the stage's event.
class Organiser {
public:
    Organiser(const Stage& stage, const std::filesystem::path& folder);

    organiser::MergeReport merge_bundle(const std::filesystem::path& file);
    organiser::MergeReport merge_journal(const std::filesystem::path& directory);
    [[nodiscard]] organiser::FactStore& facts() { return *facts_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    const Stage& stage_;
    std::filesystem::path folder_;
    std::unique_ptr<organiser::FactStore> facts_;
};

/// A machine that is, or was, a kiosk: its disk outlives it.
struct Machine {
    storage::KioskId id{};
    storage::PlaceId place{};
    std::filesystem::path disk;
    Facts kept;  ///< what its journal acknowledged and must give back
    test::ManualClock clock;
    std::chrono::milliseconds wrong{0};  ///< its clock against the true time
    bool has_list = true;                ///< else it knows badges by their signature alone
    std::uint64_t list = 0;              ///< the revision on its disk; 0: none
    bool rolled_back = false;            ///< it is older than one before, and nobody took it
    std::unique_ptr<storage::Journal> journal;
    std::unique_ptr<storage::Chain> chain;
    storage::Ledger ledger;
    bool locked = false;  ///< it has no key in this start, so far
    bool lost = false;    ///< its disk, for good
};

struct Stick {
    std::filesystem::path file;
    Facts kept;
    bool lost = false;
};

class World {
public:
    World(const Stage& stage, std::uint64_t seed);

    void play();
    /// The kiosks are stopped; what is not lost waits to be brought home.
    void stop();

    [[nodiscard]] std::vector<Machine>& machines() { return machines_; }
    [[nodiscard]] std::vector<Stick>& sticks() { return sticks_; }
    [[nodiscard]] Organiser& organiser() { return organiser_; }
    /// What the organiser merged so far, in that order, as the holders were acknowledged.
    [[nodiscard]] const Facts& arrived() const { return arrived_; }
    [[nodiscard]] test::SeededRandom& random() { return random_; }
    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        return folder_ / name.c_str();
    }
    [[nodiscard]] const std::vector<std::string>& findings() const { return findings_; }

    void merge(const Stick& stick);
    void merge(const Machine& machine);

private:
    void step();
    void start(Machine& machine);
    void begin_epoch(Machine& machine, std::optional<storage::Head> parent,
                     const storage::Hello& hello);
    void halt(Machine& machine);
    void append(Machine& machine, storage::Fact fact);
    void scan(Machine& machine);
    [[nodiscard]] storage::Code shown_by(const storage::Registration& person) const;
    void override_last(Machine& machine);
    void undo_some(Machine& machine);
    void let_guest_in(Machine& machine);
    void jump_clock(Machine& machine);
    void unlock(Machine& machine);
    void break_in(Machine& machine);
    void note_flood(Machine& machine);
    void take_list(Machine& machine);
    void put_back_list(Machine& machine);
    void accept_list(Machine& machine);
    void take_image(const Machine& machine);
    void restore(Machine& machine);
    void clone(const Machine& machine);
    void export_facts(const Machine& machine);
    [[nodiscard]] Machine& any_machine();
    [[nodiscard]] std::filesystem::path new_path(const std::string& name);

    /// A copy of a disk and what was on it.
    struct Image {
        storage::KioskId id{};
        storage::PlaceId place{};
        std::filesystem::path disk;
        Facts kept;
        std::uint64_t list = 0;
    };

    const Stage& stage_;
    test::SeededRandom random_;
    test::TemporaryDirectory folder_;
    WallTime now_ = test::dubai(4, 9, 15);
    int paths_ = 0;
    std::uint64_t newest_list_ = 3;
    std::vector<Machine> machines_;
    std::vector<Image> images_;
    std::vector<Stick> sticks_;
    Organiser organiser_;
    Facts arrived_;
    std::vector<std::string> findings_;
};

}  // namespace hudoor::sim
