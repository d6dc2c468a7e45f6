// F24: copies of everything, put back together, are found where something counts the starts.
#include "storage/journal/start_count.hpp"

#include "storage/journal/head_file.hpp"
#include "storage/keep/pair.hpp"
#include "tests/storage/facts/damaged_journal.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;
using test::FactMaker;
using test::options_in;

/// In place of a TPM.
struct Counter {
    std::optional<std::uint64_t> value{};
    bool works = true;

    /// As a kiosk opens it at its start.
    StartCountPtr open() {
        const auto before = value;
        if (!value) value = 700;  // what it counted for others
        return std::make_shared<StartCount>(StartCount::Counter{
            .before = before, .now = value, .raise = [this] { *value += works ? 1 : 0; }});
    }
};

enum class End { clean, power_cut };

/// A kiosk with journal and mirror, and its key.
struct Kiosk {
    test::TemporaryDirectory journal, mirror;
    HeadKey key = make_head_key(test::kiosk_key());
    Counter counter{};

    /// One start and its end, of which the newest is said; without a mirror where it is away.
    std::vector<DeviceNews> run(StartCountPtr starts, bool mirror_is_away = false) {
        JournalPairOptions options{
            .journal = options_in(journal.path()),
            .mirror = mirror_is_away ? fs::path() : mirror.path(),
            .head_key = key,
            .device_of = [&](const fs::path& folder) { return folder == mirror.path() ? 2 : 1; }};
        options.journal.starts = starts;
        auto pair = open_journal_pair(options, [](const StoredFact&) {});
        FactMaker maker(pair.head);
        for (const StoredFact& fact : maker.make(2)) CHECK(pair.keepers->keep(fact).durable);
        pair.keepers->look();
        if (starts && end == End::clean) starts->end();
        return pair.keepers->take_news();
    }
    std::vector<DeviceNews> run() { return run(counter.open()); }

    [[nodiscard]] JournalHead head() const {
        return std::get<JournalHead>(read_head(journal.path(), *key));
    }
    /// Of the two devices, which write theirs side by side.
    [[nodiscard]] std::uint64_t newest_in_heads() const {
        std::uint64_t newest = 0;
        for (const auto& folder : {journal.path(), mirror.path()})
            if (const auto found = read_head(folder, *key);
                const auto* head = std::get_if<JournalHead>(&found))
                newest = std::max(newest, head->starts);
        return newest;
    }
    /// Journal and mirror with all that is beside them.
    void copy(const test::TemporaryDirectory& to) const {
        fs::copy(journal.path(), to / "journal");
        fs::copy(mirror.path(), to / "mirror");
    }
    void put_back(const test::TemporaryDirectory& from) const {
        for (const auto& [folder, copy] : {std::pair(journal.path(), from / "journal"),
                                           std::pair(mirror.path(), from / "mirror")})
            for (const auto& file : fs::directory_iterator(copy))
                fs::copy(file, folder / file.path().filename(),
                         fs::copy_options::overwrite_existing);
    }

    End end = End::clean;
};

bool says_tail_missing(const std::vector<DeviceNews>& news) {
    return news.size() == 1 && news[0].device == "tail_missing" &&
           news[0].trouble == DeviceTrouble::tail_missing;
}

}  // namespace

TEST_CASE("F24: copies of journal, mirror and heads put back together are found by the count") {
    Kiosk kiosk;
    for (int i = 0; i < 3; ++i) CHECK(kiosk.run().empty());
    const test::TemporaryDirectory older;
    kiosk.copy(older);
    kiosk.end = GENERATE(End::clean, End::power_cut);
    CHECK(kiosk.run().empty());
    kiosk.put_back(older);
    CHECK(says_tail_missing(kiosk.run()));
    // Told once: from here on it is what there is.
    CHECK(kiosk.run().empty());
}

TEST_CASE("the count is raised at a start and at a clean stop, never before a head carries it") {
    Kiosk kiosk;
    CHECK(kiosk.run().empty());
    CHECK(kiosk.counter.value == 702);
    CHECK(kiosk.head().starts == 702);
    kiosk.end = End::power_cut;
    CHECK(kiosk.run().empty());
    CHECK(kiosk.counter.value == 703);
    CHECK(kiosk.head().starts == 703);

    std::vector<std::uint64_t> in_heads;
    const auto starts = std::make_shared<StartCount>(StartCount::Counter{
        .before = 703, .now = 703, .raise = [&] { in_heads.push_back(kiosk.newest_in_heads()); }});
    kiosk.end = End::clean;
    CHECK(kiosk.run(starts).empty());
    CHECK(in_heads == std::vector<std::uint64_t>{704, 705});
}

TEST_CASE("no start is told for a copy that was interrupted, failed to count or had no mirror") {
    Kiosk kiosk;
    CHECK(kiosk.run().empty());
    SECTION("the power goes after a head is written and before it is counted") {
        kiosk.end = End::power_cut;
        kiosk.counter.works = false;
    }
    SECTION("nothing is counted any more, at start and end") { kiosk.counter.works = false; }
    SECTION("the mirror is away for a start") {
        CHECK(kiosk.run(kiosk.counter.open(), true).empty());
    }
    CHECK(kiosk.run().empty());
    kiosk.counter.works = true;
    kiosk.end = End::clean;
    CHECK(kiosk.run().empty());
    CHECK(kiosk.run().empty());
}

TEST_CASE("what counted is gone or another one, or was never there") {
    Kiosk kiosk;
    CHECK(kiosk.run(nullptr).empty());  // a machine without one
    CHECK(kiosk.head().starts == 0);
    CHECK(kiosk.run().empty());  // it gets one
    SECTION("gone") {
        CHECK(says_tail_missing(kiosk.run(std::make_shared<StartCount>(StartCount::Counter{}))));
    }
    SECTION("cleared") {
        kiosk.counter.value.reset();
        CHECK(says_tail_missing(kiosk.run()));
    }
    SECTION("another") {
        kiosk.counter.value = 9;
        CHECK(says_tail_missing(kiosk.run()));
    }
    CHECK(kiosk.run().empty());
}

TEST_CASE("a key that comes after the start looks at the count then, and counts the start then") {
    Kiosk kiosk;
    CHECK(kiosk.run().empty());
    const auto before = kiosk.counter.value;
    kiosk.counter.value = *before + 5;
    JournalPairOptions options{.journal = options_in(kiosk.journal.path())};
    options.journal.starts = kiosk.counter.open();
    auto pair = open_journal_pair(options, [](const StoredFact&) {});
    pair.keepers->look();
    CHECK(pair.keepers->take_news().empty());
    CHECK(kiosk.counter.value == *before + 5);
    pair.keepers->watch_heads(kiosk.key);
    // The answer to a fact comes after that to the question before it.
    CHECK(pair.keepers->keep(FactMaker(pair.head).make(1).front()).durable);
    pair.keepers->look();
    CHECK(says_tail_missing(pair.keepers->take_news()));
    CHECK(kiosk.counter.value == *before + 6);
}

}  // namespace hudoor::storage
