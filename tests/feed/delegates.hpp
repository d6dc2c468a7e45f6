/// Invented delegates for the demo event, composed from the lists in assets/demo so that the Arabic
/// and the Latin name say the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace hudoor::feed {

/// A word in both scripts, and the group of countries it belongs to.
struct Word {
    std::string group;
    std::string en;
    std::string ar;
};

struct Country {
    std::string code;    ///< ISO 3166 alpha-2
    std::size_t weight;  ///< how many delegates come from here, against the others
    std::string given;   ///< group of given names
    std::string family;  ///< group of family names
    Word name;
};

struct NameLists {
    std::vector<Country> countries;
    std::vector<Word> given_names;
    std::vector<Word> family_names;
    std::vector<Word> organisation_kinds;  ///< "Ministry of {}"
    std::vector<Word> organisation_fields;
};

/// Reads the lists. Throws Fault(no_input) or Fault(bad_data) naming file and line.
[[nodiscard]] NameLists load_name_lists(const std::filesystem::path& directory);

/// One row of our own import columns; what is left out is empty in the file.
struct Delegate {
    std::string attendee_id;
    Word name;
    Word organisation;
    std::string country;
    std::string delegation;
    std::string category;
    std::string sessions;
    std::string seat;
    std::string status;
    std::string attention;
    Word usher_note;
    std::string discreet;
};

struct DelegateOptions {
    std::size_t count = 2000;
    std::uint64_t seed = 1;
    std::string main_session = "opening";       ///< most are registered for it
    std::string parallel_session = "workshop";  ///< the others: at the same time in another room
    /// About half of all for each.
    std::vector<std::string> later_sessions{"energy-panel", "day-two", "health-panel"};
};

/// Pure: the same lists and options give the same delegates.
[[nodiscard]] std::vector<Delegate> invent_delegates(const NameLists& lists,
                                                     const DelegateOptions& options);

void write_delegates(const std::vector<Delegate>& delegates, std::ostream& out);

}  // namespace hudoor::feed
