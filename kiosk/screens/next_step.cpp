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

Step times(const Painter& painter, const SessionWords& session) {
    return {session.room,
            painter.words("sign.times", {{"from", assets::time_of_day(session.starts)},
                                         {"to", assets::time_of_day(session.ends)}}),
            {},
            IconName::clock};
}

Step next_here(const Painter& painter, const SessionWords& session) {
    return {session.title,
            painter.words("door.next", {{"time", assets::time_of_day(session.starts)}}),
            {},
            IconName::clock};
}

Step help_desk(const Painter& painter) { return {painter.words("see.desk"), {}, {}}; }

}  // namespace

std::optional<Step> next_step(const Painter& painter, NextStep next, const Answer& answer) {
    switch (next) {
        case NextStep::nothing:
            return std::nullopt;
        case NextStep::seat:
            if (!answer.session) return std::nullopt;
            return seat(painter, *answer.session, answer.seat);
        case NextStep::see_usher:
            return see_usher(painter);
        case NextStep::right_room:
            return answer.instead ? other_room(painter, *answer.instead) : help_desk(painter);
        case NextStep::doors:
            return answer.session ? times(painter, *answer.session) : help_desk(painter);
        case NextStep::next_session:
            return answer.instead ? next_here(painter, *answer.instead) : help_desk(painter);
        case NextStep::help_desk:
            break;
    }
    return help_desk(painter);
}

}  // namespace hudoor::kiosk
