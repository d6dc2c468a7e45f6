// The files of a journal as a thief or a disk leaves them: raw pages, and a log before it is
// opened.
#include "storage/base/files.hpp"
#include "storage/journal/raw.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;
using namespace hudoor::storage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const TemporaryFolder folder(std::filesystem::temp_directory_path());
    static const JournalLock held(folder.path());
    const fuzz::MemoryFile file({data, size});
    fuzz::expect_fault_at_most([&] {
        visit_raw_facts(file.path(), fact_domain, [](StoredFact&& fact) {
            if (hash_fact(fact.encoding) != fact.hash) std::abort();
            return true;
        });
    });
    fuzz::expect_fault_at_most([&] { (void)goes_on_past_last_commit(held, file.path()); });
    return 0;
}
