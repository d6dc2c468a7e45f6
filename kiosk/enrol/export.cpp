#include "kiosk/enrol/export.hpp"

#include "config/fault.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "storage/bundle/facts_bundle.hpp"
#include "storage/journal/aside.hpp"
#include "storage/keep/pair.hpp"

namespace hudoor::kiosk {

using namespace storage;
namespace fs = std::filesystem;

namespace {

/// Journal and mirror as at a start, so that a fact which only one of them has goes along, and what
/// lies aside beside them.
FactsBundleWriter collect(const ExportOptions& options, const Identity& identity,
                          std::vector<std::string>& news) try {
    FactsBundleWriter bundle;
    const JournalOptions journal{.directory = options.state,
                                 .kiosk = identity.kiosk,
                                 .kiosk_key = identity.kiosk_key,
                                 .leaves_news = true};
    const JournalPair pair = open_journal_pair({.journal = journal, .mirror = options.mirror},
                                               [&](const StoredFact& fact) { bundle.add(fact); });
    for (const fs::path& beside : {options.state, options.mirror})
        for (const StoredFact& fact : facts_aside(folders_aside(beside), journal, bundle.ends()))
            bundle.add(fact);
    for (const DeviceNews& one : pair.keepers->take_news())
        news.push_back(one.device + ": " + one.why);
    return bundle;
} catch (const Fault& fault) {
    if (fault.exit_code() != ExitCode::unavailable) throw;
    throw Fault(ExitCode::try_again, "The kiosk is running: use its Health page, or end it first");
}

}  // namespace

Exported export_facts(const ExportOptions& options) {
    const Enrolment enrolment = load_enrolment(options.state);
    const Identity& identity = enrolment.identity;
    Exported exported;
    const FactsBundleWriter bundle = collect(options, identity, exported.news);
    exported.facts = bundle.facts();
    exported.file = fs::is_directory(options.out) ? options.out / (identity.kiosk_name + ".facts")
                                                  : options.out;
    bundle.write(exported.file, identity.event, identity.kiosk_key,
                 enrolment.secrets ? &enrolment.secrets->signing : nullptr,
                 {{identity.organiser_seal}});
    return exported;
}

}  // namespace hudoor::kiosk
