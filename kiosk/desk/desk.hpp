/// The desk: one scan from text to stored fact. Recognise the code, look the registration up,
/// decide, number and sign the fact, have it kept, and only then answer.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "kiosk/desk/answer.hpp"
#include "kiosk/desk/arrivals.hpp"
#include "kiosk/desk/orders.hpp"
#include "kiosk/enrol/publication.hpp"
#include "scanner/scan.hpp"
#include "storage/decide/admission.hpp"
#include "storage/decide/kiosk_acts.hpp"
#include "storage/facts/chain.hpp"
#include "storage/facts/hello.hpp"
#include "storage/facts/known_editions.hpp"
#include "storage/guests/replica.hpp"
#include "storage/keep/keepers.hpp"

namespace hudoor::kiosk {

/// Scans that can still be answered, undone or asked about.
inline constexpr std::size_t most_remembered = 256;

/// What the desk knows when it opens.
struct DeskKnowledge {
    Publication now;
    storage::AdmissionPolicy policy;
    // from the facts already in the journal, by learn()
    storage::Ledger ledger{};
    storage::Ledger not_proved{};  ///< of facts that anybody could have written: decides nothing
    storage::KioskActs kiosk_acts{};
    Arrivals arrivals{};
    Shift shift{};
    std::deque<storage::StoredFact> recent{};  ///< admitted, left, refused and what became of them
    storage::KnownEditions editions{now.in_force->identity.kiosk_key};

    /// A proved fact of this journal, or one this program wrote itself; in any order.
    void learn(const storage::StoredFact& stored);
    /// One that nothing proves: it only says who may be inside.
    void note_unproved(const storage::StoredFact& stored);
    /// There is another replica: whose badges and codes are that facts name alone.
    void follow_list();
    /// By the replica; zero if it does not say.
    [[nodiscard]] storage::RegistrationId owner_of(const storage::Person& alone) const;
    /// Something in force is older than this kiosk's own signed facts say it was.
    [[nodiscard]] bool is_rolled_back() const;

private:
    void add(storage::Ledger& to, const storage::StoredFact& stored) const;
    void remember(const storage::StoredFact& stored);
    [[nodiscard]] const storage::Fact* find_recent(const storage::FactId& fact) const;
};

/// Used by one thread; does no I/O itself: the keepers do, and are waited for 250 ms at most.
class Desk {
public:
    /// `parent`: the newest fact of this kiosk. The clock and the keepers must outlive the desk.
    Desk(DeskKnowledge knowledge, const Clock& clock, std::optional<storage::Head> parent,
         storage::Keepers& keepers);

    /// Begins the epoch: the hello fact is durable on return. Throws Fault(io) if it cannot be.
    void open();

    /// In force from the next scan on; whoever the panel is open for stays in. With secrets that
    /// were not there before, facts are signed from now on, in a new epoch after the one so far,
    /// whose facts never get a signature.
    void take(Publication now);

    /// What scans count as from now on, at a door for both; entering at first.
    void choose(storage::Direction direction) { chosen_ = direction; }

    /// Nothing for a text that makes no fact: not ours, or any while out of service but staff's.
    [[nodiscard]] std::optional<storage::Code> recognise(std::string_view text) const;
    /// A good signature, or a code of the guest list: whose it is, is known.
    [[nodiscard]] bool is_proved(const storage::Code& code) const;
    /// Of `scan`, as recognised. Nothing for a staff badge (take_news). An answer that is not
    /// `stored` means that no storage takes facts now; its verdict must not be shown.
    [[nodiscard]] std::optional<Answer> handle(const scanner::ScannedCode& scan,
                                               storage::Code code);
    [[nodiscard]] std::optional<Answer> handle(const scanner::ScannedCode& scan);
    /// So many codes were left out; the answer names nobody.
    [[nodiscard]] Answer note_flood(std::uint32_t codes);
    [[nodiscard]] MonotonicTime now() const { return clock_.monotonic(); }

