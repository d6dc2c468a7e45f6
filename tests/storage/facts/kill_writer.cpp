/// Appends facts to the journal in DIR for ever and prints "EPOCH SEQ" of each after it is durable,
/// for a test that kills it: `kill_writer DIR`.
#include <unistd.h>

#include <cstdio>

#include "config/clock.hpp"
#include "storage/journal/salvage.hpp"
#include "storage/keep/keeper.hpp"
#include "tests/storage/facts/journal_fixture.hpp"

namespace {

using namespace hudoor;

void say(const storage::Fact& fact) {
    char line[64];
    const int size =
        std::snprintf(line, sizeof line, "%u %llu\n", static_cast<unsigned>(fact.epoch),
                      static_cast<unsigned long long>(fact.seq));
    ENSURE(::write(STDOUT_FILENO, line, static_cast<std::size_t>(size)) == size);
}

[[noreturn]] void write_for_ever(const std::filesystem::path& directory) {
    std::optional<storage::Head> parent;
    storage::Keeper keeper([&] {
        auto journal = storage::open_or_salvage(test::options_in(directory)).journal;
        parent = journal->head();
        return journal;
    });
    const SystemClock clock;
    const storage::SigningKey key = test::kiosk_key();
    storage::Chain chain({.kiosk = test::kiosk, .signing_key = &key}, clock, parent);
    for (storage::FactKind kind = storage::FactKind::hello;; kind = storage::FactKind::admitted) {
        storage::Fact fact;
        fact.kind = kind;
        const storage::StoredFact stored = chain.append(std::move(fact));
        ENSURE(keeper.submit(stored).get().durable);
        say(stored.fact);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return static_cast<int>(ExitCode::usage);
    storage::init_crypto();
    write_for_ever(argv[1]);
}
