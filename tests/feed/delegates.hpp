/// Invented delegates for the demo event, composed from the lists in assets/demo so that the Arabic
/// and the Latin name say the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace hudoor::feed {

/// A word in both scripts.
struct Word {
    std::string en;
    std::string ar;
};

/// A given or a family name of a group of countries.
struct NamePart {
    std::string group;
    bool of_women = false;  ///< given names only
    Word word;
    std::string own;  ///< as its bearers write it, where that is neither Latin nor Arabic
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
    std::vector<NamePart> given_names;
    std::vector<NamePart> family_names;
    std::vector<Word> organisation_kinds;  ///< "Ministry of {}"
    std::vector<Word> organisation_fields;
};

/// Reads the lists. Throws Fault(no_input) or Fault(bad_data) naming file and line.
[[nodiscard]] NameLists load_name_lists(const std::filesystem::path& directory);

/// Given names of women, in every script of the lists: tells the feed whom to draw.
[[nodiscard]] std::set<std::string> womens_names(const NameLists& lists);

/// One row of our own import columns; what is left out is empty in the file.
struct Delegate {
    std::string attendee_id;
    Word name;  ///< a few have one in a single script
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