    /// What an usher wants, if it is theirs to want. What comes of it is in take_news().
    void obey(const Order& order);
    /// The hash a PIN of this usher is to be compared with, empty for a number nobody has; nothing,
    /// and news, while the usher or the pad is locked. The answer goes to obey() as PinChecked.
    [[nodiscard]] std::optional<std::string> begin_pin(storage::UsherNumber usher,
                                                       const PinUse& use);
    [[nodiscard]] DoorState door_state() const;
    [[nodiscard]] const storage::InForce& in_force() const { return *knowledge_.now.in_force; }
    /// Since the last call.
    [[nodiscard]] std::vector<DeskNews> take_news();
    /// After each scan and from time to time: what became of the devices. Their troubles become
    /// facts, and facts that were late count from now on.
    StorageStatus look_after_storage();

private:
    struct Sighting;
    /// A refusal an usher may still answer, and whose it was.
    struct Refusal {
        storage::Fact fact;
        std::optional<storage::Registration> person;
        std::optional<storage::FactId> answered_by{};
        bool withdrawn = false;
        bool seen_again = false;  ///< drawn neutral: nobody was turned away
    };
    /// An admitted or left that may be undone, or after that restored.
    struct Passed {
        storage::Fact fact;
        std::optional<storage::Registration> person;
        MonotonicTime at;           ///< of the fact, or of its undone
        storage::FactId answers{};  ///< the refusal; zero: none
        storage::FactId undone{};
        storage::UsherNumber undone_by{};
    };

    /// A supervisor's PIN on the panel of an usher, for one act or one page.
    struct Approval {
        storage::UsherNumber supervisor{};
        storage::FactId refusal;  ///< zero: a page
        MonotonicTime since;
    };

    /// A privileged act that was begun and has not ended.
    struct OpenAct {
        storage::FactId intent;
        storage::UsherNumber by{};
        storage::ActCode act{};
    };

    [[nodiscard]] const storage::Identity& identity() const { return in_force().identity; }
    [[nodiscard]] const storage::Replica* replica() const { return knowledge_.now.replica.get(); }
    [[nodiscard]] std::uint64_t replica_revision() const;
    [[nodiscard]] storage::ChainOptions chain_options() const;
    [[nodiscard]] storage::Direction direction() const;
    [[nodiscard]] std::optional<storage::SessionId> chosen_session(WallTime now) const;
    storage::Kept begin_epoch(const storage::Hello& hello);
    void tell_of_rollback();
    [[nodiscard]] std::optional<storage::Registration> look_up(const storage::Code& code) const;
    /// Whose number it bears.
    [[nodiscard]] std::optional<storage::Usher> staff_of(const storage::Code& code) const;
    [[nodiscard]] std::variant<storage::Verdict, storage::StaffBadge> decide(
        const Sighting& sighting) const;
    [[nodiscard]] storage::AdmissionPolicy policy_now() const;
    /// Decides, keeps, answers.
    [[nodiscard]] std::optional<Answer> settle(Sighting sighting);
    /// What this badge was told last was no welcome.
    [[nodiscard]] bool was_turned_away(const storage::Code& code) const;
    [[nodiscard]] const Passed* left_before(const Sighting& sighting) const;
    /// Without a new fact.
    [[nodiscard]] Answer answer_again(const Sighting& sighting, const Passed& before) const;
    /// Into the derived state if it is durable.
    storage::Kept keep(const storage::StoredFact& stored);
    void note_kept(const storage::StoredFact& stored);
    /// Keeps the fact of a decision and says so; remembers what can be answered or undone.
    [[nodiscard]] Answer answer_with(const Sighting& sighting, const storage::Fact& fact);
    [[nodiscard]] Answer make_answer(const Sighting& sighting,
                                     const storage::StoredFact& stored) const;
    [[nodiscard]] std::chrono::seconds second_of_day(WallTime time) const;  ///< local
    [[nodiscard]] std::optional<SessionWords> words_of(std::optional<storage::SessionId> id,
                                                       WallTime now) const;
    [[nodiscard]] const storage::Category* category_of(const storage::Registration& person) const;

