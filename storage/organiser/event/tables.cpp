#include "storage/organiser/event/tables.hpp"

#include <algorithm>
#include <set>

#include "config/fault.hpp"
#include "storage/badge/guessing.hpp"
#include "storage/organiser/event/rows.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

void insert_place(Database& db, const Place& place) {
    db.prepare("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,0)")
        .run(place.id, place.code, place.name.ar, place.name.en, place.direction);
    for (const RoomId room : place.rooms)
        db.prepare("INSERT INTO place_room VALUES (?,?)").run(place.id, room);
    for (const Way& way : place.ways)
        db.prepare("INSERT INTO way VALUES (?,?,?,?,?)")
            .run(place.id, way.to, way.arrow, way.words.ar, way.words.en);
}

void insert_help_desk(Database& db, const HelpDesk& desk) {
    if (desk.empty()) return;
    db.prepare("INSERT INTO help_desk VALUES (1,?,?)").run(desk.words.ar, desk.words.en);
    for (const HelpDesk::Way& way : desk.ways)
        db.prepare("INSERT INTO help_desk_way VALUES (?,?,?,?)")
            .run(way.from, way.arrow, way.words.ar, way.words.en);
}

void insert_session(Database& db, const Session& session) {
    db.prepare("INSERT OR REPLACE INTO session VALUES (?,?,?,?,?,?,?,?,?,?,?,0)")
        .run(session.id, session.code, session.title.ar, session.title.en, session.room,
             session.starts.time_since_epoch().count(), session.ends.time_since_epoch().count(),
             session.doors.count(), session.capacity, session.admits, session.reentry);
    for (const auto& [place, seats] : session.quota)
        db.prepare("INSERT INTO session_quota VALUES (?,?,?)").run(session.id, place, seats);
    for (const CategoryId category : session.categories)
        db.prepare("INSERT INTO session_category VALUES (?,?)").run(session.id, category);
}

/// The shape that covers every code the delegates already carry.
std::optional<CodeShape> shape_of(const std::vector<std::string>& codes) {
    if (codes.empty()) return std::nullopt;
    const auto [shortest, longest] =
        std::minmax_element(codes.begin(), codes.end(),
                            [](const auto& a, const auto& b) { return a.size() < b.size(); });
    CodeShape shape;
    shape.min_length = static_cast<std::uint16_t>(shortest->size());
    shape.max_length = static_cast<std::uint16_t>(longest->size());
    shape.prefix = codes.front();
    std::set<char> alphabet;
    for (const std::string& code : codes) {
        const auto differs =
            std::mismatch(shape.prefix.begin(), shape.prefix.end(), code.begin(), code.end());
        shape.prefix.erase(differs.first, shape.prefix.end());
        alphabet.insert(code.begin(), code.end());
    }
    // One code alone is no pattern.
    if (codes.size() == 1) shape.prefix.clear();
    shape.alphabet.assign(alphabet.begin(), alphabet.end());
    shape.guessable = guessing_bits(codes) < fewest_bits;
    return shape;
}

void read_head(const Database& db, Identity& event) {
    auto row = db.prepare(
        "SELECT number, demo, name_ar, name_en, timezone, first_day, last_day,"
        " organiser, organiser_seal, day_starts_minutes, badge_days_after FROM event");
    if (!row.step())
        throw Fault(ExitCode::bad_data, "event.db names no event; take a backup of it");
    event.event = row.as<EventNumber>(0);
    event.demo = row.integer(1) != 0;
    event.event_name = words_in(row, 2);
    event.agenda.timezone = row.text(4);
    event.first_day = day_in(row, 5);
    event.last_day = day_in(row, 6);
    event.organiser = key_in(row, 7);
    event.organiser_seal = key_in(row, 8);
    event.agenda.day_starts = bounded<std::chrono::minutes>(row.integer(9));
    event.badge_days_after = bounded<std::chrono::days>(row.integer(10));
}

void read_known_events(const Database& db, Identity& event) {
    auto rows = db.prepare("SELECT number, name_ar, name_en FROM known_event ORDER BY number");
    auto keys = db.prepare("SELECT key FROM known_event_key WHERE event = ? ORDER BY key");
    while (rows.step()) {
        KnownEvent known{rows.as<EventNumber>(0), words_in(rows, 1), {}};
        keys.bind(known.number);
        while (keys.step()) known.badge_keys.push_back(key_in(keys, 0));
        event.known_events.push_back(std::move(known));
    }
}

std::vector<std::string> imported_codes(const Database& db) {
    std::vector<std::string> codes;
    auto rows =
        db.prepare("SELECT imported_code FROM registration WHERE imported_code IS NOT NULL");
    while (rows.step()) codes.push_back(rows.text(0));
    return codes;
}

void read_rooms(const Database& db, Agenda& agenda, bool with_past) {
    auto rows =
        db.prepare("SELECT id, code, name_ar, name_en FROM room WHERE gone <= ? ORDER BY id");
    rows.bind(with_past);
    while (rows.step())
        agenda.rooms.push_back({rows.as<RoomId>(0), rows.text(1), words_in(rows, 2)});
}

void read_places(const Database& db, Agenda& agenda, bool with_past) {
    auto rows = db.prepare(
        "SELECT id, code, name_ar, name_en, direction FROM place WHERE gone <= ? ORDER BY id");
    rows.bind(with_past);
    auto rooms = db.prepare("SELECT room FROM place_room WHERE place = ? ORDER BY rowid");
    auto ways = db.prepare(
        "SELECT room, arrow, words_ar, words_en FROM way WHERE place = ? ORDER BY rowid");
    while (rows.step()) {
        Place place{rows.as<PlaceId>(0),        rows.text(1),
                    words_in(rows, 2),          {},
                    rows.as<PlaceDirection>(4), {}};
        rooms.bind(place.id);
        while (rooms.step()) place.rooms.push_back(rooms.as<RoomId>(0));
        ways.bind(place.id);
        while (ways.step())
            place.ways.push_back({ways.as<RoomId>(0), ways.as<Arrow>(1), words_in(ways, 2)});
        agenda.places.push_back(std::move(place));
    }
}

