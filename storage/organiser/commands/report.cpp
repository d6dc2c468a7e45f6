#include <iostream>

#include "assets/assets_dir.hpp"
#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/report/gathering.hpp"
#include "storage/organiser/report/page.hpp"
#include "storage/organiser/report/tables.hpp"

namespace hudoor::organiser {

using namespace storage;

ExitCode write_report(const EventOptions& options, const ReportOptions& report) {
    const EventStore store(options.event);
    const FactStore facts(options.event);
    const WallTime now = SystemClock().wall();
    const Gathered gathered = gather(store, facts, now);
    const ReportSources sources{gathered.event, gathered.kiosks, gathered.timeline,
                                gathered.people};
    const Report counted = make_report(sources, std::chrono::minutes(report.every));
    const auto assets_dir = assets::find_assets_dir();
    const assets::Catalogue catalogue(assets_dir);
    const ReportWords words(catalogue,
                            report.language == "ar" ? assets::Language::ar : assets::Language::en,
                            gathered.event.agenda.timezone);
    const std::string page =
        make_report_page(counted, sources, gathered.incidents, words, now, assets_dir);
    write_file(report.out, as_bytes(page), private_mode);
    std::cout << report.out.string();
    if (!report.workbook.empty() || !report.tables.empty()) {
        const auto tables = tables_of(counted, sources, gathered.incidents, words);
        if (!report.workbook.empty()) {
            write_workbook(tables, report.workbook, words);
            std::cout << ", " << report.workbook.string();
        }
        if (!report.tables.empty()) {
            write_csv_tables(tables, report.tables, words.timezone());
            std::cout << ", " << organiser::counted(tables.size(), "table") << " in "
                      << report.tables.string();
        }
    }
    std::cout << ": " << counted.totals.kiosks_heard << " of "
              << organiser::counted(static_cast<std::uint64_t>(counted.totals.kiosks), "kiosk")
              << " heard\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
