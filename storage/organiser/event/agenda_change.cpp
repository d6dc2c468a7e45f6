#include "storage/organiser/event/agenda_change.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

/// Old numbers of one kind to new ones.
template <typename Id>
using Numbers = std::map<Id, Id>;

template <typename Item>
auto renumber(std::vector<Item>& wanted, const std::vector<Item>& ever) {
    using Id = decltype(Item::id);
    Numbers<Id> numbers;
    int last = 0;
    for (const Item& item : ever) last = std::max(last, static_cast<int>(item.id));
    for (Item& item : wanted) {
        const auto known = std::find_if(ever.begin(), ever.end(),
                                        [&](const Item& one) { return one.code == item.code; });
        const Id id = known != ever.end() ? known->id : static_cast<Id>(++last);
        numbers[item.id] = id;
        item.id = id;
    }
    return numbers;
}

/// What one thing is, field by field, as a person reads it.
using Fields = std::map<std::string, std::string>;

void add_words(Fields& fields, const std::string& name, const Bilingual& words) {
    fields[name + ".ar"] = words.ar;
    fields[name + ".en"] = words.en;
}

template <typename Item, typename Id>
std::string code_of(const std::vector<Item>& items, Id id) {
    for (const Item& item : items)
        if (item.id == id) return item.code;
    return std::to_string(static_cast<int>(id));
}

template <typename Item, typename Id>
std::string codes_of(const std::vector<Item>& items, const std::vector<Id>& ids) {
    std::string codes;
    for (const Id id : ids) codes += (codes.empty() ? "" : " ") + code_of(items, id);
    return codes;
}

Fields fields_of(const Category& category, const Identity&) {
    std::array<char, 8> colour{};
    std::snprintf(colour.data(), colour.size(), "#%06X", category.colour_rgb & 0xFFFFFFU);
    Fields fields{{"colour", colour.data()}};
    add_words(fields, "name", category.name);
    return fields;
}

Fields fields_of(const Room& room, const Identity&) {
    Fields fields;
    add_words(fields, "name", room.name);
    return fields;
}

void add_way(Fields& fields, const std::string& name, Arrow arrow, const Bilingual& words) {
    static constexpr std::array arrows{"ahead", "ahead_right", "right", "back_right",
                                       "back",  "back_left",   "left",  "ahead_left"};
    fields[name] = arrows.at(static_cast<std::size_t>(arrow));
    add_words(fields, name, words);
}

Fields fields_of(const Place& place, const Identity& event) {
    static constexpr std::array directions{"entry", "exit", "both"};
    Fields fields{{"rooms", codes_of(event.agenda.rooms, place.rooms)},
                  {"direction", directions.at(static_cast<std::size_t>(place.direction))}};
    add_words(fields, "name", place.name);
    for (const Way& way : place.ways)
        add_way(fields, "way to " + code_of(event.agenda.rooms, way.to), way.arrow, way.words);
    return fields;
}

Fields fields_of(const HelpDesk& desk, const Identity& event) {
    Fields fields;
    add_words(fields, "words", desk.words);
    for (const HelpDesk::Way& way : desk.ways)
        add_way(fields, "way from " + code_of(event.agenda.places, way.from), way.arrow, way.words);
    return fields;
}

Fields fields_of(const Session& session, const Identity& event) {
    static constexpr std::array admits{"everyone", "registered", "categories"};
    static constexpr std::array reentries{"free", "once", "after_exit"};
    Fields fields{{"room", code_of(event.agenda.rooms, session.room)},
                  {"starts", show_time(session.starts, event.agenda.timezone)},
                  {"ends", show_time(session.ends, event.agenda.timezone)},
                  {"doors_minutes", std::to_string(session.doors.count())},
                  {"capacity", std::to_string(session.capacity)},
                  {"admits", session.admits == Admits::categories
                                 ? codes_of(event.categories, session.categories)
                                 : admits.at(static_cast<std::size_t>(session.admits))},
                  {"reentry", reentries.at(static_cast<std::size_t>(session.reentry))}};
    add_words(fields, "title", session.title);
    for (const auto& [place, seats] : session.quota)
        fields["quota " + code_of(event.agenda.places, place)] = std::to_string(seats);
    return fields;
}

