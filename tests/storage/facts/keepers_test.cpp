#include "storage/keep/keepers.hpp"

#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_journal_device.hpp"

namespace hudoor::storage {

namespace {

using namespace std::chrono_literals;
using test::FakeJournalDevice;
using test::FakeJournalState;

/// Two devices in memory, as journal and mirror.
/// Long for a healthy device on a busy machine, short enough to wait for those that hang.
constexpr auto longest_wait = 400ms;

struct Fixture {
    std::shared_ptr<FakeJournalState> journal = std::make_shared<FakeJournalState>();
    std::shared_ptr<FakeJournalState> mirror = std::make_shared<FakeJournalState>();
    std::promise<void> wakes;
    std::vector<StoredFact> facts = test::FactMaker().make(20);
    std::unique_ptr<Keepers> keepers;

    explicit Fixture(bool with_mirror = true) {
        std::vector<NamedKeeper> members;
        members.push_back({"journal", keeper(journal)});
        if (with_mirror) members.push_back({"mirror", keeper(mirror)});
        const std::size_t count = members.size();
        keepers = std::make_unique<Keepers>(std::move(members), count, std::vector<DeviceNews>{},
                                            longest_wait);
    }

    static std::unique_ptr<Keeper> keeper(const std::shared_ptr<FakeJournalState>& state) {
        return std::make_unique<Keeper>(
            [state] { return std::make_unique<FakeJournalDevice>(state); });
    }
    void hang(FakeJournalState& state) const { state.hangs_until = hung_; }

private:
    std::shared_future<void> hung_ = wakes.get_future().share();
};

}  // namespace

TEST_CASE("I-1: a fact is kept when every healthy device has it") {
    Fixture f;
    for (int i = 0; i < 3; ++i) {
        CHECK(f.keepers->keep(f.facts[static_cast<std::size_t>(i)]).durable);
        CHECK(f.journal->facts().size() == static_cast<std::size_t>(i + 1));
        CHECK(f.mirror->facts().size() == static_cast<std::size_t>(i + 1));
    }
    CHECK(f.keepers->state() == StorageState::whole);
    CHECK(f.keepers->take_news().empty());
}

TEST_CASE("F5, I-9: a device that fails is dropped for good, the other goes on") {
    Fixture f;
    FakeJournalState& broken = GENERATE(true, false) ? *f.journal : *f.mirror;
    FakeJournalState& other = &broken == f.journal.get() ? *f.mirror : *f.journal;
    REQUIRE(f.keepers->keep(f.facts[0]).durable);
    broken.failing = true;
    CHECK(f.keepers->keep(f.facts[1]).durable);
    broken.failing = false;
    CHECK(f.keepers->keep(f.facts[2]).durable);
    CHECK(broken.facts().size() == 1);
    CHECK(other.facts().size() == 3);
    CHECK(f.keepers->state() == StorageState::reduced);
    CHECK(f.keepers->on_mirror() == (&broken == f.journal.get()));
    const auto news = f.keepers->take_news();
    REQUIRE(news.size() == 1);
    CHECK(news[0].device == (&broken == f.journal.get() ? "journal" : "mirror"));
    CHECK(news[0].trouble == DeviceTrouble::failed);
    CHECK(f.keepers->take_news().empty());
}

TEST_CASE(
    "F8: a device that hangs while the other has the fact is dropped and never waited for again") {
    Fixture f;
    REQUIRE(f.keepers->keep(f.facts[0]).durable);
    f.hang(*f.journal);
    CHECK(f.keepers->keep(f.facts[1]).durable);
    const auto began = std::chrono::steady_clock::now();
    for (std::size_t i = 2; i < 20; ++i) CHECK(f.keepers->keep(f.facts[i]).durable);
    CHECK(std::chrono::steady_clock::now() - began < 18 * longest_wait);
    CHECK(f.mirror->facts().size() == 20);
    CHECK(f.keepers->any_hangs());
    const auto news = f.keepers->take_news();
    REQUIRE(news.size() == 1);
    CHECK(news[0].trouble == DeviceTrouble::hung);
    f.keepers.reset();  // does not wait either
    f.wakes.set_value();
}

TEST_CASE(
    "F8: the last device that hangs is not given up; its late facts are told when they are kept") {
    Fixture f(false);
    REQUIRE(f.keepers->keep(f.facts[0]).durable);
    f.hang(*f.journal);
    CHECK_FALSE(f.keepers->keep(f.facts[1]).durable);
    CHECK_FALSE(f.keepers->keep(f.facts[2]).durable);
    CHECK(f.keepers->state() == StorageState::waiting);
    f.keepers->look();
    CHECK(f.keepers->take_caught_up().empty());
    f.wakes.set_value();
    CHECK(f.keepers->keep(f.facts[3]).durable);
    f.keepers->look();
    const auto caught_up = f.keepers->take_caught_up();
    REQUIRE(caught_up.size() == 2);
    CHECK(caught_up[0].hash == f.facts[1].hash);
    CHECK(caught_up[1].hash == f.facts[2].hash);
    CHECK(f.keepers->state() == StorageState::whole);
    CHECK_FALSE(f.keepers->any_hangs());
    CHECK(f.journal->facts().size() == 4);
}

TEST_CASE("F11: when no device is left, nothing is called kept") {
    Fixture f;
    f.journal->failing = true;
    f.mirror->failing = true;
    CHECK_FALSE(f.keepers->keep(f.facts[0]).durable);
    CHECK(f.keepers->state() == StorageState::gone);
    CHECK(f.keepers->take_news().size() == 2);
    CHECK_FALSE(f.keepers->keep(f.facts[1]).durable);
}

TEST_CASE("a device that fails while nothing is asked of it is noticed by looking") {
    Fixture f;
    REQUIRE(f.keepers->keep(f.facts[0]).durable);
    f.mirror->failing = true;
    auto alone = Fixture::keeper(f.mirror);
    std::vector<NamedKeeper> members;
    members.push_back({"mirror", std::move(alone)});
    Keeper& keeper = *members.front().keeper;
    Keepers keepers(std::move(members), 1);
    CHECK_FALSE(keeper.submit(f.facts[1]).get().durable);
    CHECK(keepers.state() == StorageState::whole);
    keepers.look();
    CHECK(keepers.state() == StorageState::gone);
    CHECK(keepers.take_news().size() == 1);
}

}  // namespace hudoor::storage
