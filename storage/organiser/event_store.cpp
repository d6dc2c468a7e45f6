#include "storage/organiser/event_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "config/fault.hpp"
#include "storage/organiser/event_schema.hpp"
#include "storage/sqlite.hpp"

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;
using std::chrono::sys_days;

namespace {

constexpr const char* file_name = "event.db";

constexpr std::string_view registration_columns =
    "SELECT number, id, external_id, name_ar, name_en, organisation_ar, organisation_en, country,"
    " delegation, category, seat, valid_from, valid_until, status, attention, usher_note_ar,"
    " usher_note_en, discreet, badge, issue, badge_valid_until, imported_code, code_hash"
    " FROM registration ";

constexpr std::string_view upsert_registration =
    "INSERT INTO registration (id, external_id, revision, name_ar, name_en, organisation_ar,"
    " organisation_en, country, delegation, category, seat, valid_from, valid_until, status, attention,"
    " usher_note_ar, usher_note_en, discreet, badge, issue, badge_valid_until, imported_code, code_hash)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
    " ON CONFLICT (external_id) DO UPDATE SET revision = excluded.revision,"
    " name_ar = excluded.name_ar, name_en = excluded.name_en,"
    " organisation_ar = excluded.organisation_ar, organisation_en = excluded.organisation_en,"
    " country = excluded.country, delegation = excluded.delegation, category = excluded.category,"
    " seat = excluded.seat, valid_from = excluded.valid_from, valid_until = excluded.valid_until,"
    " status = excluded.status, attention = excluded.attention,"
    " usher_note_ar = excluded.usher_note_ar, usher_note_en = excluded.usher_note_en,"
    " discreet = excluded.discreet, badge = excluded.badge, issue = excluded.issue,"
    " badge_valid_until = excluded.badge_valid_until, imported_code = excluded.imported_code,"
    " code_hash = excluded.code_hash"
    " RETURNING number";

std::int64_t day_number(sys_days day) { return day.time_since_epoch().count(); }

std::optional<std::int64_t> day_number(const std::optional<sys_days>& day) {
    if (!day) return std::nullopt;
    return day_number(*day);
}

sys_days day_in(const Statement& row, int column) {
    return sys_days(std::chrono::days(row.integer(column)));
}

std::optional<sys_days> optional_day_in(const Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return day_in(row, column);
}

template <typename Id>
std::optional<Id> unless_zero(const Id& id) {
    return id.is_zero() ? std::nullopt : std::optional<Id>(id);
}

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

std::array<std::uint8_t, 32> key_in(const Statement& row, int column) {
    return row.id<Hash>(column).bytes;
}

WallTime time_in(const Statement& row, int column) {
    return WallTime(std::chrono::milliseconds(row.integer(column)));
}

std::optional<WallTime> optional_time_in(const Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return time_in(row, column);
}

std::optional<std::int64_t> to_ms(const std::optional<WallTime>& time) {
    if (!time) return std::nullopt;
    return time->time_since_epoch().count();
}

Bilingual words_in(const Statement& row, int column) { return {row.text(column), row.text(column + 1)}; }

OrganiserRegistration registration_in(const Statement& row) {
    OrganiserRegistration found;
    Registration& door = found.door;
    door.id = row.id<RegistrationId>(1);
    found.external_id = row.text(2);
    door.name = words_in(row, 3);
    door.organisation = words_in(row, 5);
    door.country = row.text(7);
    found.delegation = row.text(8);
    door.category = row.as<CategoryId>(9);
    door.seat = row.text(10);
    door.valid_from = optional_day_in(row, 11);
    door.valid_until = optional_day_in(row, 12);
    door.status = row.as<RegistrationStatus>(13);
    door.attention = row.integer(14) != 0;
    door.usher_note = words_in(row, 15);
    door.discreet = row.integer(17) != 0;
    door.badge = row.id<BadgeNumber>(18);
    door.issue = row.as<std::uint8_t>(19);
    found.badge_valid_until = day_in(row, 20);
    found.imported_code = row.text(21);
    door.code = row.id<CodeHash>(22);
    return found;
}

/// The shape that covers every code the delegates already carry.
std::optional<CodeShape> shape_of(const std::vector<std::string>& codes) {
    if (codes.empty()) return std::nullopt;
    const auto [shortest, longest] = std::minmax_element(
        codes.begin(), codes.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    CodeShape shape;
    shape.min_length = static_cast<std::uint16_t>(shortest->size());
    shape.max_length = static_cast<std::uint16_t>(longest->size());
    shape.prefix = codes.front();
    std::set<char> alphabet;
    for (const std::string& code : codes) {
        const auto differs = std::mismatch(shape.prefix.begin(), shape.prefix.end(), code.begin(), code.end());
        shape.prefix.erase(differs.first, shape.prefix.end());
        alphabet.insert(code.begin(), code.end());
    }
    // One code alone is no pattern.
    if (codes.size() == 1) shape.prefix.clear();
    shape.alphabet.assign(alphabet.begin(), alphabet.end());
    return shape;
}

void insert_event(Database& db, const Identity& event) {
    db.prepare("INSERT INTO event (only, number, demo, name_ar, name_en, timezone, first_day, last_day,"
               " organiser, organiser_seal) VALUES (1,?,?,?,?,?,?,?,?,?)")
        .run(event.event, event.demo, event.event_name.ar, event.event_name.en, event.agenda.timezone,
             day_number(event.first_day), day_number(event.last_day), event.organiser,
             event.organiser_seal);
    for (const BadgeKey& key : event.badge_keys)
        db.prepare("INSERT INTO badge_key VALUES (?,?,?)").run(key.id, key.key, key.revoked);
}

void insert_place(Database& db, const Place& place) {
    db.prepare("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,0)")
        .run(place.id, place.code, place.name.ar, place.name.en, place.direction);
    for (const RoomId room : place.rooms)
        db.prepare("INSERT INTO place_room VALUES (?,?)").run(place.id, room);
    for (const Way& way : place.ways)
        db.prepare("INSERT INTO way VALUES (?,?,?,?,?)")
            .run(place.id, way.to, way.arrow, way.words.ar, way.words.en);
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

/// In place of what there is; what goes keeps its number and code.
void write_agenda(Database& db, const Identity& event) {
    db.execute("UPDATE category SET gone = 1; UPDATE room SET gone = 1; UPDATE place SET gone = 1;"
               "UPDATE session SET gone = 1; DELETE FROM place_room; DELETE FROM way;"
               "DELETE FROM session_quota; DELETE FROM session_category;");
    for (const Category& category : event.categories)
        db.prepare("INSERT OR REPLACE INTO category VALUES (?,?,?,?,?,0)")
            .run(category.id, category.code, category.name.ar, category.name.en, category.colour_rgb);
    for (const Room& room : event.agenda.rooms)
        db.prepare("INSERT OR REPLACE INTO room VALUES (?,?,?,?,0)")
            .run(room.id, room.code, room.name.ar, room.name.en);
    for (const Place& place : event.agenda.places) insert_place(db, place);
    for (const Session& session : event.agenda.sessions) insert_session(db, session);
    db.execute("DELETE FROM registration_session WHERE session IN (SELECT id FROM session WHERE gone = 1)");
}

void insert_kiosk(Database& db, const Kiosk& kiosk) {
    db.prepare("INSERT INTO kiosk VALUES (?,?,?,?,?,?)")
        .run(kiosk.id, kiosk.name, kiosk.place, kiosk.verify_key, kiosk.seal_key, to_ms(kiosk.disabled));
}

void set_up(Database& db) {
    db.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;"
               "PRAGMA busy_timeout = 2000;");
}

void create_private_file(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) throw Fault(ExitCode::cannot_create, "Cannot create " + file.string());
    ::close(descriptor);
}

}  // namespace

