/// Names as those in the queue behind may read them: their initials. Pure.
#pragma once

#include "storage/guests/agenda.hpp"

namespace hudoor::kiosk {

/// "م. ه." of "محمد الهاشمي", "M. H." of "Mohammed Al Hashimi": of the first name and the last,
/// without the Arabic article. A language without a name stays without.
[[nodiscard]] storage::Bilingual initials(const storage::Bilingual& name);

}  // namespace hudoor::kiosk
