#include "kiosk/usher/pages/usher_words.hpp"

#include <array>
#include <cstdio>

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using storage::Reason;
using storage::VerdictKind;

/// The words of a refusal, by reason; what the public is not told is told here.
std::string_view reason_id(Reason reason) {
    switch (reason) {
        case Reason::bad_signature:
        case Reason::unknown_key:
        case Reason::key_revoked:
            return "no.verify";
        case Reason::wrong_event:
            return "no.event";
        case Reason::badge_expired:
            return "no.expired";
        case Reason::revoked:
            return "no.revoked";
        case Reason::not_on_list:
        case Reason::unknown_code:
            return "row.not_list";
        case Reason::badge_replaced:
            return "no.replaced";
        case Reason::cancelled:
            return "no.cancelled";
        case Reason::blocked:
            return "row.blocked";
        case Reason::pending:
            return "see.pending";
        case Reason::not_valid_today:
            return "row.not_today";
        case Reason::no_session_here:
            return "door.none";
        case Reason::wrong_session:
            return "row.not_in";
        case Reason::too_early:
            return "no.early";
        case Reason::session_over:
            return "no.ended";
        case Reason::attention:
            return "row.note";
        case Reason::session_full:
            return "see.full";
        case Reason::refused_by_list:
            return "row.refused_by_list";
        case Reason::guessable_code:
            return "row.guessable";
        case Reason::signature_only:
            return "row.signature";
        case Reason::already_in:
            return "row.again";
        case Reason::ok:
        case Reason::none:
            break;
    }
    return {};
}

Said reason_words(const Sheet& sheet, Reason reason, std::optional<std::chrono::minutes> since) {
    const auto id = reason == Reason::already_in && !since ? "again.word" : reason_id(reason);
    if (id.empty()) return {};
    return sheet.say(id, {{"time", since ? assets::time_of_day(*since) : std::string()}});
}

std::string usher_code(storage::UsherNumber usher) {
    std::array<char, 8> code{};
    std::snprintf(code.data(), code.size(), "%02d", static_cast<int>(usher));
    return code.data();
}

}  // namespace

std::string_view override_id(storage::Override reason) {
    constexpr std::array<std::string_view, 9> ids{
        "",          "over.speaker", "over.vip",   "over.forgot", "over.reprint",
        "over.late", "over.changed", "over.fault", "over.other"};
    return ids.at(static_cast<std::size_t>(reason));
}

Said usher_words(const Sheet& sheet, storage::UsherNumber number, bool supervisor) {
    return sheet.say(supervisor ? "home.supervisor" : "home.usher", {{"code", usher_code(number)}});
}

Said usher_words(const Sheet& sheet) {
    return usher_words(sheet, sheet.view().usher, sheet.view().supervisor);
}

Said row_name(const Sheet& sheet, const ScanRow& row) {
    const Said name = sheet.of(row.name);
    return name.text.empty() ? sheet.say(row.guest ? "guest.title" : "row.unknown") : name;
}

Said row_words(const Sheet& sheet, const ScanRow& row) {
    if (row.undone) return sheet.say("row.undone");
    if (row.withdrawn) return sheet.say("row.withdrawn");
    if (row.override_reason != storage::Override::none)
        return sheet.say("row.override",
                         {{"reason", sheet.say(override_id(row.override_reason)).text}});
    if (row.left && row.verdict == VerdictKind::admitted) return sheet.say("door.out");
    const Said reason = reason_words(sheet, row.reason, row.since);
    return reason.text.empty() ? sheet.of(row.category) : reason;
}

Said person_words(const Sheet& sheet, const PersonRow& person) {
    if (person.inside_since)
        return sheet.say("search.inside", {{"time", assets::time_of_day(*person.inside_since)}});
    const Said reason = reason_words(sheet, person.reason, person.since);
    return reason.text.empty() || person.verdict == VerdictKind::admitted
               ? sheet.say("search.not_yet")
               : reason;
}

Type reason_type(const Sheet& sheet, VerdictKind kind, double cap_mm) {
    const bool refused = kind == VerdictKind::refused;
    return {cap_mm, refused, refused ? sheet.colours().wrong : sheet.colours().ink2};
}

Said title_and_room(const Sheet& sheet, const SessionWords& session) {
    return sheet.list(sheet.of(session.title), sheet.of(session.room));
}

Said room_and_hours(const Sheet& sheet, const SessionWords& session) {
    const auto from = assets::time_of_day(session.starts), to = assets::time_of_day(session.ends);
    return sheet.say("sign.span",
                     {{"room", sheet.of(session.room).text}, {"from", from}, {"to", to}});
}

Said say_when(Sheet& sheet, const WhenWords& words, const When& when) {
    const std::string time = assets::time_of_day(when.of_day);
    if (!when.day) return sheet.say(words.today, {{"time", time}});
    return sheet.say(words.another_day,
                     {{"day", sheet.of(sheet.painter().day(*when.day)).text}, {"time", time}});
}

Said say_cover(const Sheet& sheet, int heard, int kiosks) {
    if (heard <= 1) return sheet.say("evac.alone");
    return sheet.say("evac.cover", {{"a", std::to_string(heard)}, {"n", std::to_string(kiosks)}});
}

void draw_offer(Sheet& sheet, RowOffer offer, std::optional<std::chrono::seconds> undo_left,
                const Box& box, int row, bool solid_admit) {
    Button button("row " + std::to_string(row), {}, {PanelAct::row, row});
    switch (offer) {
        case RowOffer::none:
            return;
        case RowOffer::admit:
            button.words = sheet.say("btn.admit");
            if (solid_admit) button.look = Button::Look::solid;
            break;
        case RowOffer::approval:
            button.words = sheet.say("role.approval");
            break;
        case RowOffer::check_in:
            button.words = sheet.say("btn.checkin");
            button.icon = IconName::tick;
            button.look = Button::Look::solid;
            break;
        case RowOffer::undo:
            button.words = sheet.say("btn.undo");
            if (undo_left)
                button.words = Sheet::with(button.words, assets::minutes_and_seconds(*undo_left));
            button.icon = IconName::undo;
            break;
        case RowOffer::restore:
            button.words = sheet.say("btn.restore");
            button.icon = IconName::swap;
            break;
        case RowOffer::search:
            button.words = sheet.say("btn.search");
            button.icon = IconName::search;
            break;
    }
    sheet.button(button, box);
}

}  // namespace hudoor::kiosk
