/// The words for ushers about a scan or a person found, and others that several pages share.
#pragma once

#include "kiosk/usher/pages/sheet.hpp"

namespace hudoor::kiosk {

/// The id of an override's reason.
[[nodiscard]] std::string_view override_id(storage::Override reason);
/// "Usher 07", "Supervisor 12".
[[nodiscard]] Said usher_words(const Sheet& sheet, storage::UsherNumber number, bool supervisor);
/// Whose panel it is.
[[nodiscard]] Said usher_words(const Sheet& sheet);

/// The name in a row, or that the person is unknown.
[[nodiscard]] Said row_name(const Sheet& sheet, const ScanRow& row);
/// The outcome of the scan with its reason, also where the public screen keeps the reason back.
[[nodiscard]] Said row_words(const Sheet& sheet, const ScanRow& row);
/// The same of somebody found by name.
[[nodiscard]] Said person_words(const Sheet& sheet, const PersonRow& person);
/// A refusal's reason in its colour, everything else in the second ink.
[[nodiscard]] Type reason_type(const Sheet& sheet, storage::VerdictKind kind, double cap_mm);

/// "Opening ceremony, Hall A" and "Hall A, 09:30 – 10:30".
[[nodiscard]] Said title_and_room(const Sheet& sheet, const SessionWords& session);
[[nodiscard]] Said room_and_hours(const Sheet& sheet, const SessionWords& session);

/// Of words that name a time, those without and with {day}.
struct WhenWords {
    std::string_view today;
    std::string_view another_day;
};
[[nodiscard]] Said say_when(Sheet& sheet, const WhenWords& words, const When& when);

/// How many of the event's kiosks a count or a list is of.
[[nodiscard]] Said say_cover(const Sheet& sheet, int heard, int kiosks);

/// The button at the end of a row, if it offers anything. `solid_admit`: admitting is the next
/// thing to do.
void draw_offer(Sheet& sheet, RowOffer offer, std::optional<std::chrono::seconds> undo_left,
                const Box& box, int row, bool solid_admit);

}  // namespace hudoor::kiosk
