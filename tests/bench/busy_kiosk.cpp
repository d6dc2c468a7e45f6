#include "tests/bench/busy_kiosk.hpp"

#include <atomic>
#include <thread>

#include "kiosk/chores/thread.hpp"
#include "kiosk/desk/search_thread.hpp"
#include "storage/facts/chain.hpp"
#include "storage/keep/keepers.hpp"
#include "tests/bench/many_people.hpp"
#include "tests/kiosk/desk/publication.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/fake_journal_device.hpp"

namespace hudoor::bench {

namespace {

using namespace std::chrono_literals;

class SlowDisk final : public storage::JournalDevice {
public:
    SlowDisk(std::shared_ptr<test::FakeJournalState> state, std::chrono::milliseconds takes)
        : inner_(std::move(state)), takes_(takes) {}

    void append(std::span<const storage::StoredFact> facts) override {
        std::this_thread::sleep_for(takes_);
        inner_.append(facts);
    }
    void idle() override {}
    [[nodiscard]] storage::FactSlice read(std::uint64_t from, std::size_t most) const override {
        std::this_thread::sleep_for(takes_);
        return inner_.read(from, most);
    }

private:
    test::FakeJournalDevice inner_;
    std::chrono::milliseconds takes_;
};

std::vector<storage::NamedPerson> people(std::size_t count) {
    feed::Random random(1);
    return make_people(feed::load_name_lists(HUDOOR_SOURCE_DIR "/assets/demo"), count, random);
}

const std::filesystem::path& emptied(const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
}

}  // namespace

class BusyKiosk::Impl {
public:
    explicit Impl(const BusyOptions& options)
        : options_(options),
          keeper_([&] { return std::make_unique<SlowDisk>(state_, options.disk_takes); }),
          chain_({.kiosk = event_.identity.kiosk,
                  .place = test::north,
                  .signing_key = &event_.kiosk_signing},
                 clock_, {}),
          chores_({.sticks = {.folder = emptied(options.folder)},
                   .state = options.folder,
                   .keepers = {&keeper_}},
                  in_force(options.people),
                  {.news = [this](const kiosk::ChoreNews& news) { hear(news); },
                   .update = {},
                   .ended = [](storage::FactId, ExitCode) {}}),
          search_(in_force(options.people), [this](const kiosk::SearchResult&) { ++searched_; }) {
        for (std::size_t i = 0; i < options.facts; ++i) state_->kept.push_back(next_fact(i));
        chores_.begin(kiosk::CopyRecords{{}, options.facts});
        desk_ = std::jthread([this](const std::stop_token& stop) { keep_on(stop); });
    }
    ~Impl() { ending_ = true; }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void search_on() {
        static constexpr const char* queries[] = {"محمد", "Mohammed Al", "Sara", "عبد الله"};
        ++asked_;
        search_.ask({asked_, queries[asked_ % std::size(queries)]});
    }
    [[nodiscard]] BusyDone done() const { return {kept_, copied_, searched_}; }

private:
    storage::StoredFact next_fact(std::size_t i) {
        storage::Fact fact;
        fact.kind = i == 0 ? storage::FactKind::hello : storage::FactKind::refused;
        return chain_.append(std::move(fact));
    }
    [[nodiscard]] kiosk::Publication in_force(std::size_t count) const {
        kiosk::Publication now = test::publication_of(event_, {}, test::kiosk_secrets());
        now.names = std::make_shared<const std::vector<storage::NamedPerson>>(people(count));
        return now;
    }
    void hear(const kiosk::ChoreNews& news) {
        const auto* page = std::get_if<kiosk::StickPage>(&news);
        if (page == nullptr || page->state == kiosk::StickPage::State::working) return;
        if (page->state == kiosk::StickPage::State::safe) ++copied_;
        if (!ending_) chores_.begin(kiosk::CopyRecords{{}, options_.facts});
    }
    void keep_on(const std::stop_token& stop) {
        for (std::size_t i = options_.facts; !stop.stop_requested(); ++i)
            if (keeper_.submit(next_fact(i)).get().durable) ++kept_;
    }

    const BusyOptions options_;
    SystemClock clock_;
    test::EventFixture event_;
    std::shared_ptr<test::FakeJournalState> state_ = std::make_shared<test::FakeJournalState>();
    storage::Keeper keeper_;
    storage::Chain chain_;
    std::atomic<std::size_t> kept_ = 0, copied_ = 0, searched_ = 0;
    std::atomic<bool> ending_ = false;
    std::uint64_t asked_ = 0;
    kiosk::ChoresThread chores_;
    kiosk::SearchThread search_;
    std::jthread desk_;  // last: it uses the keeper
};

BusyKiosk::BusyKiosk(const BusyOptions& options) : impl_(std::make_unique<Impl>(options)) {}
BusyKiosk::~BusyKiosk() = default;
void BusyKiosk::search_on() { impl_->search_on(); }
BusyDone BusyKiosk::done() const { return impl_->done(); }

}  // namespace hudoor::bench
