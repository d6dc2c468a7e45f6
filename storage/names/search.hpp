/// Finds people by what stands on their badges, as ushers type it: any part of a name, in either
/// script, in any spelling, words in any order; organisation, delegation, country; the attendee id,
/// and the code under the QR by its beginning. Immutable once made; searched from any thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/guests/registration.hpp"

namespace hudoor::storage {

/// A name to be found, and whose it is.
struct NamedPerson {
    RegistrationId id;
    Bilingual name;
    Bilingual organisation{};
    std::string country{};  ///< ISO 3166 alpha-2, or empty; found by its name in both languages
    std::string delegation{};
    std::string external_id{};  ///< as on the badge, or empty
    BadgeNumber badge{};        ///< zero: none; found by its typed code
};

struct NameMatch {
    RegistrationId id;
    double score = 0;    ///< more is nearer; 1 a word that is there as typed
    bool group = false;  ///< every word is in organisation, delegation or country, none in the name
};

class NameSearch {
public:
    explicit NameSearch(std::span<const NamedPerson> people);
    ~NameSearch();

    /// The nearest first, at most `most`. Of several words one may be missing, unless it has a
    /// digit: a number is there or not, but never nearly. What is not long enough finds nobody, but
    /// an id as it stands, and whom it begins a word or an id of, if those are some dozens.
    [[nodiscard]] std::vector<NameMatch> find(std::string_view typed, std::size_t most) const;

    /// Two Arabic letters or three of another script, all words together: less finds everybody.
    [[nodiscard]] static bool is_long_enough(std::string_view typed);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
