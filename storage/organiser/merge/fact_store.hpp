/// The facts in event.db: the union of all that kiosks recorded, as far as it was brought home.
/// Each fact is there once, by its hash; two facts with one number, a fork, both are. A fact stands
/// while one source that brought it was not undone: only such facts are told here.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "storage/facts/fact_row.hpp"
#include "storage/organiser/merge/belief.hpp"

namespace hudoor::organiser {

/// A file that brought facts, by what it held.
struct Source {
    storage::Hash hash;
    std::string name;
    WallTime at{};                          ///< first brought
    std::optional<std::string> undone_why;  ///< it was taken out
};

struct MergedFact : storage::StoredFact {
    Belief belief = Belief::none;
    WallTime brought{};  ///< this organiser's own: it depends on the order of files
};

/// Between these a kiosk of the event can have recorded something.
struct EventWindow {
    WallTime begins;    ///< the event itself
    WallTime earliest;  ///< a year before
    WallTime latest;    ///< a year after its last day
    [[nodiscard]] bool holds(WallTime time) const { return earliest <= time && time <= latest; }
};

class FactStore {
public:
    /// `directory` holds an event.db that EventStore opened without complaint.
    explicit FactStore(const std::filesystem::path& directory);
    ~FactStore();

    /// All adding is between begin() and commit(); without the latter nothing was added. A source
    /// that was undone stands again.
    void begin(const Source& source);
    void commit();
    void rollback();
    /// False if it is known. A known fact takes this one's signature if its own is none or bad.
    bool add(const storage::StoredFact& fact);

    [[nodiscard]] std::vector<Source> sources() const;
    /// By its name, or at least 8 digits of its hash. Throws Fault: no_input (none that stands),
    /// usage (several).
    Source undo(const std::string& name_or_hash, const std::string& why);
    /// Throws Fault(no_input) if no such fact stands.
    void accept(const Acceptance& acceptance, WallTime now);
    [[nodiscard]] std::vector<Acceptance> acceptances() const;

    /// How many facts of this epoch share their number with another one.
    [[nodiscard]] std::uint64_t forked(storage::KioskId kiosk, storage::Epoch epoch) const;
    [[nodiscard]] std::uint64_t count() const;
    [[nodiscard]] std::uint64_t count(storage::KioskId kiosk) const;
    /// A fact of it is believed.
    [[nodiscard]] bool is_heard(storage::KioskId kiosk) const;
    /// Those of which rows say that they are theirs, the event's or not.
    [[nodiscard]] std::vector<storage::KioskId> kiosks() const;
    /// What the hellos follow.
    [[nodiscard]] std::vector<storage::Hash> parents() const;
    /// By kiosk, epoch, number, hash: the same order whatever came first.
    void visit(const std::function<void(const MergedFact&)>& visit) const;
    /// One kiosk's rows in that order, unread, until `visit` returns false.
    void visit_rows(storage::KioskId kiosk,
                    const std::function<bool(const storage::FactRow&)>& visit) const;
    /// Over all facts that stand; equal digests, equal facts.
    [[nodiscard]] storage::Hash digest() const;
    [[nodiscard]] EventWindow window() const;
    /// Rows that are not as the files brought them: taken out, moved or put in by hand. Where.
    [[nodiscard]] std::optional<std::string> find_trouble() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::organiser
