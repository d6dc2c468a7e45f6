#include "storage/organiser/rehearse/rehearsal.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "config/fault.hpp"
#include "storage/decide/admission.hpp"
#include "storage/decide/verdict_fact.hpp"
#include "storage/facts/chain.hpp"
#include "storage/organiser/rehearse/queue.hpp"
#include "storage/organiser/report/report.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::size_t people_played = 1'000'000;  // of all mornings: figures that hold
constexpr std::size_t fewest_mornings = 20, most_mornings = 400;
constexpr std::uint32_t most_kiosks = 1'000;
constexpr std::size_t invented_where_no_limit = 500;

/// A kiosk's clock, which says what the morning says.
class PlayedClock final : public Clock {
public:
    void set(WallTime now) { now_ = now; }
    [[nodiscard]] WallTime wall() const override { return now_; }
    [[nodiscard]] MonotonicTime monotonic() const override {
        return MonotonicTime(now_.time_since_epoch());
    }
    [[nodiscard]] bool synchronised() const override { return true; }

private:
    WallTime now_;
};

/// A kiosk of the morning: it knows its own facts alone, as without a network.
class PlayedKiosk {
public:
    PlayedKiosk(KioskId id, PlaceId place)
        : chain_({.kiosk = id, .place = place}, clock_, std::nullopt) {
        Fact hello;
        hello.kind = FactKind::hello;
        keep(chain_.append(hello));
    }
    PlayedKiosk(const PlayedKiosk&) = delete;
    PlayedKiosk& operator=(const PlayedKiosk&) = delete;

    [[nodiscard]] const Ledger& ledger() const { return ledger_; }
    void record(Fact fact, WallTime at) {
        clock_.set(at);
        keep(chain_.append(std::move(fact)));
    }

private:
    void keep(const StoredFact& fact) { ledger_.add(fact.fact, fact.hash); }

    PlayedClock clock_;
    Chain chain_;
    Ledger ledger_;
};

bool leads_to(const Place& place, const Session& session) {
    return place.direction != PlaceDirection::exit &&
           std::find(place.rooms.begin(), place.rooms.end(), session.room) != place.rooms.end();
}

/// An entrance of the morning.
struct Door {
    const Place* place = nullptr;
    std::uint32_t kiosks = 0;
    std::uint32_t enrolled = 0;
    double opens = 0;  ///< seconds from when the first of all doors opens
};

/// Somebody on the way to a session.
struct Comer {
    Registration registration;
    std::chrono::sys_days badge_valid_until;
    std::size_t session = 0;  ///< position among the morning's sessions
};