class EventStore::Impl {
public:
    explicit Impl(const fs::path& file) : db_(file) { set_up(db_); }

    void check_schema(const fs::path& file) {
        if (db_.value("PRAGMA application_id") == std::to_string(application_id) && db_.value("PRAGMA user_version") == "2") {
            Transaction transaction(db_);
            db_.execute(upgrade_from_2);
            transaction.commit();
        }
        if (db_.value("PRAGMA application_id") != std::to_string(application_id) ||
            db_.value("PRAGMA user_version") != std::to_string(schema_version))
            throw Fault(ExitCode::bad_data, file.string() + " is not an event of this version of hudoor");
        if (db_.value("PRAGMA quick_check(1)") != "ok")
            throw Fault(ExitCode::bad_data, file.string() + " is damaged; take a backup of it");
    }

    /// `with_past`: what the event file no longer has, too.
    [[nodiscard]] Identity event(bool with_past) const {
        Identity event;
        read_event(event);
        auto keys = db_.prepare("SELECT id, key, revoked FROM badge_key ORDER BY id");
        while (keys.step())
            event.badge_keys.push_back({keys.as<std::uint8_t>(0), key_in(keys, 1), keys.integer(2) != 0});
        auto rows = db_.prepare("SELECT id, code, name_ar, name_en, colour FROM category WHERE gone <= ? ORDER BY id");
        rows.bind(with_past);
        while (rows.step())
            event.categories.push_back({rows.as<CategoryId>(0), rows.text(1), words_in(rows, 2),
                                        rows.as<std::uint32_t>(4)});
        if (auto shape = shape_of(imported_codes())) {
            const std::string cut = db_.value("SELECT code_cut FROM event");
            if (!cut.empty()) shape->cut_at = cut.front();
            event.code_shapes.push_back(std::move(*shape));
        }
        read_rooms(event.agenda, with_past);
        read_places(event.agenda, with_past);
        read_sessions(event.agenda, with_past);
        return event;
    }

