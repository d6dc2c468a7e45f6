/// Finds people by name as ushers type it: any part, in either script, in any spelling, words in
/// any order. Immutable once made; searched from any thread.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "storage/guests/registration.hpp"

namespace hudoor::storage {

/// A name to be found, and whose it is.
struct NamedPerson {
    RegistrationId id;
    Bilingual name;
};

struct NameMatch {
    RegistrationId id;
    double score = 0;  ///< more is nearer; 1 a word that is there as typed
};

class NameSearch {
public:
    explicit NameSearch(std::span<const NamedPerson> people);
    ~NameSearch();

    /// The nearest first, at most `most`. Of several words one may be missing; one alone that is
    /// too short finds nobody.
    [[nodiscard]] std::vector<NameMatch> find(std::string_view typed, std::size_t most) const;

    /// Two Arabic letters or three of another script: less finds everybody.
    [[nodiscard]] static bool is_long_enough(std::string_view typed);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
