#include <iostream>
#include <nlohmann/json.hpp>

#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/gathering.hpp"
#include "storage/organiser/merge/merge.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

/// One file with what became of it, or why nothing did.
struct MergedFile {
    std::string name;
    MergeReport report;
    std::optional<Fault> fault;
};

/// Opens event.keys for the first bundle and not before: a journal needs no key.
class Reader {
public:
    Reader(const EventOptions& options, const Identity& event) : options_(options), event_(event) {}
    const OpeningKey& key() {
        if (!keys_) keys_.emplace(open_keys(options_, event_));
        return keys_->opening;
    }

private:
    const EventOptions& options_;
    const Identity& event_;
    std::optional<EventKeys> keys_;
};

class FileMerger {
public:
    FileMerger(const EventOptions& options, const EventStore& store, FactStore& facts)
        : event_(store.event()), kiosks_(store.kiosks()), facts_(facts), reader_(options, event_) {
        for (const Kiosk& kiosk : kiosks_) senders_.insert(kiosk.verify_key);
    }

    MergedFile merge(const std::filesystem::path& path) {
        MergedFile file{path.string(), {}, {}};
        try {
            if (is_bundle(path)) {
                const OpeningKey& key = reader_.key();
                file.report =
                    merge_bundle(facts_, path, event_.event, keys_of(kiosks_), senders_, key);
            } else {
                file.report = merge_journal(facts_, path, keys_of(kiosks_));
            }
        } catch (const Fault& fault) {
            file.fault = fault;
        }
        return file;
    }

private:
    Identity event_;
    std::vector<Kiosk> kiosks_;
    FactStore& facts_;
    Reader reader_;
    std::set<VerifyKey> senders_;
};

nlohmann::ordered_json to_json(const MergedFile& file) {
    nlohmann::ordered_json out{{"file", file.name}};
    if (file.fault) {
        out["fault"] = file.fault->what();
        return out;
    }
    const MergeReport& report = file.report;
    out["kiosks"] = nlohmann::ordered_json::array();
    for (const KioskId kiosk : report.kiosks) out["kiosks"].push_back(static_cast<int>(kiosk));
    out["new"] = report.fresh;
    out["known"] = report.known;
    out["forked"] = report.forked;
    out["unsigned"] = report.unsigned_facts;
    out["bad"] = report.bad;
    if (report.trouble) out["trouble"] = *report.trouble;
    return out;
}

void print(const MergedFile& file) {
    const MergeReport& report = file.report;
    if (file.fault) return;
    std::cout << file.name << ": " << report.fresh << " new, " << report.known << " known, "
              << report.forked << " forked, " << report.bad << " bad";
    if (report.unsigned_facts > 0)
        std::cout << ", " << report.unsigned_facts << " without a signature";
    std::cout << '\n';
}

/// What is wrong outweighs what could not be looked at.
ExitCode outcome(const std::vector<MergedFile>& files) {
    ExitCode result = ExitCode::done;
    for (const MergedFile& file : files) {
        if (file.report.trouble) return ExitCode::bad_data;
        if (file.fault && result == ExitCode::done) result = file.fault->exit_code();
    }
    return result;
}

}  // namespace

ExitCode merge_files(const EventOptions& options, const MergeOptions& merge) {
    EventStore store(options.event);
    FactStore facts(options.event);
    FileMerger merger(options, store, facts);
    std::vector<MergedFile> files;
    for (const auto& path : merge.files) {
        files.push_back(merger.merge(path));
        const MergedFile& file = files.back();
        if (!merge.json) print(file);
        if (file.fault) std::cerr << "hudoor: " << file.fault->what() << '\n';
        if (file.report.trouble)
            std::cerr << "hudoor: " << file.name << ": " << *file.report.trouble << '\n';
    }
    const Gathered gathered = gather(store, facts);
    const std::string digest = to_hex(facts.digest().bytes);
    if (merge.json) {
        nlohmann::ordered_json out{{"files", nlohmann::ordered_json::array()}};
        for (const MergedFile& file : files) out["files"].push_back(to_json(file));
        out["kiosks"] = kiosks_to_json(gathered, facts);
        out["facts"] = facts.count();
        out["digest"] = digest;
        out["incidents"] = incidents_to_json(gathered);
        std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    } else {
        print_kiosks(gathered, facts);
        std::cout << "Facts: " << facts.count() << ", digest " << digest << '\n';
        print_incidents(gathered);
    }
    return outcome(files);
}

ExitCode show_incidents(const EventOptions& options, bool json) {
    const EventStore store(options.event);
    const FactStore facts(options.event);
    const Gathered gathered = gather(store, facts);
    if (json)
        std::cout << incidents_to_json(gathered).dump() << '\n';
    else
        print_incidents(gathered);
    return ExitCode::done;
}

}  // namespace hudoor::organiser