    /// Those with this external id, or all.
    [[nodiscard]] std::vector<OrganiserRegistration> registrations(
        const std::optional<std::string>& external_id) const {
        std::vector<OrganiserRegistration> found;
        std::unordered_map<std::int64_t, std::size_t> position;
        auto rows = db_.prepare(std::string(registration_columns) +
                                (external_id ? "WHERE external_id = ?" : "ORDER BY number"));
        external_id ? rows.bind(*external_id) : rows.bind();
        while (rows.step()) {
            position[rows.integer(0)] = found.size();
            found.push_back(registration_in(rows));
        }
        const auto one = found.size() == 1 ? position.begin()->first : std::int64_t{0};
        add_details(found, position, one);
        return found;
    }

    Database& db() { return db_; }
    [[nodiscard]] const Database& db() const { return db_; }

    void note(const Change& change) {
        db_.prepare("INSERT INTO history (at_ms, what) VALUES (?,?)")
            .run(change.at.time_since_epoch().count(), change.what);
    }

    /// `set`: which column becomes what; ?2 is the value.
    template <typename... Values>
    void change_usher(const std::string& set, UsherNumber number, const Change& change, const Values&... value) {
        Transaction transaction(db_);
        auto row = db_.prepare("UPDATE usher SET " + set + " WHERE number = ?1 AND enabled = 1 RETURNING number");
        if (!row.bind(number, value...).step())
            throw Fault(ExitCode::no_input, "There is no usher " + std::to_string(static_cast<int>(number)));
        row.reset();
        db_.execute("UPDATE event SET revision = revision + 1");
        note(change);
        transaction.commit();
    }

private:
    void read_event(Identity& event) const {
        auto row = db_.prepare("SELECT number, demo, name_ar, name_en, timezone, first_day, last_day,"
                               " organiser, organiser_seal FROM event");
        if (!row.step()) throw Fault(ExitCode::bad_data, "event.db names no event; take a backup of it");
        event.event = row.as<EventNumber>(0);
        event.demo = row.integer(1) != 0;
        event.event_name = words_in(row, 2);
        event.agenda.timezone = row.text(4);
        event.first_day = day_in(row, 5);
        event.last_day = day_in(row, 6);
        event.organiser = key_in(row, 7);
        event.organiser_seal = key_in(row, 8);
    }

