#include "tests/support/crowd.hpp"

#include <algorithm>

#include "storage/decide/admission.hpp"
#include "storage/facts/chain.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

namespace hudoor::test {

using namespace storage;
using namespace std::chrono_literals;

namespace {

struct Visit {
    WallTime at;
    std::size_t kiosk = 0;  ///< position among the kiosks
    Fact fact;
    bool overrides = false;  ///< answers the refusal just before
};

class CrowdPlay {
public:
    CrowdPlay(const Agenda& agenda, const std::vector<Registration>& people,
              const std::vector<CrowdKiosk>& kiosks, const CrowdOptions& options)
        : agenda_(agenda),
          people_(people),
          kiosks_(kiosks),
          options_(options),
          random_(options.seed) {}

    std::map<KioskId, std::vector<StoredFact>> play() {
        std::vector<bool> stays_away(people_.size());
        for (std::size_t i = 0; i < people_.size(); ++i) stays_away[i] = random_.one_in(9);
        for (const Session& session : agenda_.sessions)
            for (const Registration& one : people_)
                if (!stays_away[static_cast<std::size_t>(&one - people_.data())] &&
                    one.status == RegistrationStatus::confirmed && may_enter(session, one) &&
                    random_.below(100) < options_.of_a_hundred)
                    come(session, one);
        fill_up();
        std::stable_sort(visits_.begin(), visits_.end(),
                         [](const Visit& a, const Visit& b) { return a.at < b.at; });
        return record();
    }

private:
    /// Most a quarter of an hour before the start, few late.
    void come(const Session& session, const Registration& one) {
        const auto early = random_.below(15 * 60) + random_.below(20 * 60);
        const WallTime at = session.starts - 20min + std::chrono::seconds(early);
        const auto kiosk = kiosk_at(session.room, PlaceDirection::entry);
        if (!kiosk) return;
        const bool late = random_.one_in(60);
        if (late) {
            add(at - 20s, *kiosk, FactKind::refused, Reason::wrong_session, session, one);
            add(at, *kiosk, FactKind::admitted, Reason::wrong_session, session, one, true);
        } else {
            add(at, *kiosk, FactKind::admitted, Reason::ok, session, one);
        }
        if (random_.one_in(25))
            add(at + 3min, *kiosk, FactKind::refused, Reason::already_in, session, one);
        if (const auto way_out = kiosk_at(session.room, PlaceDirection::exit);
            way_out && random_.one_in(2))
            add(session.ends - std::chrono::minutes(random_.below(30)), *way_out, FactKind::left,
                Reason::ok, session, one);
    }

    [[nodiscard]] std::optional<std::size_t> kiosk_at(RoomId room, PlaceDirection direction) {
        std::vector<std::size_t> there;
        for (std::size_t i = 0; i < kiosks_.size(); ++i) {
            const Place* place = agenda_.find_place(kiosks_[i].place);
            const bool leads =
                std::find(place->rooms.begin(), place->rooms.end(), room) != place->rooms.end();
            if (leads &&
                (place->direction == direction || place->direction == PlaceDirection::both))
                there.push_back(i);
        }
        if (there.empty()) return std::nullopt;
        return there[random_.below(there.size())];
    }

    void add(WallTime at, std::size_t kiosk, FactKind kind, Reason reason, const Session& session,
             const Registration& one, bool overrides = false) {
        Visit visit{at, kiosk, {}, overrides};
        visit.fact.kind = kind;
        visit.fact.registration = one.id;
        visit.fact.badge = one.badge;
        visit.fact.issue = one.issue;
        visit.fact.session = session.id;
        visit.fact.direction = kind == FactKind::left ? Direction::exit : Direction::entry;
        visit.fact.verdict = kind != FactKind::refused      ? VerdictKind::admitted
                             : reason == Reason::already_in ? VerdictKind::already_in
                                                            : VerdictKind::refused;
        visit.fact.reason = reason;
        visit.fact.method = overrides ? Method::search : Method::badge;
        if (overrides) {
            visit.fact.override_reason = static_cast<Override>(1 + random_.below(8));
            visit.fact.usher = static_cast<UsherNumber>(10 + random_.below(4));
        }
        visit.fact.argument = static_cast<std::uint32_t>(
            60 + random_.below(120) + (random_.one_in(15) ? random_.below(400) : 0));
        visits_.push_back(std::move(visit));
    }

    void fill_up() {
        std::vector<std::size_t> recorded(kiosks_.size(), 1);
        for (const Visit& visit : visits_) ++recorded[visit.kiosk];
        const Session& session = agenda_.sessions.front();
        for (std::size_t kiosk = 0; kiosk < kiosks_.size(); ++kiosk)
            for (; recorded[kiosk] < options_.at_least; ++recorded[kiosk])
                add(session.starts + std::chrono::seconds(random_.below(30 * 3'600)), kiosk,
                    FactKind::refused, Reason::already_in, session, someone_of(kiosk));
    }

    /// Each kiosk has its regulars, so that nobody is everywhere at once.
    [[nodiscard]] const Registration& someone_of(std::size_t kiosk) {
        const auto regulars = (people_.size() + kiosks_.size() - 1 - kiosk) / kiosks_.size();
        return people_[kiosk + kiosks_.size() * random_.below(std::max<std::size_t>(regulars, 1))];
    }

    std::map<KioskId, std::vector<StoredFact>> record() {
        std::map<KioskId, std::vector<StoredFact>> facts;
        std::vector<Chain> chains;
        std::vector<FactId> refusals(kiosks_.size());
        const WallTime first = visits_.empty() ? WallTime() : visits_.front().at;
        clock_.set_wall(first - 10min);
        for (const CrowdKiosk& kiosk : kiosks_) {
            chains.emplace_back(
                ChainOptions{.kiosk = kiosk.id, .place = kiosk.place, .signing_key = &kiosk.key},
                clock_, std::optional<Head>());
            Fact hello;
            hello.kind = FactKind::hello;
            facts[kiosk.id].push_back(chains.back().append(hello));
        }
        for (Visit& visit : visits_) {
            clock_.set_wall(visit.at);
            if (visit.overrides) visit.fact.reference = refusals[visit.kiosk];
            auto& there = facts[kiosks_[visit.kiosk].id];
            there.push_back(chains[visit.kiosk].append(std::move(visit.fact)));
            if (there.back().fact.kind == FactKind::refused)
                refusals[visit.kiosk] = there.back().fact.id;
        }
        return facts;
    }

    const Agenda& agenda_;
    const std::vector<Registration>& people_;
    const std::vector<CrowdKiosk>& kiosks_;
    const CrowdOptions& options_;
    SeededRandom random_;
    ManualClock clock_;
    std::vector<Visit> visits_;
};

}  // namespace

std::map<KioskId, std::vector<StoredFact>> play_crowd(const Agenda& agenda,
                                                      const std::vector<Registration>& people,
                                                      const std::vector<CrowdKiosk>& kiosks,
                                                      const CrowdOptions& options) {
    return CrowdPlay(agenda, people, kiosks, options).play();
}

}  // namespace hudoor::test