void read_help_desk(const Database& db, HelpDesk& desk) {
    auto row = db.prepare("SELECT words_ar, words_en FROM help_desk");
    if (row.step()) desk.words = words_in(row, 0);
    auto ways =
        db.prepare("SELECT place, arrow, words_ar, words_en FROM help_desk_way ORDER BY place");
    while (ways.step())
        desk.ways.push_back({ways.as<PlaceId>(0), ways.as<Arrow>(1), words_in(ways, 2)});
}

void read_sessions(const Database& db, Agenda& agenda, bool with_past) {
    auto rows = db.prepare(
        "SELECT id, code, title_ar, title_en, room, starts_ms, ends_ms,"
        " doors_minutes, capacity, admits, reentry FROM session WHERE gone <= ? ORDER BY id");
    rows.bind(with_past);
    auto quota = db.prepare("SELECT place, seats FROM session_quota WHERE session = ?");
    auto categories =
        db.prepare("SELECT category FROM session_category WHERE session = ? ORDER BY rowid");
    while (rows.step()) {
        Session session{rows.as<SessionId>(0),
                        rows.text(1),
                        words_in(rows, 2),
                        rows.as<RoomId>(4),
                        time_in(rows, 5),
                        time_in(rows, 6),
                        bounded<std::chrono::minutes>(rows.integer(7)),
                        rows.as<std::uint32_t>(8),
                        {},
                        rows.as<Admits>(9),
                        {},
                        rows.as<Reentry>(10)};
        quota.bind(session.id);
        while (quota.step()) session.quota[quota.as<PlaceId>(0)] = quota.as<std::uint32_t>(1);
        categories.bind(session.id);
        while (categories.step()) session.categories.push_back(categories.as<CategoryId>(0));
        agenda.sessions.push_back(std::move(session));
    }
}

}  // namespace

void insert_event(Database& db, const Identity& event) {
    db.prepare(
          "INSERT INTO event (only, number, demo, name_ar, name_en, timezone, first_day, last_day,"
          " organiser, organiser_seal, day_starts_minutes, badge_days_after)"
          " VALUES (1,?,?,?,?,?,?,?,?,?,?,?)")
        .run(event.event, event.demo, event.event_name.ar, event.event_name.en,
             event.agenda.timezone, day_number(event.first_day), day_number(event.last_day),
             event.organiser, event.organiser_seal, event.agenda.day_starts.count(),
             event.badge_days_after.count());
    for (const BadgeKey& key : event.badge_keys)
        db.prepare("INSERT INTO badge_key VALUES (?,?,?)").run(key.id, key.key, key.revoked);
    for (const KnownEvent& known : event.known_events) {
        db.prepare("INSERT INTO known_event VALUES (?,?,?)")
            .run(known.number, known.name.ar, known.name.en);
        for (const VerifyKey& key : known.badge_keys)
            db.prepare("INSERT OR IGNORE INTO known_event_key VALUES (?,?)").run(known.number, key);
    }
}

void write_agenda(Database& db, const Identity& event) {
    db.execute(
        "UPDATE category SET gone = 1; UPDATE room SET gone = 1; UPDATE place SET gone = 1;"
        "UPDATE session SET gone = 1; DELETE FROM place_room; DELETE FROM way;"
        "DELETE FROM session_quota; DELETE FROM session_category;"
        "DELETE FROM help_desk; DELETE FROM help_desk_way;");
    for (const Category& category : event.categories)
        db.prepare("INSERT OR REPLACE INTO category VALUES (?,?,?,?,?,0)")
            .run(category.id, category.code, category.name.ar, category.name.en,
                 category.colour_rgb);
    for (const Room& room : event.agenda.rooms)
        db.prepare("INSERT OR REPLACE INTO room VALUES (?,?,?,?,0)")
            .run(room.id, room.code, room.name.ar, room.name.en);
    for (const Place& place : event.agenda.places) insert_place(db, place);
    insert_help_desk(db, event.agenda.help_desk);
    for (const Session& session : event.agenda.sessions) insert_session(db, session);
    db.execute(
        "DELETE FROM registration_session WHERE session IN (SELECT id FROM session WHERE gone = 1)");
}

Identity read_event(const Database& db, bool with_past) {
    Identity event;
    read_head(db, event);
    read_known_events(db, event);
    auto keys = db.prepare("SELECT id, key, revoked FROM badge_key ORDER BY id");
    while (keys.step())
        event.badge_keys.push_back(
            {keys.as<std::uint8_t>(0), key_in(keys, 1), keys.integer(2) != 0});
    auto rows = db.prepare(
        "SELECT id, code, name_ar, name_en, colour FROM category WHERE gone <= ? ORDER BY id");
    rows.bind(with_past);
    while (rows.step())
        event.categories.push_back(
            {rows.as<CategoryId>(0), rows.text(1), words_in(rows, 2), rows.as<std::uint32_t>(4)});
    if (auto shape = shape_of(imported_codes(db))) {
        const std::string cut = db.value("SELECT code_cut FROM event");
        if (!cut.empty()) shape->cut_at = cut.front();
        event.code_shapes.push_back(std::move(*shape));
    }
    read_rooms(db, event.agenda, with_past);
    read_places(db, event.agenda, with_past);
    read_help_desk(db, event.agenda.help_desk);
    read_sessions(db, event.agenda, with_past);
    return event;
}

}  // namespace hudoor::organiser
