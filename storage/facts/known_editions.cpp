#include "storage/facts/known_editions.hpp"

#include <iterator>

namespace hudoor::storage {

void KnownEditions::add(const StoredFact& stored) {
    const Fact& fact = stored.fact;
    const auto edition = find_edition(fact);
    if (!edition || !verify(stored.signature, stored.hash.bytes, kiosk_)) return;
    const bool accepted = fact.kind == FactKind::act && fact.act == ActCode::list_accepted;
    const auto [added, is_new] =
        said_.try_emplace({fact.hlc, fact.epoch, fact.seq}, Said{*edition, accepted});
    if (!is_new) return;
    if (std::next(added) == said_.end()) return apply(added->second);
    newest_ = {};
    may_lack_list_ = false;
    for (const auto& [written, said] : said_) apply(said);
}

void KnownEditions::apply(const Said& said) {
    const std::uint64_t list = newest_.list;
    newest_ = said.accepted ? said.edition : newest_of(newest_, said.edition);
    if (said.edition.list != 0) may_lack_list_ = false;
    if (!said.accepted || said.edition.list != 0) return;
    newest_.list = list;  // to go on without one takes none that is older
    may_lack_list_ = true;
}

}  // namespace hudoor::storage
