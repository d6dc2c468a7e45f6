/// What stands on badges besides the names, found by its beginning: attendee ids, and the codes
/// under the QR. Part of the search's index; people are numbers that the search gave them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/ids.hpp"

namespace hudoor::storage {

class Printed {
public:
    using Who = std::uint32_t;

    /// An empty id and a zero badge are none.
    void add(std::string_view external_id, BadgeNumber badge, Who who);
    /// After the last one was added, before anything is looked for.
    void sort();

    struct IdMatch {
        Who who = 0;
        bool whole = false;  ///< nothing of the id comes after it
    };
    /// By the beginning of the id or of its last number: who types digits alone leaves out what
    /// stands before them. As fold_id folds it.
    [[nodiscard]] std::vector<IdMatch> find_id(std::string_view beginning) const;
    /// By the beginning of the typed code, four signs or more.
    [[nodiscard]] std::vector<Who> find_code(std::string_view beginning) const;

private:
    std::vector<std::pair<std::string, Who>> ids_;
    std::vector<std::pair<BadgeNumber, Who>> badges_;
};

}  // namespace hudoor::storage