    [[nodiscard]] std::vector<std::string> imported_codes() const {
        std::vector<std::string> codes;
        auto rows = db_.prepare("SELECT imported_code FROM registration WHERE imported_code IS NOT NULL");
        while (rows.step()) codes.push_back(rows.text(0));
        return codes;
    }

    void read_rooms(Agenda& agenda, bool with_past) const {
        auto rows = db_.prepare("SELECT id, code, name_ar, name_en FROM room WHERE gone <= ? ORDER BY id");
        rows.bind(with_past);
        while (rows.step())
            agenda.rooms.push_back({rows.as<RoomId>(0), rows.text(1), words_in(rows, 2)});
    }

    void read_places(Agenda& agenda, bool with_past) const {
        auto rows = db_.prepare("SELECT id, code, name_ar, name_en, direction FROM place WHERE gone <= ? ORDER BY id");
        rows.bind(with_past);
        auto rooms = db_.prepare("SELECT room FROM place_room WHERE place = ? ORDER BY rowid");
        auto ways = db_.prepare("SELECT room, arrow, words_ar, words_en FROM way WHERE place = ? ORDER BY rowid");
        while (rows.step()) {
            Place place{rows.as<PlaceId>(0), rows.text(1), words_in(rows, 2), {}, rows.as<PlaceDirection>(4), {}};
            rooms.bind(place.id);
            while (rooms.step()) place.rooms.push_back(rooms.as<RoomId>(0));
            ways.bind(place.id);
            while (ways.step())
                place.ways.push_back({ways.as<RoomId>(0), ways.as<Arrow>(1), words_in(ways, 2)});
            agenda.places.push_back(std::move(place));
        }
    }

    void read_sessions(Agenda& agenda, bool with_past) const {
        auto rows = db_.prepare("SELECT id, code, title_ar, title_en, room, starts_ms, ends_ms,"
                                " doors_minutes, capacity, admits, reentry FROM session WHERE gone <= ? ORDER BY id");
        rows.bind(with_past);
        auto quota = db_.prepare("SELECT place, seats FROM session_quota WHERE session = ?");
        auto categories = db_.prepare("SELECT category FROM session_category WHERE session = ? ORDER BY rowid");
        while (rows.step()) {
            Session session{rows.as<SessionId>(0), rows.text(1), words_in(rows, 2), rows.as<RoomId>(4),
                            time_in(rows, 5), time_in(rows, 6), std::chrono::minutes(rows.integer(7)),
                            rows.as<std::uint32_t>(8), {}, rows.as<Admits>(9), {}, rows.as<Reentry>(10)};
            quota.bind(session.id);
            while (quota.step()) session.quota[quota.as<PlaceId>(0)] = quota.as<std::uint32_t>(1);
            categories.bind(session.id);
            while (categories.step()) session.categories.push_back(categories.as<CategoryId>(0));
            agenda.sessions.push_back(std::move(session));
        }
    }

    /// Sessions and kept columns of those found; `only` is the number of a single one, else 0.
    void add_details(std::vector<OrganiserRegistration>& found,
                     const std::unordered_map<std::int64_t, std::size_t>& position,
                     std::int64_t only) const {
        auto sessions = db_.prepare("SELECT registration, session FROM registration_session"
                                    " WHERE ?1 = 0 OR registration = ?1 ORDER BY registration, session");
        sessions.bind(only);
        while (sessions.step())
            if (const auto at = position.find(sessions.integer(0)); at != position.end())
                found[at->second].door.sessions.push_back(sessions.as<SessionId>(1));
        auto kept = db_.prepare("SELECT registration, name, value FROM registration_kept"
                                " WHERE ?1 = 0 OR registration = ?1");
        kept.bind(only);
        while (kept.step())
            if (const auto at = position.find(kept.integer(0)); at != position.end())
                found[at->second].kept[kept.text(1)] = kept.text(2);
    }

