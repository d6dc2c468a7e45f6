/// The facts in event.db: the union of all that kiosks recorded, as far as it was brought home.
/// Each fact stands there once, by its hash; two facts with one number, a fork, both stay.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "storage/facts/fact_row.hpp"

namespace hudoor::organiser {

class FactStore {
public:
    /// `directory` holds an event.db that EventStore opened without complaint.
    explicit FactStore(const std::filesystem::path& directory);
    ~FactStore();

    /// All adding is between begin() and commit(); without the latter nothing was added.
    void begin();
    void commit();
    void rollback();
    /// False if it is known. A known fact without a signature takes this one's.
    bool add(const storage::StoredFact& fact);

    /// How many facts of this epoch share their number with another one.
    [[nodiscard]] std::uint64_t forked(storage::KioskId kiosk, storage::Epoch epoch) const;
    [[nodiscard]] std::uint64_t count() const;
    [[nodiscard]] std::uint64_t count(storage::KioskId kiosk) const;
    /// What the hellos follow.
    [[nodiscard]] std::vector<storage::Hash> parents() const;
    /// By kiosk, epoch, number, hash: the same order whatever came first.
    void visit(const std::function<void(const storage::StoredFact&)>& visit) const;
    /// One kiosk's rows in that order, unread, until `visit` returns false.
    void visit_rows(storage::KioskId kiosk,
                    const std::function<bool(const storage::FactRow&)>& visit) const;
    /// Over all facts; equal digests, equal facts.
    [[nodiscard]] storage::Hash digest() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::organiser