    // ushers, in usher/obey.cpp
    struct Obey;
    [[nodiscard]] bool is_unlocked(storage::UsherNumber usher) const;
    [[nodiscard]] bool is_supervisor(storage::UsherNumber usher) const;
    /// The act's name if it is durable.
    std::optional<storage::FactId> keep_act(storage::UsherNumber by, storage::ActCode act,
                                            const std::function<void(storage::Fact&)>& fill = {});
    void accept_edition(storage::UsherNumber by);
    void begin_act(storage::UsherNumber by, storage::ActCode act);
    void end_act(const EndAct& end);
    void check_pin(storage::UsherNumber usher, const PinChecked& checked);
    [[nodiscard]] storage::PinLock pin_lock(storage::UsherNumber usher, const PinUse& use) const;
    [[nodiscard]] PinNews open_for(storage::UsherNumber usher, const PinUse& use);
    /// Who approves an answer to this refusal by the usher of the panel; 0: nobody.
    [[nodiscard]] storage::UsherNumber take_approval(const storage::FactId& refusal);
    [[nodiscard]] Sighting name_person(const storage::Registration& person, storage::Method method,
                                       storage::UsherNumber by) const;
    [[nodiscard]] std::optional<Answer> admit_anyway(storage::UsherNumber by,
                                                     const OverrideRefusal& wish);
    [[nodiscard]] std::optional<Answer> check_in(storage::UsherNumber by, const CheckIn& wish);
    [[nodiscard]] std::optional<Answer> take_typed_code(storage::UsherNumber by,
                                                        const TypedCode& wish);
    [[nodiscard]] std::optional<Answer> admit_guest(storage::UsherNumber by,
                                                    const AdmitGuest& wish);
    [[nodiscard]] Passed* find_passed(const storage::FactId& fact);
    [[nodiscard]] Refusal* find_refusal(const storage::FactId& fact);
    /// Whom by now nobody may let in, whatever an older fact says.
    [[nodiscard]] bool is_barred(const storage::Fact& fact,
                                 const std::optional<storage::Registration>& person) const;
    /// Something newer of the same person holds in its place, or of the same refusal.
    [[nodiscard]] bool is_superseded(const Passed& passed) const;
    bool undo(storage::UsherNumber by, const storage::FactId& fact);
    [[nodiscard]] std::optional<Answer> restore(storage::UsherNumber by,
                                                const storage::FactId& fact);
    bool withdraw(storage::UsherNumber by, const storage::FactId& refusal);
    void add_note(storage::UsherNumber by, const AddNote& wish);
    void choose_session(storage::UsherNumber by, const ChooseSession& wish);
    [[nodiscard]] FoundPerson describe(const storage::Registration& person) const;
    [[nodiscard]] PeopleFound describe(const DescribePeople& wish) const;
    [[nodiscard]] PeopleInside everybody_inside() const;
    [[nodiscard]] FoundPerson describe(const storage::Ledger::Inside& inside) const;

    // what the journal says of the last scans, in recall.cpp
    void recall();
    [[nodiscard]] LastScan recall(const storage::StoredFact& stored,
                                  const storage::FactId& answers) const;
    [[nodiscard]] std::optional<storage::Registration> person_of(const storage::Fact& fact) const;
    [[nodiscard]] MonotonicTime when(const storage::Fact& fact) const;

    DeskKnowledge knowledge_;
    const Clock& clock_;
    storage::Chain chain_;
    storage::Keepers& keepers_;
    std::optional<storage::Head> kept_;  ///< the last fact that a device has
    storage::Direction chosen_ = storage::Direction::entry;
    storage::UsherNumber unlocked_usher_{};  ///< who the panel is open for; 0: nobody
    std::optional<Approval> approval_;       ///< of unlocked_usher_'s panel
    std::deque<Refusal> refusals_;           ///< the newest ones
    std::deque<Passed> passed_;
    std::vector<OpenAct> open_acts_;
    std::vector<DeskNews> news_;
};

/// How a session is named on screens at this place.
[[nodiscard]] SessionWords describe_session(const storage::Session& session,
                                            const storage::Agenda& agenda, storage::PlaceId place,
                                            WallTime now);
/// The way from this place to the help desk, else where the desk is.
[[nodiscard]] HelpDeskWords describe_help_desk(const storage::Agenda& agenda,
                                               storage::PlaceId place);

}  // namespace hudoor::kiosk
