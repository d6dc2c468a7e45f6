#include <iostream>
#include <nlohmann/json.hpp>

#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/gathering.hpp"
#include "storage/organiser/event/store.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/merge/journal_copy.hpp"
#include "storage/organiser/merge/merge.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

/// One file with what was found in it, or why it could not be looked at.
struct VerifiedFile {
    std::string name;
    FactsReport report;
    std::optional<Fault> fault;
    bool end_confirmed = false;
};

/// The facts of a bundle as rows.
FactsReport check_bundle(FactsBundleReader bundle, const OpeningKey& reader,
                         const FindKioskKey& find_key) {
    FactsCheck check(find_key);
    bundle.visit(reader, [&](StoredFact&& fact) {
        return check.take({static_cast<std::int64_t>(fact.fact.epoch),
                           static_cast<std::int64_t>(fact.fact.seq), fact.encoding, fact.hash.bytes,
                           fact.signature});
    });
    return check.finish();
}

/// What was merged of one kiosk, as if it were a file.
VerifiedFile look_at_merged(const FactStore& facts, KioskId kiosk, const std::string& name,
                            const FindKioskKey& find_key) {
    std::vector<Acceptance> accepted = facts.acceptances();
    std::erase_if(accepted, [&](const Acceptance& one) { return one.kiosk != kiosk; });
    FactsCheck check(find_key, kiosk, std::move(accepted));
    facts.visit_rows(kiosk, [&](const FactRow& row) { return check.take(row); });
    return {"event.db, " + name, check.finish(), {}, false};
}

bool is_whole(const VerifiedFile& file) { return !file.fault && !file.report.trouble; }

class Verifier {
public:
    Verifier(const EventOptions& options, const EventStore& store)
        : options_(options),
          event_(store.event()),
          kiosks_(store.kiosks()),
          find_key_(keys_of(kiosks_)) {}

    VerifiedFile look_at(const std::filesystem::path& path) {
        VerifiedFile file{path.string(), {}, {}, false};
        try {
            file.report = is_bundle(path) ? check_bundle(FactsBundleReader(path), key(), find_key_)
                                          : check_journal(path, find_key_);
        } catch (const Fault& fault) {
            file.fault = fault;
        }
        return file;
    }
    [[nodiscard]] std::vector<VerifiedFile> look_at_merged() const {
        const FactStore facts(options_.event);
        std::vector<VerifiedFile> merged;
        for (const KioskId kiosk : facts.kiosks())
            if (facts.count(kiosk) > 0)
                merged.push_back(
                    organiser::look_at_merged(facts, kiosk, name_of(kiosk), find_key_));
        if (auto trouble = facts.find_trouble()) {
            merged.push_back({"event.db", {}, {}, false});
            merged.back().report.trouble = std::move(trouble);
        }
        return merged;
    }
    [[nodiscard]] const std::vector<Kiosk>& kiosks() const { return kiosks_; }
    [[nodiscard]] const std::string& timezone() const { return event_.agenda.timezone; }

private:
    /// Rows may say that they are of a kiosk which the event does not have.
    [[nodiscard]] std::string name_of(KioskId kiosk) const {
        const std::string name = name_of_kiosk(kiosks_, kiosk);
        return name.empty() ? "kiosk " + std::to_string(static_cast<int>(kiosk)) : name;
    }
    const OpeningKey& key() {
        if (!keys_) keys_.emplace(open_keys(options_, event_));
        return keys_->opening;
    }

    const EventOptions& options_;
    Identity event_;
    std::vector<Kiosk> kiosks_;
    FindKioskKey find_key_;
    std::optional<EventKeys> keys_;  ///< for bundles only
};

