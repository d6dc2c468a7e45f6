/// One table from what holds a read up to its words.
#pragma once

#include <optional>
#include <string_view>

#include "kiosk/screen/view.hpp"
#include "scanner/scan.hpp"

namespace hudoor::kiosk {

/// Ids of words.
struct HintWords {
    std::string_view word;
    std::string_view sub;  ///< smaller, below; may be empty
};

/// None: the invitation.
[[nodiscard]] HintWords hint_words(std::optional<scanner::HintKind> hint);
/// Nothing is asked for that cannot be done now.
[[nodiscard]] HintWords idle_words(const IdleScreen& idle);

}  // namespace hudoor::kiosk
