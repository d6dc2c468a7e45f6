#include "kiosk/open_desk.hpp"

namespace hudoor::kiosk {

namespace {

storage::AdmissionPolicy policy_of(const config::AdmissionSettings& settings) {
    return {.admit_by_signature = settings.signature_only == config::SignatureOnly::admit,
            .list_stale_after = settings.list_stale_after,
            .list_expires_after = settings.list_expires_after};
}

}  // namespace

Back open_back(const AppOptions& options, const Enrolment& enrolment, const Clock& clock) {
    Back back;
    const storage::Identity& identity = enrolment.identity;
    DeskKnowledge knowledge{
        .identity = identity,
        .revocations = enrolment.revocations,
        .replica =
            open_guest_list(enrolment, enrolment.secrets ? &enrolment.secrets->opening : nullptr),
        .policy = policy_of(options.settings.admission)};
    // What is kept in training belongs to no kiosk, hashes otherwise and has no signature: nobody
    // could take it for a record.
    const storage::KioskId kiosk = options.training ? storage::KioskId{} : identity.kiosk;
    const std::string_view domain =
        options.training ? storage::training_domain : storage::fact_domain;
    if (options.training)
        back.training =
            std::make_unique<storage::TemporaryFolder>(std::filesystem::temp_directory_path());
    storage::JournalPair pair = storage::open_journal_pair(
        {.journal = {.directory = options.training ? back.training->path() : options.state,
                     .kiosk = kiosk,
                     .kiosk_key = identity.kiosk_key,
                     .with_reserve = !options.training,
                     .domain = domain},
         .mirror = options.training ? std::filesystem::path() : options.settings.storage.mirror},
        [&](const storage::StoredFact& stored) { knowledge.learn(stored); });
    back.keepers = std::move(pair.keepers);
    if (knowledge.replica) {
        back.list_created = knowledge.replica->header().created;
        back.names = collect_names(*knowledge.replica);
    }
    storage::ChainOptions chain{.kiosk = kiosk, .place = identity.place, .domain = domain};
    if (enrolment.secrets && !options.training) chain.signing_key = &enrolment.secrets->signing;
    if (back.list_created) chain.not_before = *back.list_created;
    back.desk = std::make_unique<Desk>(std::move(knowledge), clock,
                                       storage::Chain(chain, clock, pair.head), *back.keepers);
    back.desk->open();
    return back;
}

}  // namespace hudoor::kiosk
