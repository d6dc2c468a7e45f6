/// A guest list far larger than any event's, for measuring what names cost.
#pragma once

#include <vector>

#include "storage/names/search.hpp"
#include "tests/feed/delegates.hpp"
#include "tests/feed/random.hpp"

namespace hudoor::bench {

/// Names of four parts, as passports have them: own, father's, grandfather's, family. From all
/// groups mixed, so that few of a million have the same name: who looks for one of them can know
/// which.
[[nodiscard]] std::vector<storage::NamedPerson> make_people(const feed::NameLists& lists,
                                                            std::size_t count,
                                                            feed::Random& random);

}  // namespace hudoor::bench