double median_of(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double quantile_of(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    const auto rank = std::ceil(share * static_cast<double>(values.size())) - 1;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max(0.0, rank));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// The arrivals at one door in every morning, in seconds from when the first door opens, rising.
using Mornings = std::vector<std::vector<double>>;

class Player {
public:
    Player(const RehearsalSources& sources, const RehearsalOptions& options)
        : sources_(sources), options_(options), lots_(options.seed) {}

    Rehearsal play() {
        choose_sessions();
        choose_comers();
        draw_mornings();
        Rehearsal rehearsal{{}, comers_.size(), invented_, mornings_};
        for (std::size_t door = 0; door < doors_.size(); ++door)
            rehearsal.doors.push_back(play_door(door));
        return rehearsal;
    }

private:
    /// Those that begin first on the event's first day with any, of those that have an entrance.
    void choose_sessions() {
        const Agenda& agenda = sources_.event.agenda;
        for (const Session& session : agenda.sessions) {
            const bool entered =
                std::any_of(agenda.places.begin(), agenda.places.end(),
                            [&](const Place& place) { return leads_to(place, session); });
            if (!entered || (!sessions_.empty() && session.starts > sessions_.front()->starts))
                continue;
            if (!sessions_.empty() && session.starts < sessions_.front()->starts) sessions_.clear();
            sessions_.push_back(&session);
        }
        if (sessions_.empty())
            throw Fault(ExitCode::bad_data,
                        "No session of this event has an entrance: there is nothing to rehearse");
        begin_ = sessions_.front()->doors_open();
        for (const Session* session : sessions_) begin_ = std::min(begin_, session->doors_open());
        for (const Place& place : agenda.places) add_door(place);
    }
    void add_door(const Place& place) {
        std::optional<WallTime> opens;
        for (const Session* session : sessions_)
            if (leads_to(place, *session))
                opens = std::min(opens.value_or(WallTime::max()), session->doors_open());
        if (!opens) return;
        const auto enrolled = static_cast<std::uint32_t>(std::count_if(
            sources_.kiosks.begin(), sources_.kiosks.end(),
            [&](const Kiosk& kiosk) { return kiosk.enabled() && kiosk.place == place.id; }));
        const std::uint32_t kiosks =
            options_.kiosks > 0 ? options_.kiosks : std::max<std::uint32_t>(1, enrolled);
        doors_.push_back(
            {&place, kiosks, enrolled, std::chrono::duration<double>(*opens - begin_).count()});
    }
    /// How many of a session's people come by a door, among its doors: as the organiser has planned
    /// them, else as there are kiosks.
    [[nodiscard]] std::vector<double> weights_of(const Session& session) const {
        std::vector<double> planned(doors_.size());
        std::vector<double> by_kiosks(doors_.size());
        bool all_planned = true;
        for (std::size_t i = 0; i < doors_.size(); ++i) {
            if (!leads_to(*doors_[i].place, session)) continue;
            by_kiosks[i] = doors_[i].kiosks;
            const auto quota = session.quota.find(doors_[i].place->id);
            all_planned = all_planned && quota != session.quota.end();
            if (quota != session.quota.end()) planned[i] = quota->second;
        }
        const bool any = std::accumulate(planned.begin(), planned.end(), 0.0) > 0;
        return all_planned && any ? planned : by_kiosks;
    }

    /// Those expected, in an order of chance; as many as the curve says.
    void choose_comers() {
        for (const OrganiserRegistration& one : sources_.registrations)
            for (std::size_t i = 0; i < sessions_.size(); ++i) {
                const bool comes = is_expected(*sessions_[i], one) ||
                                   (one.door.status == RegistrationStatus::confirmed &&
                                    sessions_[i]->admits == Admits::everyone);
                if (!comes) continue;
                comers_.push_back({one.door, one.badge_valid_until, i});
                break;
            }
        for (std::size_t i = comers_.size(); i > 1; --i)
            std::swap(comers_[i - 1], comers_[lots_.draw() % i]);
        const std::size_t wanted = options_.arrivals ? options_.arrivals->people()
                                   : comers_.empty() ? seats()
                                                     : comers_.size();
        if (comers_.size() > wanted) comers_.resize(wanted);
        while (comers_.size() < wanted) comers_.push_back(invent(invented_++));
        curve_ = options_.arrivals ? *options_.arrivals
                                   : usual_arrivals(wanted, sessions_.front()->doors);
    }
    [[nodiscard]] std::size_t seats() const {
        std::size_t seats = 0;
        for (const Session* session : sessions_) seats += session->capacity;
        return seats > 0 ? seats : invented_where_no_limit;
    }
    /// Somebody for the event's plans, before there is a list.
    [[nodiscard]] Comer invent(std::size_t number) {
        Comer one;
        one.session = number % sessions_.size();
        const Session& session = *sessions_[one.session];
        for (std::size_t i = 0; i < sizeof one.registration.id.bytes; i += 8) {
            const std::uint64_t drawn = lots_.draw();
            for (std::size_t byte = 0; byte < 8; ++byte) {
                const auto part = static_cast<std::uint8_t>(drawn >> (8 * byte));
                one.registration.id.bytes[i + byte] = part;
                one.registration.badge.bytes[byte] = part;
            }
        }
        one.registration.issue = 1;
        one.registration.sessions = {session.id};
        if (!session.categories.empty()) one.registration.category = session.categories.front();
        one.badge_valid_until = sources_.event.last_day;
        return one;
    }

    /// Whoever comes chooses a door; who comes to which in the first morning is kept.
    void draw_mornings() {
        mornings_ = std::clamp(people_played / std::max<std::size_t>(1, comers_.size()),
                               fewest_mornings, most_mornings);
        arrivals_.assign(doors_.size(), Mornings(mornings_));
        for (const Session* session : sessions_) weights_.push_back(weights_of(*session));
        std::vector<std::vector<std::pair<double, std::size_t>>> first(doors_.size());
        for (std::size_t morning = 0; morning < mornings_; ++morning)
            for (std::size_t comer = 0; comer < comers_.size(); ++comer) {
                const std::size_t door = choose_door(weights_[comers_[comer].session]).value();
                const double at = curve_->draw(lots_);
                arrivals_[door][morning].push_back(at);
                if (morning == 0) first[door].emplace_back(at, comer);
            }
        for (Mornings& of_door : arrivals_)
            for (auto& morning : of_door) std::sort(morning.begin(), morning.end());
        for (auto& of_door : first) {
            std::sort(of_door.begin(), of_door.end());
            first_comers_.emplace_back();
            for (const auto& [at, comer] : of_door) first_comers_.back().push_back(comer);
        }
    }
    /// Nothing if no door has any weight.
    std::optional<std::size_t> choose_door(const std::vector<double>& weights) {
        double left = lots_.draw_share() * std::accumulate(weights.begin(), weights.end(), 0.0);
        std::optional<std::size_t> chosen;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (weights[i] <= 0) continue;
            chosen = i;
            if (left < weights[i]) break;
            left -= weights[i];
        }
        return chosen;
    }

    [[nodiscard]] std::vector<Turn> serve_morning(const std::vector<double>& arrivals,
                                                  const Door& door) const {
        return serve(arrivals, door.kiosks, door.opens,
                     [this](std::size_t) { return options_.seconds; });
    }

    DoorRehearsal play_door(std::size_t number) {
        const Door& door = doors_[number];
        const Mornings& mornings = arrivals_[number];
        DoorRehearsal played{.place = door.place,
                             .kiosks = door.kiosks,
                             .enrolled = door.enrolled,
                             .people = static_cast<std::uint32_t>(mornings.front().size()),
                             .answers = decide_all(number),
                             .queue = figures_of(mornings, door),
                             .one_dead = {}};
        played.kiosks_needed = kiosks_needed(mornings, door);
        Door fewer = door;
        --fewer.kiosks;
        played.one_dead =
            fewer.kiosks > 0 ? figures_of(mornings, fewer) : figures_elsewhere(number);
        return played;
    }

    [[nodiscard]] QueueFigures figures_of(const Mornings& mornings, const Door& door) const {
        QueueFigures figures;
        std::vector<double> waits, longest, lines;
        std::map<std::int64_t, std::pair<double, std::size_t>> by_minute;  // sum, people
        for (const auto& arrivals : mornings) {
            const auto turns = serve_morning(arrivals, door);
            double most = 0;
            for (const Turn& turn : turns) {
                const double wait = turn.wait(door.opens);
                waits.push_back(wait);
                most = std::max(most, wait);
                auto& [sum, people] =
                    by_minute[static_cast<std::int64_t>(std::floor(turn.arrives / 60))];
                sum += wait;
                ++people;
            }
            longest.push_back(most);
            lines.push_back(longest_line(turns).people);
        }
        if (waits.empty()) return figures;
        figures.mean_s =
            std::accumulate(waits.begin(), waits.end(), 0.0) / static_cast<double>(waits.size());
        figures.p50_s = quantile_of(waits, 0.5);
        figures.p95_s = quantile_of(waits, 0.95);
        figures.longest_s = median_of(longest);
        figures.line = static_cast<std::uint32_t>(median_of(lines));
        double worst = -1;
        for (const auto& [minute, waited] : by_minute)
            if (const double mean = waited.first / static_cast<double>(waited.second);
                mean > worst) {
                worst = mean;
                figures.longest_at = begin_ + std::chrono::minutes(minute);
            }
        return figures;
    }

    [[nodiscard]] std::uint32_t kiosks_needed(const Mornings& mornings, Door door) const {
        for (door.kiosks = 1; door.kiosks < most_kiosks; ++door.kiosks)
            if (is_enough(mornings, door)) break;
        return door.kiosks;
    }
    [[nodiscard]] bool is_enough(const Mornings& mornings, const Door& door) const {
        std::size_t bad = 0;
        for (const auto& arrivals : mornings) {
            const auto turns = serve_morning(arrivals, door);
            const bool waits = std::any_of(turns.begin(), turns.end(), [&](const Turn& turn) {
                return turn.wait(door.opens) > options_.patience_s;
            });
            bad += waits ? 1U : 0U;
            if (bad * 20 > mornings.size()) return false;
        }
        return true;
    }

    /// Its only kiosk is dead: its people go to the other doors of their sessions.
    std::optional<QueueFigures> figures_elsewhere(std::size_t number) {
        std::vector<double> weights(doors_.size());
        for (std::size_t session = 0; session < sessions_.size(); ++session)
            if (weights_[session][number] > 0)
                for (std::size_t i = 0; i < doors_.size(); ++i)
                    if (i != number) weights[i] += weights_[session][i];
        std::vector<Mornings> elsewhere = arrivals_;
        for (std::size_t morning = 0; morning < mornings_; ++morning)
            for (const double at : arrivals_[number][morning]) {
                const auto door = choose_door(weights);
                if (!door) return std::nullopt;
                elsewhere[*door][morning].push_back(at);
            }
        std::optional<QueueFigures> worst;
        for (std::size_t i = 0; i < doors_.size(); ++i) {
            if (weights[i] <= 0) continue;
            for (auto& morning : elsewhere[i]) std::sort(morning.begin(), morning.end());
            const QueueFigures figures = figures_of(elsewhere[i], doors_[i]);
            if (!worst || figures.p95_s > worst->p95_s) worst = figures;
        }
        return worst;
    }

    /// What the kiosks answer in the first morning, each by its own facts.
    std::map<Reason, std::uint32_t> decide_all(std::size_t number) {
        const Door& door = doors_[number];
        const auto turns = serve_morning(arrivals_[number].front(), door);
        Identity identity = sources_.event;
        const SigningKey key = SigningKey::generate();  // event.keys stays sealed
        identity.badge_keys = {{1, key.verify_key(), false}};
        identity.place = door.place->id;
        std::vector<std::unique_ptr<PlayedKiosk>> kiosks;
        for (std::uint32_t i = 0; i < door.kiosks; ++i)
            kiosks.push_back(
                std::make_unique<PlayedKiosk>(static_cast<KioskId>(i + 1), door.place->id));
        std::map<Reason, std::uint32_t> answers;
        for (std::size_t i = 0; i < turns.size(); ++i) {
            const Comer& comer = comers_[first_comers_[number][i]];
            PlayedKiosk& kiosk = *kiosks[turns[i].kiosk];
            const auto since_begin =
                std::chrono::milliseconds(std::llround(turns[i].begins * 1'000));
            ++answers[answer(comer, identity, key, kiosk, begin_ + since_begin)];
        }
        return answers;
    }
    Reason answer(const Comer& comer, const Identity& identity, const SigningKey& key,
                  PlayedKiosk& kiosk, WallTime now) const {
        const Registration& person = comer.registration;
        Code code = ImportedCode{person.code};
        if (!person.badge.is_zero())
            code = parse_badge(make_badge_text({1, person.badge, identity.event, person.issue,
                                                comer.badge_valid_until},
                                               key))
                       .value();
        const std::optional<Registration> registration = person;
        const Verdict verdict = std::get<Verdict>(decide({.code = code,
                                                          .registration = registration,
                                                          .identity = identity,
                                                          .refusals = sources_.refusals,
                                                          .ledger = kiosk.ledger(),
                                                          .policy = {},
                                                          .replica_revision = 1,
                                                          .replica_created = now,
                                                          .chosen_session = {},
                                                          .now = now}));
        kiosk.record(make_verdict_fact(
                         {.code = code,
                          .verdict = verdict,
                          .direction = Direction::entry,
                          .method = person.badge.is_zero() ? Method::imported_code : Method::badge,
                          .replica_revision = 1}),
                     now);
        return verdict.reason;
    }

    const RehearsalSources& sources_;
    const RehearsalOptions& options_;
    Lots lots_;
    std::vector<const Session*> sessions_;  ///< that begin together
    WallTime begin_;
    std::vector<Door> doors_;
    std::vector<std::vector<double>> weights_;  ///< by session, then by door
    std::vector<Comer> comers_;
    std::size_t invented_ = 0;
    std::size_t mornings_ = 0;
    std::optional<ArrivalCurve> curve_;
    std::vector<Mornings> arrivals_;                      ///< by door
    std::vector<std::vector<std::size_t>> first_comers_;  ///< by door, in their order
};

}  // namespace

Rehearsal rehearse(const RehearsalSources& sources, const RehearsalOptions& options) {
    return Player(sources, options).play();
}

}  // namespace hudoor::organiser