/// Each file against all others that are whole in themselves.
void compare(std::vector<VerifiedFile>& files) {
    std::vector<std::optional<std::string>> differences(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!is_whole(files[i])) continue;
        std::vector<const FactsReport*> witnesses;
        for (std::size_t other = 0; other < files.size(); ++other) {
            if (other == i || !is_whole(files[other])) continue;
            witnesses.push_back(&files[other].report);
            const auto difference = find_difference(files[i].report, files[other].report);
            if (difference && !differences[i])
                differences[i] = "against " + files[other].name + ": " + *difference +
                                 " (its tail was cut, or it is an earlier copy)";
        }
        files[i].end_confirmed = is_end_confirmed(files[i].report, witnesses);
    }
    for (std::size_t i = 0; i < files.size(); ++i)
        if (differences[i]) files[i].report.trouble = differences[i];
}

nlohmann::ordered_json to_json(const VerifiedFile& file, const std::vector<Kiosk>& kiosks) {
    const FactsReport& report = file.report;
    nlohmann::ordered_json out{{"file", file.name}, {"whole", is_whole(file)}};
    if (file.fault) out["fault"] = file.fault->what();
    if (report.trouble) out["trouble"] = *report.trouble;
    if (!report.head) return out;
    out["kiosk"] = static_cast<int>(*report.kiosk);
    out["name"] = name_of_kiosk(kiosks, *report.kiosk);
    out["epochs"] = report.epochs.size();
    out["facts"] = report.facts;
    out["first"] = iso_time(report.first);
    out["last"] = iso_time(report.last);
    out["head"] = {{"epoch", static_cast<std::uint32_t>(report.head->epoch)},
                   {"seq", report.head->seq},
                   {"hash", to_hex(report.head->hash.bytes)}};
    out["end_confirmed"] = file.end_confirmed;
    return out;
}

void print_text(const VerifiedFile& file, const std::vector<Kiosk>& kiosks,
                const std::string& timezone) {
    const FactsReport& report = file.report;
    if (!is_whole(file)) return;
    std::cout << file.name << ": ";
    if (!report.head) {
        std::cout << "no facts, end not confirmed\n";
        return;
    }
    std::cout << "kiosk " << static_cast<int>(*report.kiosk) << ", "
              << name_of_kiosk(kiosks, *report.kiosk) << ", epochs " << report.epochs.size()
              << ", facts " << report.facts << ", " << show_time(report.first, timezone) << " to "
              << show_time(report.last, timezone) << ", head " << hex_of(report.head->epoch) << ' '
              << report.head->seq << ' ' << to_hex(report.head->hash.bytes) << ", end "
              << (file.end_confirmed ? "confirmed" : "not confirmed") << '\n';
}

/// Alterations outweigh what could not be looked at.
ExitCode outcome(const std::vector<VerifiedFile>& files) {
    ExitCode result = ExitCode::done;
    for (const VerifiedFile& file : files) {
        if (file.report.trouble) return ExitCode::bad_data;
        if (file.fault && result == ExitCode::done) result = file.fault->exit_code();
    }
    return result;
}

}  // namespace

ExitCode verify_files(const EventOptions& options, const VerifyOptions& verify) {
    const EventStore store(options.event);
    Verifier verifier(options, store);
    std::vector<VerifiedFile> files;
    for (const auto& path : verify.files) files.push_back(verifier.look_at(path));
    // What was merged is a witness for files, and is looked at itself if there are none.
    std::vector<VerifiedFile> merged = verifier.look_at_merged();
    if (files.empty() && merged.empty())
        throw Fault(ExitCode::no_input,
                    "Nothing was merged yet; name files to look at, or merge them first");
    const std::size_t told = files.empty() ? merged.size() : files.size();
    std::move(merged.begin(), merged.end(), std::back_inserter(files));
    compare(files);
    files.resize(told);
    for (const VerifiedFile& file : files) {
        if (verify.json)
            std::cout << to_json(file, verifier.kiosks())
                             .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                      << '\n';
        else
            print_text(file, verifier.kiosks(), verifier.timezone());
        if (file.fault) std::cerr << "hudoor: " << file.fault->what() << '\n';
        if (file.report.trouble)
            std::cerr << "hudoor: " << file.name << ": " << *file.report.trouble << '\n';
    }
    return outcome(files);
}

}  // namespace hudoor::organiser