    Database db_;
};

EventStore::EventStore(const fs::path& directory) {
    const fs::path file = directory / file_name;
    if (!fs::exists(file))
        throw Fault(ExitCode::no_input, "There is no event in " + directory.string() +
                                            "; name its folder by --event or make one by hudoor new");
    impl_ = std::make_unique<Impl>(file);
    impl_->check_schema(file);
}
EventStore::~EventStore() = default;
EventStore::EventStore(EventStore&&) noexcept = default;

void EventStore::create(const fs::path& directory, const Identity& event) {
    const fs::path file = directory / file_name;
    if (fs::exists(file))
        throw Fault(ExitCode::cannot_create, file.string() + " exists; take another folder");
    const fs::path draft = directory / "event.db.new";
    fs::remove(draft);
    create_private_file(draft);
    try {
        Database db(draft);
        set_up(db);
        Transaction transaction(db);
        db.execute(schema);
        db.execute(("PRAGMA application_id = " + std::to_string(application_id) +
                    "; PRAGMA user_version = " + std::to_string(schema_version)).c_str());
        insert_event(db, event);
        write_agenda(db, event);
        transaction.commit();
    } catch (...) {
        fs::remove(draft);
        throw;
    }
    fs::rename(draft, file);
}

Identity EventStore::event() const { return impl_->event(false); }

Identity EventStore::event_with_past() const { return impl_->event(true); }

void EventStore::set_agenda(const Identity& event, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    db.prepare("UPDATE event SET name_ar = ?, name_en = ?, timezone = ?, first_day = ?, last_day = ?,"
               " revision = revision + 1")
        .run(event.event_name.ar, event.event_name.en, event.agenda.timezone, day_number(event.first_day),
             day_number(event.last_day));
    write_agenda(db, event);
    impl_->note(change);
    transaction.commit();
}

PurgeCounts EventStore::purge(const Change& change) {
    Database& db = impl_->db();
    db.execute("PRAGMA secure_delete = ON");
    PurgeCounts counts;
    {
        Transaction transaction(db);
        const auto count = [&db](const char* sql) { return std::stoull(db.value(sql)); };
        counts.registrations = count("SELECT count(*) FROM registration");
        counts.kept_values = count("SELECT count(*) FROM registration_kept");
        counts.ushers = count("SELECT count(*) FROM usher");
        counts.history = count("SELECT count(*) FROM history");
        db.execute("UPDATE registration SET external_id = 'purged-' || number, name_ar = '', name_en = '',"
                   " organisation_ar = '', organisation_en = '', delegation = '', seat = '', usher_note_ar = '',"
                   " usher_note_en = '', imported_code = NULL, code_hash = NULL;"
                   "DELETE FROM registration_kept; DELETE FROM history;"
                   "UPDATE usher SET name = '', pin_hash = '', badge = NULL, enabled = 0;"
                   "UPDATE event SET revision = revision + 1;");
        impl_->note(change);
        transaction.commit();
    }
    db.execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    return counts;
}

std::vector<OrganiserRegistration> EventStore::registrations() const { return impl_->registrations({}); }

