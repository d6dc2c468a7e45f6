/// A registration as the door knows it: what a kiosk needs and nothing more (no e-mail, phone,
/// passport, diet).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "storage/base/ids.hpp"
#include "storage/guests/agenda.hpp"

namespace hudoor::storage {

enum class RegistrationStatus : std::uint8_t {
    confirmed = 0,
    pending = 1,
    cancelled = 2,
    blocked = 3
};

/// Where somebody's validity begins or ends: with a day of the event, at a time on it, or nowhere.
struct ValidityLimit {
    std::optional<std::chrono::sys_days> day;
    std::optional<WallTime> time;  ///< then the day only says to programs of before where it lies

    ValidityLimit() = default;
    ValidityLimit(std::chrono::sys_days whole_day) : day(whole_day) {}
    ValidityLimit(WallTime at, const Agenda& agenda) : day(event_day(at, agenda)), time(at) {}
    [[nodiscard]] explicit operator bool() const { return day.has_value(); }
    bool operator==(const ValidityLimit&) const = default;
};

struct Registration {
    RegistrationId id;
    Bilingual name;
    Bilingual organisation;
    std::string country;  ///< ISO 3166 alpha-2, or empty
    CategoryId category{};
    std::vector<SessionId> sessions;  ///< registered for
    std::string seat;
    ValidityLimit valid_from;
    ValidityLimit valid_until;  ///< the whole day, or the whole minute
    RegistrationStatus status = RegistrationStatus::confirmed;
    bool attention = false;
    Bilingual usher_note;     ///< what the attention is about; ushers only
    bool discreet = false;    ///< name never on a public screen
    BadgeNumber badge;        ///< zero: carries an imported code only
    std::uint8_t issue = 0;   ///< newest issue known to the organiser
    CodeHash code;            ///< zero: none
    std::string external_id;  ///< attendee_id of the list; stands on the badge
    std::string delegation;
};

/// Which texts a list may write into a column of text.
enum class Text : std::uint8_t { free, identifier, country, code };

/// A column of registrations, as all know it that store, list, compare or wipe them.
struct Column {
    const char* name;           ///< in event.db and in the replica
    std::string_view listed{};  ///< its name in lists; empty: none sets it
    bool personal = false;      ///< a purge wipes it
    bool unique = false;        ///< no two people have the same; nothing is NULL
    Text text = Text::free;
};

template <typename One>
concept DoorRegistration = std::is_same_v<const One, const Registration>;

/// Calls `io` with each column and its fields of the registrations given, in a fixed order. A new
/// column is a field above and a line here; README.md tells it to those who make lists.
template <typename Io, DoorRegistration... Registrations>
void visit_columns(Io&& io, Registrations&... r) {
    constexpr auto listed = [](const char* name) { return Column{.name = name, .listed = name}; };
    constexpr auto personal = [](const char* name) {
        return Column{.name = name, .listed = name, .personal = true};
    };
    io(Column{.name = "id", .unique = true}, r.id...);
    io(personal("name_ar"), r.name.ar...);
    io(personal("name_en"), r.name.en...);
    io(personal("organisation_ar"), r.organisation.ar...);
    io(personal("organisation_en"), r.organisation.en...);
    io(Column{.name = "country", .listed = "country", .text = Text::country}, r.country...);
    io(listed("category"), r.category...);
    io(listed("sessions"), r.sessions...);
    io(personal("seat"), r.seat...);
    io(listed("valid_from"), r.valid_from...);
    io(listed("valid_until"), r.valid_until...);
    io(listed("status"), r.status...);
    io(listed("attention"), r.attention...);
    io(personal("usher_note_ar"), r.usher_note.ar...);
    io(personal("usher_note_en"), r.usher_note.en...);
    io(listed("discreet"), r.discreet...);
    io(Column{.name = "badge", .unique = true}, r.badge...);
    io(Column{.name = "issue"}, r.issue...);
    io(Column{.name = "code", .personal = true, .unique = true}, r.code...);
    io(Column{.name = "external_id",
              .listed = "attendee_id",
              .unique = true,
              .text = Text::identifier},
       r.external_id...);
    io(personal("delegation"), r.delegation...);
    io(Column{.name = "valid_from_ms"}, r.valid_from.time...);
    io(Column{.name = "valid_until_ms"}, r.valid_until.time...);
}

/// Whether they are valid at that time, or will be, or were.
[[nodiscard]] bool has_begun(const ValidityLimit& from, WallTime now, const Agenda& agenda);
[[nodiscard]] bool has_ended(const ValidityLimit& until, WallTime now, const Agenda& agenda);
/// Then nobody could ever be valid.
[[nodiscard]] bool ends_before(const ValidityLimit& until, const ValidityLimit& from,
                               const Agenda& agenda);

enum class UsherRole : std::uint8_t { usher = 1, supervisor = 2 };

struct Usher {
    UsherNumber number{};
    UsherRole role = UsherRole::usher;
    std::string name;
    std::string pin_hash;  ///< crypto_pwhash_str, Argon2id
    BadgeNumber badge;     ///< staff badge, or zero
};

}  // namespace hudoor::storage
