// A list of registrations from anybody: reading, guessing its system, planning the import.
#include "storage/organiser/lists/plan.hpp"
#include "storage/organiser/lists/preset.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const test::EventFixture event;
    const fuzz::MemoryFile file({data, size});
    fuzz::expect_fault_at_most([&] {
        organiser::CsvFile list = organiser::open_csv(file.path());
        if (list.rows.empty()) return;
        const auto preset = organiser::guess_preset(list.rows.front());
        const auto report =
            organiser::plan_import(organiser::translate_list(std::move(list.rows), preset),
                                   "list.csv", event.identity, {}, {{}, test::dubai(4, 9, 0)});
        for (const auto& row : report.rows)
            if ((row.result == organiser::RowResult::refused) == row.refusals.empty()) std::abort();
    });
    return 0;
}
