#include "kiosk/enrol/export.hpp"

#include <algorithm>
#include <iterator>

#include "config/fault.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "storage/journal/aside.hpp"
#include "storage/keep/pair.hpp"

namespace hudoor::kiosk {

using namespace storage;
namespace fs = std::filesystem;

namespace {

/// Journal and mirror as at a start, so that a fact which only one of them has goes along, and what
/// lies aside beside them.
void collect(const ExportOptions& options, const Identity& identity, FactsBundles& bundles,
             std::vector<std::string>& news) try {
    const JournalOptions journal{.directory = options.state,
                                 .kiosk = identity.kiosk,
                                 .kiosk_key = identity.kiosk_key,
                                 .leaves_news = true};
    std::vector<fs::path> read_raw;
    try {
        const JournalPair pair =
            open_journal_pair({.journal = journal, .mirror = options.mirror},
                              [&](const StoredFact& fact) { bundles.add(fact); });
        for (const DeviceNews& one : pair.keepers->take_news())
            news.push_back(one.device + ": " + one.why);
    } catch (const Fault& fault) {
        // Of a disk that is full or takes no writes the files can still be read.
        if (fault.exit_code() != ExitCode::io || bundles.facts() > 0) throw;
        news.emplace_back(fault.what());
        read_raw = {options.state, options.mirror};
    }
    for (const fs::path& beside : {options.state, options.mirror})
        std::ranges::copy(folders_aside(beside), std::back_inserter(read_raw));
    std::erase_if(read_raw, [](const fs::path& folder) { return !fs::is_directory(folder); });
    for (const StoredFact& fact : facts_aside(read_raw, journal, bundles.ends())) bundles.add(fact);
} catch (const Fault& fault) {
    if (fault.exit_code() != ExitCode::unavailable) throw;
    throw Fault(ExitCode::try_again, "The kiosk is running: use its Health page, or end it first");
}

}  // namespace

Exported export_facts(const ExportOptions& options) {
    const Enrolment enrolment = load_enrolment(options.state);
    const Identity& identity = enrolment.identity;
    Exported exported;
    FactsBundles bundles({.file = fs::is_directory(options.out)
                                      ? options.out / (identity.kiosk_name + ".facts")
                                      : options.out,
                          .event = identity.event,
                          .sender = identity.kiosk_key,
                          .signing = enrolment.secrets ? &enrolment.secrets->signing : nullptr,
                          .reader = identity.organiser_seal,
                          .most_facts = options.most_facts});
    collect(options, identity, bundles, exported.news);
    exported.facts = bundles.facts();
    exported.files = bundles.finish();
    return exported;
}

}  // namespace hudoor::kiosk