Fields fields_of(const Identity& event) {
    Fields fields{{"timezone", event.agenda.timezone},
                  {"first_day", write_day(event.first_day)},
                  {"last_day", write_day(event.last_day)},
                  {"day_starts", show_time(WallTime(event.agenda.day_starts), "UTC").substr(11)},
                  {"badge_days_after", std::to_string(event.badge_days_after.count())}};
    add_words(fields, "name", event.event_name);
    return fields;
}

void compare_fields(const std::string& what, const Fields& before, Fields after,
                    std::vector<AgendaChange>& changes) {
    for (const auto& [field, value] : before) {
        const std::string now = after[field];  // empty: no longer there
        if (now != value) changes.push_back({ChangeKind::changed, what, field, value, now});
        after.erase(field);
    }
    for (const auto& [field, value] : after)
        if (!value.empty()) changes.push_back({ChangeKind::changed, what, field, {}, value});
}

/// One kind of thing in both events.
struct Both {
    const Identity& before;
    const Identity& after;
    std::vector<AgendaChange>& changes;

    template <typename Item>
    void compare(const std::string& kind, const std::vector<Item>& was,
                 const std::vector<Item>& is) const {
        const auto find = [](const std::vector<Item>& items, const Item& wanted) {
            return std::find_if(items.begin(), items.end(),
                                [&](const Item& one) { return one.id == wanted.id; });
        };
        for (const Item& item : is) {
            const auto old = find(was, item);
            if (old == was.end())
                changes.push_back({ChangeKind::added, kind + item.code, {}, {}, {}});
            else
                compare_fields(kind + item.code, fields_of(*old, before), fields_of(item, after),
                               changes);
        }
        for (const Item& item : was)
            if (find(is, item) == is.end())
                changes.push_back({ChangeKind::removed, kind + item.code, {}, {}, {}});
    }
};

}  // namespace

Identity with_numbers_of(Identity wanted, const Identity& ever) {
    const auto categories = renumber(wanted.categories, ever.categories);
    const auto rooms = renumber(wanted.agenda.rooms, ever.agenda.rooms);
    const auto places = renumber(wanted.agenda.places, ever.agenda.places);
    renumber(wanted.agenda.sessions, ever.agenda.sessions);
    for (Place& place : wanted.agenda.places) {
        for (RoomId& room : place.rooms) room = rooms.at(room);
        for (Way& way : place.ways) way.to = rooms.at(way.to);
    }
    for (HelpDesk::Way& way : wanted.agenda.help_desk.ways) way.from = places.at(way.from);
    for (Session& session : wanted.agenda.sessions) {
        session.room = rooms.at(session.room);
        for (CategoryId& category : session.categories) category = categories.at(category);
        std::map<PlaceId, std::uint32_t> quota;
        for (const auto& [place, seats] : session.quota) quota[places.at(place)] = seats;
        session.quota = std::move(quota);
    }
    return wanted;
}

std::vector<AgendaChange> compare_agendas(const Identity& before, const Identity& after) {
    std::vector<AgendaChange> changes;
    compare_fields("event", fields_of(before), fields_of(after), changes);
    const Both both{before, after, changes};
    both.compare("category ", before.categories, after.categories);
    both.compare("room ", before.agenda.rooms, after.agenda.rooms);
    both.compare("place ", before.agenda.places, after.agenda.places);
    compare_fields("helpdesk", fields_of(before.agenda.help_desk, before),
                   fields_of(after.agenda.help_desk, after), changes);
    both.compare("session ", before.agenda.sessions, after.agenda.sessions);
    return changes;
}

}  // namespace hudoor::organiser
