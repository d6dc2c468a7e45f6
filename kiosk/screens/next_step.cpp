#include "kiosk/screens/next_step.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using storage::Bilingual;

Bilingual way(const Painter& painter, const SessionWords& session) {
    return session.way ? session.way->words : painter.words("dir.ahead");
}

storage::Arrow arrow(const SessionWords& session) {
    return session.way ? session.way->arrow : storage::Arrow::ahead;
}

Bilingual room_and_way(const Painter& painter, const SessionWords& session) {
    const auto ways = way(painter, session);
    const auto in = [&](assets::Language language, const std::string& room,
                        const std::string& along) {
        return painter.catalogue().text("next.room_way", language,
                                        {{"room", room}, {"way", along}});
    };
    return {in(assets::Language::ar, session.room.ar, ways.ar),
            in(assets::Language::en, session.room.en, ways.en)};
}

/// The room, then the way. Without a way the room is this one: straight on.
Step room(const Painter& painter, const SessionWords& session) {
    return {session.room, way(painter, session), arrow(session)};
}

Step seat(const Painter& painter, const SessionWords& session, const std::string& code) {
    if (code.empty()) return room(painter, session);
    return {painter.words("next.seat", {{"code", code}}), room_and_way(painter, session),
            arrow(session)};
}

Step see_usher(const Painter& painter) {
    const auto text = painter.words("again.next");
    const auto ar = assets::split_at_comma(text.ar), en = assets::split_at_comma(text.en);
    return {{ar.first, en.first}, {ar.second, en.second}, {}};
}

/// Without a known way no arrow: a wrong one sends people astray.
Step other_room(const Painter& painter, const SessionWords& session) {
    if (session.way) return room(painter, session);
    return {session.room, painter.words("no.other_room"), {}, IconName::swap};
}

Step this_session(const Painter& painter, const SessionWords& session) {
    const auto from = assets::time_of_day(session.starts), to = assets::time_of_day(session.ends);
    const auto in = [&](assets::Language language, const std::string& room) {
        return painter.catalogue().text("sign.span", language,
                                        {{"room", room}, {"from", from}, {"to", to}});
    };
    return {session.title,
            {in(assets::Language::ar, session.room.ar), in(assets::Language::en, session.room.en)},
            {},
            IconName::clock};
}

/// When it starts: by the words without or with its day.
Bilingual starts(const Painter& painter, const SessionWords& session, std::string_view today,
                 std::string_view another_day) {
    const std::string time = assets::time_of_day(session.starts);
    if (!session.day) return painter.words(today, {{"time", time}});
    const Bilingual day = painter.day(*session.day);
    const auto in = [&](assets::Language language, const std::string& own) {
        return painter.catalogue().text(another_day, language, {{"day", own}, {"time", time}});
    };
    return {in(assets::Language::ar, day.ar), in(assets::Language::en, day.en)};
}

Step next_here(const Painter& painter, const SessionWords& session) {
    return {
        session.title, starts(painter, session, "door.next", "door.next_day"), {}, IconName::clock};
}

/// No arrow: its hall may be the very one they are not let into now.
Step later_room(const Painter& painter, const SessionWords& session) {
    return {starts(painter, session, "when.today", "when.day"), session.room, {}, IconName::clock};
}

Step help_desk(const Painter& painter, const HelpDeskWords& desk) {
    return {painter.words("see.desk"), desk.words, desk.arrow};
}

/// What the step needs is not there, so it leads to the help desk.
bool lacks_session(NextStep next, const Answer& answer) {
    if (next == NextStep::doors) return !answer.session;
    const bool leads_elsewhere = next == NextStep::right_room || next == NextStep::later_room ||
                                 next == NextStep::next_session;
    return leads_elsewhere && !answer.instead;
}

}  // namespace

std::optional<Step> next_step(const Painter& painter, NextStep next, const Answer& answer) {
    if (lacks_session(next, answer)) next = NextStep::help_desk;
    switch (next) {
        case NextStep::nothing:
            return std::nullopt;
        case NextStep::seat:
            if (!answer.session) return std::nullopt;
            return seat(painter, *answer.session, answer.seat);
        case NextStep::see_usher:
            return see_usher(painter);
        case NextStep::right_room:
            return other_room(painter, *answer.instead);
        case NextStep::later_room:
            return later_room(painter, *answer.instead);
        case NextStep::doors:
            return this_session(painter, *answer.session);
        case NextStep::next_session:
            return next_here(painter, *answer.instead);
        case NextStep::help_desk:
            break;
    }
    return help_desk(painter, answer.help_desk);
}

std::optional<Step> way_to_desk(const Painter& painter, NextStep next, const Answer& answer) {
    const bool there = next == NextStep::help_desk || lacks_session(next, answer);
    const auto& [words, arrow] = answer.help_desk;
    const bool known = arrow || words != Bilingual{};
    if (there || !known || next == NextStep::nothing || next == NextStep::seat) return std::nullopt;
    const auto in = [&](assets::Language language, const std::string& way) {
        return painter.catalogue().text("see.desk_way", language, {{"way", way}});
    };
    return Step{
        {in(assets::Language::ar, words.ar), in(assets::Language::en, words.en)}, {}, arrow};
}

}  // namespace hudoor::kiosk
