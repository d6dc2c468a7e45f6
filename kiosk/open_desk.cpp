#include "kiosk/open_desk.hpp"

#include <spdlog/spdlog.h>

#include "kiosk/desk/learning.hpp"
#include "kiosk/tpm/count_starts.hpp"
#include "kiosk/tpm/tpm.hpp"

namespace hudoor::kiosk {

namespace {

storage::AdmissionPolicy policy_of(const config::AdmissionSettings& settings) {
    return {.admit_by_signature = settings.signature_only == config::SignatureOnly::admit,
            .list_stale_after = settings.list_stale_after,
            .list_expires_after = settings.list_expires_after};
}

}  // namespace

OpenDesk open_desk(const AppOptions& options, Publication now, const Clock& clock) {
    OpenDesk open;
    const storage::InForcePtr in_force = now.in_force;
    DeskKnowledge knowledge{.now = std::move(now), .policy = policy_of(options.settings.admission)};
    if (in_force->training)
        open.training =
            std::make_unique<storage::TemporaryFolder>(std::filesystem::temp_directory_path());
    else
        open.starts = count_starts(find_tpm());
    Learning learning(knowledge);
    storage::JournalPair pair = storage::open_journal_pair(
        {.journal = {.directory = open.training ? open.training->path() : options.state,
                     .kiosk = in_force->facts_of(),
                     .kiosk_key = in_force->identity.kiosk_key,
                     .starts = open.starts,
                     .with_reserve = !in_force->training,
                     .domain = in_force->facts_domain(),
                     .notice = [](const std::string& words) { spdlog::warn("{}", words); }},
         .mirror = open.training ? std::filesystem::path() : options.settings.storage.mirror,
         .head_key = knowledge.now.secrets && !in_force->training
                         ? storage::make_head_key(knowledge.now.secrets->signing)
                         : nullptr},
        [&](storage::StoredFact&& stored) { learning.take(std::move(stored)); });
    const auto proved = learning.finish();
    open.keepers = std::move(pair.keepers);
    open.desk = std::make_unique<Desk>(std::move(knowledge), clock, proved ? proved : pair.head,
                                       *open.keepers);
    open.desk->open();
    return open;
}

}  // namespace hudoor::kiosk
