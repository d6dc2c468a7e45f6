/// A folder of a test's own with an event in it, and the program hudoor run there.
#pragma once

#include <filesystem>
#include <string>

#include "config/fault.hpp"
#include "storage/organiser/event/keys.hpp"
#include "storage/organiser/event/store.hpp"

namespace hudoor::test {

inline constexpr std::string_view passphrase = "three camels at noon";

/// Removed with everything in it at the end.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        return folder_ / name;
    }
    /// Writes a file here and gives its path.
    std::filesystem::path write(const std::string& name, std::string_view content) const;
    [[nodiscard]] std::string read(const std::string& name) const;

private:
    std::filesystem::path folder_;
};

struct Finished {
    int exit_code = 0;
    std::string output;  ///< both streams

    [[nodiscard]] bool says(const std::string& part) const {
        return output.find(part) != std::string::npos;
    }
};

/// Runs `command` in the scratch folder; "hudoor" in it is our program. Standard input is empty.
[[nodiscard]] Finished run(const Scratch& scratch, const std::string& command);

/// The demo event made in path("event"), its passphrase in the file "passphrase", its
/// name in "event-name".
struct DemoEvent {
    Scratch scratch;

    DemoEvent();
    [[nodiscard]] organiser::EventStore open() const {
        return organiser::EventStore(scratch.path("event"));
    }
    [[nodiscard]] organiser::EventKeys keys() const;
    /// hudoor with --event and --passphrase-file.
    [[nodiscard]] Finished hudoor(const std::string& arguments) const;
    /// Writes it as list.csv and applies it; it must be taken.
    void import(std::string_view csv) const;
};

/// The exit code of the Fault that `act` throws; done if it throws none.
template <typename Act>
[[nodiscard]] ExitCode fault_of(const Act& act) {
    try {
        act();
    } catch (const Fault& fault) {
        return fault.exit_code();
    }
    return ExitCode::done;
}

/// What the Fault that `act` throws says; empty if it throws none.
template <typename Act>
[[nodiscard]] std::string sentence_of(const Act& act) {
    try {
        act();
    } catch (const Fault& fault) {
        return fault.what();
    }
    return {};
}

}  // namespace hudoor::test
