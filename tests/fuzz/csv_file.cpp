// A list of registrations from anybody, CSV or a workbook: reading, guessing its system, planning
// the import.
#include "storage/organiser/lists/plan.hpp"
#include "storage/organiser/lists/preset.hpp"
#include "storage/organiser/lists/translate.hpp"
#include "storage/organiser/sheets/list_file.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const test::EventFixture event;
    const fuzz::MemoryFile file({data, size});
    fuzz::expect_fault_at_most([&] {
        const organiser::ListFile list = organiser::open_list(file.path());
        if (list.rows.empty()) return;
        const std::size_t header = organiser::find_header(list.rows, nullptr);
        const auto& preset = organiser::guess_preset(list.rows[header]);
        organiser::ImportOptions options;
        options.now = test::dubai(4, 9, 0);
        const auto report =
            organiser::plan_import(organiser::translate_list(list.rows, preset, header), "list.csv",
                                   event.identity, {}, options);
        for (const auto& row : report.rows)
            if ((row.result == organiser::RowResult::refused) == row.refusals.empty()) std::abort();
    });
    return 0;
}
