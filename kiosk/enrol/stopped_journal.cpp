#include "kiosk/enrol/stopped_journal.hpp"

#include "config/fault.hpp"
#include "storage/facts/proof.hpp"

namespace hudoor::kiosk {

using namespace storage;

StoppedJournal::StoppedJournal(const Options& options, const Identity& identity,
                               const Visit& visit) try
    : chain_options_{.kiosk = identity.kiosk, .place = identity.place},
      editions_(identity.kiosk_key) {
    Proof proof({.find_key = [&](KioskId) { return std::optional(identity.kiosk_key); },
                 .proved = [this](StoredFact&& fact) { editions_.add(fact); },
                 .unproved = [](StoredFact&&) {}});
    pair_ = open_journal_pair({.journal = {.directory = options.state,
                                           .kiosk = identity.kiosk,
                                           .kiosk_key = identity.kiosk_key,
                                           .leaves_news = true},
                               .mirror = options.mirror},
                              [&](const StoredFact& fact) {
                                  if (visit) visit(fact);
                                  proof.take(StoredFact(fact));
                              });
    proof.finish();
    proved_ = proof.newest();
} catch (const Fault& fault) {
    if (fault.exit_code() != ExitCode::unavailable) throw;
    throw Fault(ExitCode::try_again, "The kiosk is running: use its Health page, or end it first");
}

void StoppedJournal::begin(ActCode act, const Edition& now, const SigningKey& key) {
    chain_options_.signing_key = &key;
    chain_.emplace(chain_options_, clock_, proved_ ? proved_ : pair_.head);
    keep(make_hello({.edition = now, .own_head = {}}));
    Fact intent;
    intent.kind = FactKind::act;
    intent.act = act;
    intent.replica_revision = now.list;
    keep(std::move(intent));
}

void StoppedJournal::end(ExitCode outcome, const Edition& now) {
    Fact fact;
    fact.kind = FactKind::act;
    fact.act = ActCode::outcome;
    fact.reference = own_.back().fact.id;
    fact.argument = static_cast<std::uint32_t>(outcome);
    fact.replica_revision = now.list;
    fact.payload = encode_edition(now);
    keep(std::move(fact));
}

void StoppedJournal::keep(Fact fact) {
    const StoredFact stored = chain_->append(std::move(fact));
    const Kept kept = pair_.keepers->keep(stored);
    if (!kept.durable) throw Fault(ExitCode::io, "The act cannot be recorded: " + kept.why);
    own_.push_back(stored);
}

}  // namespace hudoor::kiosk
