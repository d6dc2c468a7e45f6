/// What the desk learns at the start from the facts of its journal: it believes those that are
/// proved, and only remembers of the others who may be inside.
#pragma once

#include <optional>

#include "kiosk/desk/desk.hpp"
#include "storage/facts/proof.hpp"

namespace hudoor::kiosk {

class Learning {
public:
    /// `knowledge` must outlive it and say already what is in force.
    explicit Learning(DeskKnowledge& knowledge);

    /// In the order of each epoch.
    void take(storage::StoredFact fact) { proof_.take(std::move(fact)); }
    /// After the last one. The newest proved fact, after which the desk's chain goes on; none:
    /// nothing is proved.
    [[nodiscard]] std::optional<storage::Head> finish();

private:
    storage::Proof proof_;
};

}  // namespace hudoor::kiosk
