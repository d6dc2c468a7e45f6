#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/gathering.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/merge/merge.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::size_t shown_digits = 16;  // of a file's hash; eight are enough to name it

constexpr std::size_t most_told = 20;  // whoever sends thousands gets no thousand lines

/// One file with what became of it, or why nothing did.
struct MergedFile {
    std::string name;
    MergeReport report;
    std::optional<Fault> fault;
    std::uint64_t unproved = 0;     ///< and not accepted: kept apart
    std::uint64_t quarantined = 0;  ///< of these, at times that cannot be
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
    FileMerger(const EventOptions& options, const EventStore& store, FactStore& facts,
               const Arrival& arrival)
        : arrival_(arrival),
          event_(store.event()),
          kiosks_(store.kiosks()),
          facts_(facts),
          reader_(options, event_) {
        for (const Kiosk& kiosk : kiosks_) senders_.insert(kiosk.verify_key);
    }

    MergedFile merge(const std::filesystem::path& path) {
        MergedFile file{.name = path.string(), .report = {}, .fault = {}};
        try {
            if (is_bundle(path)) {
                const OpeningKey& key = reader_.key();
                file.report = merge_bundle(facts_, path, event_.event, keys_of(kiosks_), senders_,
                                           key, arrival_);
            } else {
                file.report = merge_journal(facts_, path, keys_of(kiosks_), arrival_);
            }
        } catch (const Fault& fault) {
            file.fault = fault;
        }
        return file;
    }

private:
    Arrival arrival_;
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
    out["unsigned"] = report.unsigned_facts.size();
    out["unproved"] = file.unproved;
    out["quarantined"] = file.quarantined;
    out["bad"] = report.bad;
    if (report.without_act) out["without_act"] = true;
    out["hash"] = to_hex(report.hash.bytes);
    if (report.trouble) out["trouble"] = *report.trouble;
    return out;
}

void print(const MergedFile& file) {
    const MergeReport& report = file.report;
    if (file.fault) return;
    std::cout << file.name << ": " << report.fresh << " new, " << report.known << " known, "
              << report.forked << " forked, " << report.bad << " bad";
    if (file.unproved > 0) std::cout << ", " << file.unproved << " not proved";
    if (file.quarantined > 0)
        std::cout << ", " << file.quarantined << " of them at times that cannot be";
    if (report.without_act) std::cout << ", exported without a record of it at the kiosk";
    std::cout << ", file " << to_hex(report.hash.bytes).substr(0, shown_digits) << '\n';
}

/// How many facts of each file are kept apart, now that all are there.
void count_apart(std::vector<MergedFile>& files, const FactStore& facts) {
    if (std::all_of(files.begin(), files.end(),
                    [](const MergedFile& file) { return file.report.unsigned_facts.empty(); }))
        return;
    std::unordered_map<Hash, bool> apart;  // whether in quarantine
    const EventWindow window = facts.window();
    facts.visit([&](const MergedFact& fact) {
        if (fact.belief == Belief::none)
            apart.emplace(fact.hash, !window.holds(order_of(fact.fact, fact.hash).at()));
    });
    for (MergedFile& file : files)
        for (const Hash& hash : file.report.unsigned_facts)
            if (const auto found = apart.find(hash); found != apart.end()) {
                ++file.unproved;
                file.quarantined += found->second ? 1U : 0U;
            }
}

void print_how_to_accept(const EventOptions& options, const Gathered& gathered) {
    std::size_t told = 0;
    for (const Incident& incident : gathered.incidents) {
        if (incident.kind != IncidentKind::unproved || ++told > most_told) continue;
        std::cerr << "hudoor: kiosk " << static_cast<int>(incident.facts.front().kiosk) << ", "
                  << incident.what << ". If you know where they come from:\n";
        for (const std::string& one : incident.to_accept)
            std::cerr << "  " << say_command(options, "merge --accept " + one + " --why TEXT")
                      << '\n';
    }
    if (told > most_told)
        std::cerr << "hudoor: and " << told - most_told
                  << (told - most_told == 1 ? " start" : " starts")
                  << " more; hudoor incidents tells of all\n";
}

