/// A kiosk's journal in a folder of its own, for tests: facts to put in, and ways to look at it.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "config/fault.hpp"
#include "storage/journal/journal.hpp"
#include "tests/support/manual_clock.hpp"

namespace hudoor::test {

inline constexpr storage::KioskId kiosk{3};

/// The same at every run, also in the other programs of these tests.
[[nodiscard]] inline storage::SigningKey kiosk_key() {
    return storage::SigningKey(storage::Secret<32>(storage::Bytes(32, 7)));
}

class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string pattern = (root() / "hudoor-facts-XXXXXX").string();
        ENSURE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

private:
    /// In memory where that is possible: what is synced is counted, not measured, and a process
    /// that is killed leaves its pages there as well.
    static std::filesystem::path root() {
        std::error_code error;
        const auto space = std::filesystem::space("/dev/shm", error);
        const bool is_roomy = !error && space.available >= (std::uintmax_t{64} << 20);
        return is_roomy ? "/dev/shm" : std::filesystem::temp_directory_path();
    }
    std::filesystem::path path_;
};

[[nodiscard]] inline storage::JournalOptions options_in(const std::filesystem::path& directory) {
    return {.directory = directory, .kiosk = kiosk, .kiosk_key = kiosk_key().verify_key()};
}

/// Makes the facts of one start: the hello first, then as many admitted as asked for.
class FactMaker {
public:
    explicit FactMaker(std::optional<storage::Head> parent = {},
                       storage::SigningKey key = kiosk_key())
        : key_(std::move(key)),
          chain_({.kiosk = kiosk, .place = storage::PlaceId{1}, .signing_key = &key_}, clock_,
                 parent) {}

    [[nodiscard]] std::vector<storage::StoredFact> make(std::size_t count,
                                                        std::size_t payload = 0) {
        std::vector<storage::StoredFact> facts;
        for (std::size_t i = 0; i < count; ++i) {
            storage::Fact fact;
            fact.kind =
                chain_.head().seq == 0 ? storage::FactKind::hello : storage::FactKind::admitted;
            fact.payload.resize(payload);
            facts.push_back(chain_.append(std::move(fact)));
            clock_.advance(std::chrono::seconds(1));
        }
        return facts;
    }
    [[nodiscard]] const storage::Head& head() const { return chain_.head(); }

private:
    ManualClock clock_;
    storage::SigningKey key_;
    storage::Chain chain_;
};

[[nodiscard]] inline std::vector<storage::StoredFact> facts_of(const storage::Journal& journal) {
    std::vector<storage::StoredFact> facts;
    journal.visit_facts([&](const storage::StoredFact& fact) { facts.push_back(fact); });
    return facts;
}

/// The fault that `work` ends in, if any.
template <typename Work>
[[nodiscard]] std::optional<Fault> fault_of(const Work& work) {
    try {
        work();
    } catch (const Fault& fault) {
        return fault;
    }
    return std::nullopt;
}

[[nodiscard]] inline bool says(const std::optional<Fault>& fault, const std::string& words) {
    return fault && std::string(fault->what()).find(words) != std::string::npos;
}

}  // namespace hudoor::test
