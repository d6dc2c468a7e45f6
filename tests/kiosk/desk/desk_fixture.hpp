/// A desk over a fake disk, at 09:31 in Dubai on the first morning, for tests.
#pragma once

#include "kiosk/desk/learning.hpp"
#include "kiosk/desk/thread.hpp"
#include "tests/kiosk/desk/publication.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/fake_journal_device.hpp"
#include "tests/support/manual_clock.hpp"

namespace hudoor::test {

using namespace std::chrono_literals;

struct DeskFixture {
    EventFixture event;
    ManualClock clock{dubai(4, 9, 31)};
    std::shared_ptr<FakeJournalState> disk = std::make_shared<FakeJournalState>();
    std::shared_ptr<FakeJournalState> mirror;  ///< none
    std::unique_ptr<storage::Keepers> keepers;
    std::unique_ptr<kiosk::Desk> desk;
    bool training = false;
    std::shared_ptr<const storage::KioskSecrets> secrets = kiosk_secrets();

    explicit DeskFixture(std::vector<storage::Registration> registrations,
                         std::shared_ptr<FakeJournalState> with_mirror = {})
        : mirror(std::move(with_mirror)) {
        open(event.replica(std::move(registrations)));
    }
    DeskFixture() { open(std::nullopt, false); }

    void open(std::optional<storage::Replica> replica) { open(std::move(replica), true); }
    void open(std::optional<storage::Replica> replica, bool with_secrets) {
        kiosk::DeskKnowledge knowledge{.now = publication(std::move(replica), with_secrets),
                                       .policy = {}};
        kiosk::Learning learning(knowledge);
        for (const storage::StoredFact& kept : disk->facts()) learning.take(kept);
        auto head = learning.finish();
        if (!head && !disk->facts().empty()) head = storage::head_of(disk->facts().back());
        std::vector<storage::NamedKeeper> members;
        const auto add = [&members](const std::string& device,
                                    const std::shared_ptr<FakeJournalState>& state) {
            members.push_back({device, std::make_unique<storage::Keeper>([state] {
                                   return std::make_unique<FakeJournalDevice>(state);
                               })});
        };
        add("journal", disk);
        if (mirror) add("mirror", mirror);
        const std::size_t count = members.size();
        desk.reset();
        keepers = std::make_unique<storage::Keepers>(std::move(members), count);
        desk = std::make_unique<kiosk::Desk>(std::move(knowledge), clock, head, *keepers);
        desk->open();
    }
    /// As after a power cut: what is on the disk is all that is known.
    void restart(std::vector<storage::Registration> registrations) {
        open(event.replica(std::move(registrations)));
    }

    std::optional<kiosk::Answer> scan(const std::string& text,
                                      scanner::ScanSource source = scanner::ScanSource::camera) {
        return desk->handle(scanned(text, source));
    }
    [[nodiscard]] scanner::ScannedCode scanned(
        const std::string& text, scanner::ScanSource source = scanner::ScanSource::camera) const {
        return {.text = text,
                .source = source,
                .entered = clock.monotonic() - 12ms,
                .corners = {},
                .frame = 0};
    }
    /// What is in force with this list, by this fixture's event as it is now.
    [[nodiscard]] kiosk::Publication publication(std::optional<storage::Replica> replica,
                                                 bool with_secrets = true) const {
        return publication_of(event, std::move(replica), with_secrets ? secrets : nullptr,
                              training);
    }
};

}  // namespace hudoor::test
