#include <iostream>
#include <nlohmann/json.hpp>

#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/event_store.hpp"
#include "storage/organiser/event_time.hpp"
#include "storage/organiser/journal_copy.hpp"

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

FindKioskKey keys_of(const std::vector<Kiosk>& kiosks) {
    return [&kiosks](KioskId id) -> std::optional<VerifyKey> {
        for (const Kiosk& kiosk : kiosks)
            if (kiosk.id == id) return kiosk.verify_key;
        return std::nullopt;
    };
}

std::string name_of_kiosk(const std::vector<Kiosk>& kiosks, KioskId id) {
    for (const Kiosk& kiosk : kiosks)
        if (kiosk.id == id) return kiosk.name;
    return {};
}

VerifiedFile look_at(const std::filesystem::path& path, const FindKioskKey& find_key) {
    VerifiedFile file{path.string(), {}, {}, false};
    try {
        file.report = check_journal(path, find_key);
    } catch (const Fault& fault) {
        file.fault = fault;
    }
    return file;
}

bool is_whole(const VerifiedFile& file) { return !file.fault && !file.report.trouble; }

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

std::string hex_of(Epoch epoch) {
    ByteWriter out;
    out.u32(static_cast<std::uint32_t>(epoch));
    return to_hex(out.bytes());
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

void print_text(const VerifiedFile& file, const std::vector<Kiosk>& kiosks, const std::string& timezone) {
    const FactsReport& report = file.report;
    if (!is_whole(file)) return;
    std::cout << file.name << ": ";
    if (!report.head) {
        std::cout << "no facts, end not confirmed\n";
        return;
    }
    std::cout << "kiosk " << static_cast<int>(*report.kiosk) << ", " << name_of_kiosk(kiosks, *report.kiosk)
              << ", epochs " << report.epochs.size() << ", facts " << report.facts << ", "
              << show_time(report.first, timezone) << " to " << show_time(report.last, timezone)
              << ", head " << hex_of(report.head->epoch) << ' ' << report.head->seq << ' '
              << to_hex(report.head->hash.bytes) << ", end "
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
    const std::vector<Kiosk> kiosks = store.kiosks();
    const std::string timezone = store.event().agenda.timezone;
    std::vector<VerifiedFile> files;
    for (const auto& path : verify.files) files.push_back(look_at(path, keys_of(kiosks)));
    compare(files);
    for (const VerifiedFile& file : files) {
        if (verify.json)
            std::cout << to_json(file, kiosks).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                      << '\n';
        else
            print_text(file, kiosks, timezone);
        if (file.fault) std::cerr << "hudoor: " << file.fault->what() << '\n';
        if (file.report.trouble) std::cerr << "hudoor: " << file.name << ": " << *file.report.trouble << '\n';
    }
    return outcome(files);
}

}  // namespace hudoor::organiser
