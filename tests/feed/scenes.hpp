/// The plans of the demo: people walk in, queue, show their badges and walk off, where
/// make_plan shows hands alone; the truth of both is measured alike.
#pragma once

#include "tests/feed/plan.hpp"

namespace hudoor::feed {

/// About three minutes in which everything a door can say is said once at least, with the pauses of
/// a quiet morning. `options.appearances` does not matter. Throws Fault(bad_data) like make_plan.
[[nodiscard]] Plan make_demo_plan(const Cast& cast, const storage::SigningKey& key,
                                  const PlanOptions& options);

/// The first three whom the demo of the same seed admits, at a way out.
[[nodiscard]] Plan make_leaving_plan(const Cast& cast, const storage::SigningKey& key,
                                     const PlanOptions& options);

/// `options.appearances` people close behind each other, one each `every_s` seconds, at least 2:
/// nearly all of them valid, every eighth for another session.
[[nodiscard]] Plan make_rush_plan(const Cast& cast, const storage::SigningKey& key,
                                  const PlanOptions& options, double every_s);

}  // namespace hudoor::feed
