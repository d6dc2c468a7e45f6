#include "kiosk/enrol/export.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

#include "config/fault.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/enrol/stopped_journal.hpp"
#include "storage/journal/aside.hpp"
#include "storage/keep/pair.hpp"

namespace hudoor::kiosk {

using namespace storage;
namespace fs = std::filesystem;

namespace {

/// Journal and mirror as at a start, so that a fact which only one of them has goes along; nothing
/// for a disk that is full or takes no writes, whose files can still be read.
std::unique_ptr<StoppedJournal> open_journal(const ExportOptions& options, const Identity& identity,
                                             FactsBundles& bundles,
                                             std::vector<std::string>& news) try {
    auto journal = std::make_unique<StoppedJournal>(
        StoppedJournal::Options{options.state, options.mirror}, identity,
        [&](const StoredFact& fact) { bundles.add(fact); });
    for (const DeviceNews& one : journal->take_news()) news.push_back(one.device + ": " + one.why);
    return journal;
} catch (const Fault& fault) {
    if (fault.exit_code() != ExitCode::io || bundles.facts() > 0) throw;
    news.emplace_back(fault.what());
    return nullptr;
}

/// The act goes along with what it gives away. Where no device takes it, or no key would prove it,
/// records are given away all the same.
bool begin_act(StoppedJournal& journal, const Enrolment& enrolment,
               std::vector<std::string>& news) {
    if (!enrolment.secrets) return false;
    try {
        journal.begin(ActCode::export_taken, edition_of(enrolment), enrolment.secrets->signing);
        return true;
    } catch (const Fault& fault) {
        news.emplace_back(fault.what());
        return false;
    }
}

/// What lies in damaged or unwritable files, as far as it can be proved.
void add_raw(std::vector<fs::path> folders, const ExportOptions& options, const Identity& identity,
             FactsBundles& bundles) {
    for (const fs::path& beside : {options.state, options.mirror})
        std::ranges::copy(folders_aside(beside), std::back_inserter(folders));
    std::erase_if(folders, [](const fs::path& folder) { return !fs::is_directory(folder); });
    const JournalOptions journal{
        .directory = options.state, .kiosk = identity.kiosk, .kiosk_key = identity.kiosk_key};
    for (const StoredFact& fact : facts_aside(folders, journal, bundles.ends())) bundles.add(fact);
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
    const auto journal = open_journal(options, identity, bundles, exported.news);
    const bool is_act = journal && begin_act(*journal, enrolment, exported.news);
    if (is_act)
        for (const StoredFact& fact : journal->own()) bundles.add(fact);
    else
        bundles.say_without_act();
    try {
        add_raw(journal ? std::vector<fs::path>() : std::vector{options.state, options.mirror},
                options, identity, bundles);
        exported.facts = bundles.facts();
        exported.files = bundles.finish();
    } catch (const Fault& fault) {
        if (is_act) journal->end(fault.exit_code(), edition_of(enrolment));
        throw;
    }
    if (is_act) journal->end(ExitCode::done, edition_of(enrolment));
    return exported;
}

}  // namespace hudoor::kiosk
