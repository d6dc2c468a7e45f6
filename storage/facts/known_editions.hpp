/// How new everything was that a kiosk ever had in force, by what it signed itself. The numbers
/// only rise, unless a supervisor takes older ones.
#pragma once

#include <map>
#include <tuple>

#include "storage/facts/hello.hpp"

namespace hudoor::storage {

/// One thread at a time.
class KnownEditions {
public:
    explicit KnownEditions(const VerifyKey& kiosk) : kiosk_(kiosk) {}

    /// Facts in any order, each with its right hash. Only those count that say an edition and carry
    /// this kiosk's own signature: anybody can write the others.
    void add(const StoredFact& stored);
    /// Nothing older may come into force.
    [[nodiscard]] const Edition& newest() const { return newest_; }
    /// A supervisor knows that the guest list is gone.
    [[nodiscard]] bool may_lack_list() const { return may_lack_list_; }

private:
    /// In which order a kiosk wrote, see KioskActs.
    using Written = std::tuple<std::uint64_t, Epoch, std::uint64_t>;
    struct Said {
        Edition edition;
        bool accepted = false;  ///< by a supervisor, whatever was before
    };

    void apply(const Said& said);

    VerifyKey kiosk_;
    std::map<Written, Said> said_;  ///< a few of each start
    Edition newest_;
    bool may_lack_list_ = false;
};

}  // namespace hudoor::storage
