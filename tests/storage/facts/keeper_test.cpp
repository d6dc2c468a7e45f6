#include "storage/keep/keeper.hpp"

#include <atomic>
#include <latch>
#include <thread>

#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

using namespace std::chrono_literals;

/// What a device saw, kept beyond its end.
struct Seen {
    std::vector<std::size_t> commits;  ///< facts in each
    std::vector<std::uint64_t> numbers;
    int tidied = 0;
    std::atomic<int> idled = 0;
    bool one_thread = true;
    bool closed = false;
    std::thread::id opened_on;
};

/// A device in memory that notes all and fails when told to.
class NotingDevice final : public JournalDevice {
public:
    explicit NotingDevice(Seen& seen) : seen_(seen) {
        seen_.opened_on = std::this_thread::get_id();
    }
    ~NotingDevice() override {
        note_thread();
        seen_.closed = true;
    }

    void append(std::span<const StoredFact> facts) override {
        note_thread();
        if (gate != nullptr) gate->wait();
        seen_.commits.push_back(facts.size());
        for (const StoredFact& fact : facts) {
            if (fact.fact.seq == failing_number) throw Fault(ExitCode::io, "the disk is broken");
            seen_.numbers.push_back(fact.fact.seq);
        }
    }
    void tidy() override { ++seen_.tidied; }
    void idle() override {
        note_thread();
        ++seen_.idled;
        seen_.idled.notify_all();
        if (failing_idle) throw Fault(ExitCode::io, "the checkpoint failed");
    }
    [[nodiscard]] FactSlice read(std::uint64_t from, std::size_t) const override {
        return {{}, from};
    }

    std::latch* gate = nullptr;  ///< appends wait for it
    std::uint64_t failing_number = 0;
    bool failing_idle = false;

private:
    void note_thread() {
        if (std::this_thread::get_id() != seen_.opened_on) seen_.one_thread = false;
    }
    Seen& seen_;
};

}  // namespace

TEST_CASE("facts are kept in order on one thread that is not the caller's") {
    Seen seen;
    {
        Keeper keeper([&] { return std::make_unique<NotingDevice>(seen); });
        std::vector<std::future<Kept>> answers;
        for (StoredFact& fact : test::FactMaker().make(1'000))
            answers.push_back(keeper.submit(std::move(fact)));
        for (auto& answer : answers)
            if (!answer.get().durable) FAIL("not durable");
        CHECK(keeper.healthy());
    }
    CHECK(seen.closed);
    CHECK(seen.one_thread);
    CHECK(seen.opened_on != std::this_thread::get_id());
    REQUIRE(seen.numbers.size() == 1'000);
    for (std::size_t i = 0; i < 1'000; ++i)
        if (seen.numbers[i] != i + 1) FAIL("out of order at " << i);
    CHECK(static_cast<std::size_t>(seen.tidied) == seen.commits.size());
}

TEST_CASE("facts that wait share one commit of bounded size") {
    Seen seen;
    std::latch gate(1);
    {
        Keeper keeper([&] {
            auto device = std::make_unique<NotingDevice>(seen);
            device->gate = &gate;
            return device;
        });
        auto facts = test::FactMaker().make(301);
        auto first = keeper.submit(facts[0]);  // holds the thread, now or as the first of a batch
        for (std::size_t i = 1; i < facts.size(); ++i) (void)keeper.submit(facts[i]);
        CHECK(first.wait_for(0s) == std::future_status::timeout);
        gate.count_down();
        CHECK(first.get().durable);
    }
    CHECK(seen.numbers.size() == 301);  // what was submitted is finished before the end
    CHECK(seen.commits.size() <= 4);
    for (const std::size_t size : seen.commits) CHECK(size <= 256);
}

TEST_CASE("after the first fault a keeper is out and answers at once") {
    Seen seen;
    Keeper keeper([&] {
        auto device = std::make_unique<NotingDevice>(seen);
        device->failing_number = 2;
        return device;
    });
    auto facts = test::FactMaker().make(3);
    CHECK(keeper.submit(facts[0]).get().durable);
    const Kept failed = keeper.submit(facts[1]).get();
    CHECK_FALSE(failed.durable);
    CHECK(failed.why == "the disk is broken");
    CHECK_FALSE(keeper.healthy());
    auto late = keeper.submit(facts[2]);
    REQUIRE(late.wait_for(0s) == std::future_status::ready);
    CHECK(late.get().why == "the disk is broken");
    CHECK(seen.numbers == std::vector<std::uint64_t>{1});
}

TEST_CASE("facts that waited behind a failing one are answered, not durable") {
    Seen seen;
    std::latch gate(1);
    Keeper keeper([&] {
        auto device = std::make_unique<NotingDevice>(seen);
        device->gate = &gate;
        device->failing_number = 1;
        return device;
    });
    std::vector<std::future<Kept>> answers;
    for (StoredFact& fact : test::FactMaker().make(600))
        answers.push_back(keeper.submit(std::move(fact)));
    gate.count_down();
    for (auto& answer : answers)
        if (answer.get().durable) FAIL("durable on a broken disk");
    CHECK(seen.commits.size() == 1);
}

TEST_CASE("a device is told once when nothing has come for a while") {
    Seen seen;
    {
        Keeper keeper([&] { return std::make_unique<NotingDevice>(seen); }, 1ms);
        seen.idled.wait(0);
        auto facts = test::FactMaker().make(1);
        CHECK(keeper.submit(facts[0]).get().durable);
        seen.idled.wait(1);
    }
    CHECK(seen.idled == 2);
}

TEST_CASE("a fault while idle puts the keeper out too") {
    Seen seen;
    Keeper keeper(
        [&] {
            auto device = std::make_unique<NotingDevice>(seen);
            device->failing_idle = true;
            return device;
        },
        1ms);
    seen.idled.wait(0);
    // The fault may not have reached the keeper yet: a fact is kept or not, but answered in any
    // case.
    auto facts = test::FactMaker().make(2);
    const Kept kept = keeper.submit(facts[0]).get();
    CHECK((kept.durable || kept.why == "the checkpoint failed"));
}

TEST_CASE("the fault of opening a device is the keeper's") {
    const auto fault = test::fault_of([] {
        Keeper keeper([]() -> std::unique_ptr<JournalDevice> {
            throw Fault(ExitCode::unavailable, "held by another");
        });
    });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::unavailable);
    CHECK(test::says(fault, "held by another"));
}

TEST_CASE("a keeper and a journal keep facts together") {
    const test::TemporaryDirectory directory;
    {
        Keeper keeper(
            [&] { return std::make_unique<Journal>(test::options_in(directory.path())); });
        for (const StoredFact& fact : test::FactMaker().make(20))
            CHECK(keeper.submit(fact).get().durable);
    }
    CHECK(test::facts_of(Journal(test::options_in(directory.path()))).size() == 20);
}

}  // namespace hudoor::storage
