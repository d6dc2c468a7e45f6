#include "kiosk/desk/learning.hpp"

namespace hudoor::kiosk {

using namespace storage;

Learning::Learning(DeskKnowledge& knowledge)
    : proof_({.find_key = [&knowledge](KioskId) -> std::optional<VerifyKey> {
                  return knowledge.now.in_force->identity.kiosk_key;
              },
              .proved = [&knowledge](StoredFact&& fact) { knowledge.learn(fact); },
              .unproved = [&knowledge](StoredFact&& fact) { knowledge.note_unproved(fact); },
              .domain = knowledge.now.in_force->facts_domain()}) {}

std::optional<Head> Learning::finish() {
    proof_.finish();
    return proof_.newest();
}

}  // namespace hudoor::kiosk