std::optional<OrganiserRegistration> EventStore::find(const std::string& external_id) const {
    auto found = impl_->registrations(external_id);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Usher> EventStore::ushers() const {
    std::vector<Usher> ushers;
    auto rows = impl_->db().prepare("SELECT number, role, name, pin_hash, badge FROM usher WHERE enabled = 1"
                                    " ORDER BY number");
    while (rows.step())
        ushers.push_back({rows.as<UsherNumber>(0), rows.as<UsherRole>(1), rows.text(2), rows.text(3),
                          rows.id<BadgeNumber>(4)});
    return ushers;
}

std::vector<Kiosk> EventStore::kiosks() const {
    std::vector<Kiosk> kiosks;
    auto rows = impl_->db().prepare("SELECT id, name, place, verify_key, seal_key, disabled_ms FROM kiosk ORDER BY id");
    while (rows.step())
        kiosks.push_back({rows.as<KioskId>(0), rows.text(1), rows.as<PlaceId>(2), key_in(rows, 3),
                          key_in(rows, 4), optional_time_in(rows, 5)});
    return kiosks;
}

RevocationList EventStore::revocations() const {
    RevocationList list;
    list.number = std::stoull(impl_->db().value("SELECT revocations FROM event"));
    auto rows = impl_->db().prepare("SELECT badge, issue FROM revocation");
    while (rows.step()) list.badges[rows.id<BadgeNumber>(0)] = rows.as<std::uint8_t>(1);
    return list;
}

std::vector<Revocation> EventStore::revocation_times() const {
    std::vector<Revocation> all;
    auto rows = impl_->db().prepare("SELECT badge, issue, at_ms FROM revocation");
    while (rows.step())
        all.push_back({rows.id<BadgeNumber>(0), rows.as<std::uint8_t>(1), time_in(rows, 2)});
    return all;
}

std::uint64_t EventStore::revision() const {
    return std::stoull(impl_->db().value("SELECT revision FROM event"));
}

void EventStore::save(std::span<const OrganiserRegistration> registrations, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    db.execute("UPDATE event SET revision = revision + 1");
    const std::uint64_t now = revision();
    auto upsert = db.prepare(upsert_registration);
    auto forget_sessions = db.prepare("DELETE FROM registration_session WHERE registration = ?");
    auto forget_kept = db.prepare("DELETE FROM registration_kept WHERE registration = ?");
    auto add_session = db.prepare("INSERT INTO registration_session VALUES (?,?)");
    auto add_kept = db.prepare("INSERT INTO registration_kept VALUES (?,?,?)");
    for (const OrganiserRegistration& one : registrations) {
        const Registration& door = one.door;
        upsert.bind(door.id, one.external_id, now, door.name.ar, door.name.en, door.organisation.ar,
                    door.organisation.en, door.country, one.delegation, door.category, door.seat,
                    day_number(door.valid_from), day_number(door.valid_until), door.status,
                    door.attention, door.usher_note.ar, door.usher_note.en, door.discreet,
                    unless_zero(door.badge), door.issue, day_number(one.badge_valid_until),
                    unless_empty(one.imported_code), unless_zero(door.code));
        ENSURE(upsert.step());
        const std::int64_t number = upsert.integer(0);
        ENSURE(!upsert.step());
        forget_sessions.run(number);
        for (const SessionId session : door.sessions) add_session.run(number, session);
        forget_kept.run(number);
        for (const auto& [name, value] : one.kept) add_kept.run(number, name, value);
    }
    impl_->note(change);
    transaction.commit();
}

void EventStore::set_code_cut(char sign) {
    impl_->db().prepare("UPDATE event SET code_cut = ?").run(sign == 0 ? std::string() : std::string(1, sign));
}

void EventStore::revoke(BadgeNumber badge, std::uint8_t issue, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    db.execute("UPDATE event SET revocations = revocations + 1");
    db.prepare("INSERT INTO revocation VALUES (?,?,?)"
               " ON CONFLICT (badge) DO UPDATE SET issue = max(issue, excluded.issue)")
        .run(badge, issue, change.at.time_since_epoch().count());
    impl_->note(change);
    transaction.commit();
}

KioskId EventStore::next_kiosk(const std::string& name) const {
    auto taken = impl_->db().prepare("SELECT 1 FROM kiosk WHERE name = ?");
    if (taken.bind(name).step())
        throw Fault(ExitCode::bad_data, "There is a kiosk named " + name + "; take another name");
    return next_kiosk();
}

KioskId EventStore::next_kiosk() const {
    const int next = std::stoi(impl_->db().value("SELECT ifnull(max(id), 0) + 1 FROM kiosk"));
    if (next > 0xFFFF) throw Fault(ExitCode::bad_data, "This event has all the kiosks it can have");
    return static_cast<KioskId>(next);
}

void EventStore::add_badge_key(const BadgeKey& key, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    db.prepare("INSERT INTO badge_key VALUES (?,?,?)").run(key.id, key.key, key.revoked);
    db.execute("UPDATE event SET revision = revision + 1");
    impl_->note(change);
    transaction.commit();
}

void EventStore::revoke_badge_key(std::uint8_t id, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    auto row = db.prepare("UPDATE badge_key SET revoked = 1 WHERE id = ? RETURNING id");
    if (!row.bind(id).step())
        throw Fault(ExitCode::no_input, "There is no badge key " + std::to_string(static_cast<int>(id)));
    row.reset();
    db.execute("UPDATE event SET revision = revision + 1");
    impl_->note(change);
    transaction.commit();
}

Kiosk EventStore::kiosk(const std::string& name) const {
    for (Kiosk& kiosk : kiosks())
        if (kiosk.name == name) return std::move(kiosk);
    throw Fault(ExitCode::no_input, "There is no kiosk named " + name);
}

void EventStore::add_kiosk(const Kiosk& kiosk, const Change& change) {
    Transaction transaction(impl_->db());
    insert_kiosk(impl_->db(), kiosk);
    impl_->note(change);
    transaction.commit();
}

void EventStore::renew_kiosk(const Kiosk& kiosk, const Change& change) {
    const Kiosk before = this->kiosk(kiosk.name);
    Database& db = impl_->db();
    Transaction transaction(db);
    db.prepare("UPDATE kiosk SET name = ?, disabled_ms = ifnull(disabled_ms, ?) WHERE id = ?")
        .run(name_of_retired(before), change.at.time_since_epoch().count(), before.id);
    insert_kiosk(db, kiosk);
    db.execute("UPDATE event SET revision = revision + 1");
    impl_->note(change);
    transaction.commit();
}

std::string EventStore::name_of_retired(const Kiosk& kiosk) {
    return kiosk.name + "." + std::to_string(static_cast<int>(kiosk.id));
}

void EventStore::disable_kiosk(const std::string& name, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    auto row = db.prepare("UPDATE kiosk SET disabled_ms = ifnull(disabled_ms, ?) WHERE name = ? RETURNING id");
    if (!row.bind(change.at.time_since_epoch().count(), name).step())
        throw Fault(ExitCode::no_input, "There is no kiosk named " + name);
    row.reset();
    db.execute("UPDATE event SET revision = revision + 1");
    impl_->note(change);
    transaction.commit();
}

void EventStore::disable_usher(UsherNumber number, const Change& change) {
    impl_->change_usher("enabled = 0", number, change);
}

void EventStore::set_usher_badge(UsherNumber number, BadgeNumber badge, const Change& change) {
    impl_->change_usher("badge = ?2", number, change, badge);
}

void EventStore::add_usher(const Usher& usher, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    auto taken = db.prepare("SELECT 1 FROM usher WHERE number = ?");
    if (taken.bind(usher.number).step())
        throw Fault(ExitCode::bad_data, "That usher number is taken; take another one");
    taken.reset();
    db.execute("UPDATE event SET revision = revision + 1");
    db.prepare("INSERT INTO usher VALUES (?,?,?,?,?,?)")
        .run(usher.number, usher.role, usher.name, usher.pin_hash, unless_zero(usher.badge), true);
    impl_->note(change);
    transaction.commit();
}

}  // namespace hudoor::organiser
