/// The desk: one scan from text to stored fact. Recognise the code, look the registration up, decide,
/// number and sign the fact, have it kept, and only then answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "config/pulse.hpp"
#include "kiosk/answer.hpp"
#include "kiosk/enrolment.hpp"
#include "scanner/scan.hpp"
#include "storage/admission.hpp"
#include "storage/chain.hpp"
#include "storage/keepers.hpp"
#include "storage/replica.hpp"

namespace hudoor::kiosk {

/// What the desk knows when it opens.
struct DeskKnowledge {
    storage::Identity identity;
    storage::RevocationList revocations;
    std::optional<storage::Replica> replica;  ///< none: signature-only mode
    storage::Ledger ledger;                   ///< from the facts already in the journal
    storage::AdmissionPolicy policy;
};

/// Used by one thread; does no I/O itself: the keepers do, and are waited for 250 ms at most.
class Desk {
public:
    /// The clock and the keepers must outlive the desk.
    Desk(DeskKnowledge knowledge, const Clock& clock, storage::Chain chain, storage::Keepers& keepers);

    /// Begins the epoch: the hello fact is durable on return. Throws Fault(io) if it cannot be.
    void open();

    /// Secrets and guest list came later than the start: from now on names are known and facts signed,
    /// in a new epoch after the one so far, whose facts never get a signature.
    void unlock(Opened opened);

    /// What scans count as from now on, at a door for both; entering at first.
    void choose(storage::Direction direction) { chosen_ = direction; }

    /// Nothing for a code that makes no fact: not ours, or a staff badge. An answer that is not
    /// `stored` means that no storage takes facts now; its verdict must not be shown.
    [[nodiscard]] std::optional<Answer> handle(const scanner::ScannedCode& scan);
    /// After each scan and from time to time: what became of the devices. Their troubles become
    /// facts, and facts that were late count from now on.
    StorageStatus look_after_storage();

    [[nodiscard]] const storage::Identity& identity() const { return knowledge_.identity; }
    [[nodiscard]] bool has_replica() const { return knowledge_.replica.has_value(); }

private:
    struct Sighting;
    [[nodiscard]] storage::Direction direction() const;
    storage::Kept begin_epoch();
    [[nodiscard]] std::optional<storage::Registration> look_up(const storage::Code& code) const;
    [[nodiscard]] bool is_staff(const storage::Code& code) const;
    [[nodiscard]] storage::Fact make_fact(const Sighting& sighting) const;
    /// Into the derived state if it is durable.
    storage::Kept keep(const storage::StoredFact& stored);
    [[nodiscard]] Answer make_answer(const Sighting& sighting, const storage::StoredFact& stored) const;
    [[nodiscard]] std::optional<SessionWords> words_of(std::optional<storage::SessionId> id) const;

    DeskKnowledge knowledge_;
    const Clock& clock_;
    std::optional<storage::SigningKey> unlocked_key_;  ///< the chain's, after unlock
    storage::Chain chain_;
    storage::Keepers& keepers_;
    storage::Direction chosen_ = storage::Direction::entry;
};

/// How a session is named on screens at this place.
[[nodiscard]] SessionWords describe_session(const storage::Session& session,
                                            const storage::Agenda& agenda, storage::PlaceId place);

/// A fact of this journal into the derived state, with the room of its session from the agenda.
void add_to_ledger(storage::Ledger& ledger, const storage::StoredFact& stored,
                   const storage::Agenda& agenda);

/// The desk's thread: takes scans from a mailbox in order, and looks after the storage twice a
/// second. Owns the desk.
class DeskThread {
public:
    /// Both run on the desk thread and must return fast; `on_storage` is told the first state and
    /// every change.
    DeskThread(std::unique_ptr<Desk> desk, std::function<void(Answer)> on_answer,
               std::function<void(StorageStatus)> on_storage);
    ~DeskThread();  ///< handles what was put, then joins

    /// Thread-safe; never dropped.
    void put(scanner::ScannedCode scan);
    /// The same for Desk::unlock; `then` runs on the desk thread after it.
    void unlock(Opened opened, std::function<void()> then);
    /// The same for Desk::choose.
    void choose(storage::Direction direction);
    /// Thread-safe; returns once everything put before has been answered.
    void drain();
    [[nodiscard]] const Pulse& pulse() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