void complain(const std::vector<MergedFile>& files) {
    for (const MergedFile& file : files) {
        if (file.fault) std::cerr << "hudoor: " << file.fault->what() << '\n';
        if (file.report.trouble)
            std::cerr << "hudoor: " << file.name << ": " << *file.report.trouble << '\n';
    }
}

/// What is wrong outweighs what could not be looked at.
ExitCode outcome(const std::vector<MergedFile>& files) {
    ExitCode result = ExitCode::done;
    for (const MergedFile& file : files) {
        if (file.report.trouble || file.unproved > 0) return ExitCode::bad_data;
        if (file.fault && result == ExitCode::done) result = file.fault->exit_code();
    }
    return result;
}

std::vector<Acceptance> read_acceptances(const MergeOptions& merge, const std::string& why) {
    std::vector<Acceptance> all;
    for (const std::string& text : merge.accept) {
        auto acceptance = parse_acceptance(text);
        if (!acceptance)
            throw Fault(
                ExitCode::usage,
                "--accept " + quote(text) + ": write it as merge printed it, KIOSK:EPOCH:SEQ:HASH");
        acceptance->why = why;
        all.push_back(std::move(*acceptance));
    }
    return all;
}

std::string read_why(const MergeOptions& merge) {
    if (merge.files.empty() && merge.accept.empty() && merge.undo.empty())
        throw Fault(ExitCode::usage, "Name files to merge, or say --accept or --undo");
    const bool needed = !merge.accept.empty() || !merge.undo.empty();
    if (!needed && !merge.why.empty())
        throw Fault(ExitCode::usage, "--why belongs to --accept or --undo");
    const auto clean = clean_text(merge.why);
    if (needed && (!clean || clean->text.empty()))
        throw Fault(ExitCode::usage, "--why must say why");
    return needed ? clean->text : std::string();
}

}  // namespace

ExitCode merge_files(const EventOptions& options, const MergeOptions& merge) {
    const std::string why = read_why(merge);
    const auto acceptances = read_acceptances(merge, why);
    const EventStore store(options.event);
    FactStore facts(options.event);
    const WallTime now = SystemClock().wall();
    std::vector<Source> undone;
    for (const std::string& one : merge.undo) undone.push_back(facts.undo(one, why));
    FileMerger merger(options, store, facts, {now, merge.again});
    std::vector<MergedFile> files;
    files.reserve(merge.files.size());
    for (const auto& path : merge.files) files.push_back(merger.merge(path));
    for (const Acceptance& one : acceptances) facts.accept(one, now);
    count_apart(files, facts);
    const Gathered gathered = gather(store, facts, now);
    const std::string digest = to_hex(facts.digest().bytes);
    complain(files);
    print_how_to_accept(options, gathered);
    if (merge.json) {
        nlohmann::ordered_json out{{"files", nlohmann::ordered_json::array()}};
        for (const MergedFile& file : files) out["files"].push_back(to_json(file));
        for (const Source& one : undone)
            out["undone"].push_back({{"file", one.name}, {"hash", to_hex(one.hash.bytes)}});
        if (!merge.accept.empty()) out["accepted"] = merge.accept;
        out["kiosks"] = kiosks_to_json(gathered, facts);
        out["facts"] = facts.count();
        out["digest"] = digest;
        out["incidents"] = incidents_to_json(gathered);
        std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    } else {
        for (const MergedFile& file : files) print(file);
        for (const Source& one : undone)
            std::cout << "Taken out: " << one.name << ", file "
                      << to_hex(one.hash.bytes).substr(0, shown_digits) << '\n';
        for (const std::string& one : merge.accept) std::cout << "Accepted: " << one << '\n';
        print_kiosks(gathered, facts);
        std::cout << "Facts: " << facts.count() << ", digest " << digest << '\n';
        print_incidents(gathered);
    }
    return outcome(files);
}

ExitCode show_incidents(const EventOptions& options, bool json) {
    const EventStore store(options.event);
    const FactStore facts(options.event);
    const Gathered gathered = gather(store, facts, SystemClock().wall());
    if (json)
        std::cout << incidents_to_json(gathered).dump() << '\n';
    else
        print_incidents(gathered);
    return ExitCode::done;
}

}  // namespace hudoor::organiser
