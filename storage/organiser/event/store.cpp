#include "storage/organiser/event/store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/base/sqlite.hpp"
#include "storage/guests/rows.hpp"
#include "storage/organiser/event/rows.hpp"
#include "storage/organiser/event/schema.hpp"
#include "storage/organiser/event/tables.hpp"
#include "storage/organiser/event/time.hpp"

/// Its foreign keys need a table of their own.
template <>
inline constexpr bool hudoor::storage::lies_in_row<hudoor::organiser::OrganiserRegistration,
                                                   std::vector<hudoor::storage::SessionId>> = false;

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;

namespace {

constexpr const char* file_name = "event.db";

using Columns = std::vector<ColumnInRow>;

const Columns& columns() {
    static const Columns all = columns_in_row<OrganiserRegistration>();
    return all;
}

std::string declare(const ColumnInRow& one) { return one.column.name + (" " + one.type); }

void create_registrations(Database& db) {
    const auto declared = list_columns(columns(), [](const ColumnInRow& one) {
        return declare(one) + (one.column.unique ? " UNIQUE" : "");
    });
    db.prepare(
          "CREATE TABLE registration (number INTEGER PRIMARY KEY, revision INTEGER NOT NULL, " +
          declared + ", FOREIGN KEY (category) REFERENCES category) STRICT")
        .run();
}

/// Adds what an older program did not know.
void complete_registrations(Database& db) {
    const auto there = columns_there(db);
    for (const ColumnInRow& one : columns())
        if (!there.contains(one.column.name))
            db.prepare("ALTER TABLE registration ADD COLUMN " + declare(one)).run();
}

void add_editions(Database& db) {
    db.execute(edition_schema);
    db.execute(revoked_from_4);
}

void add_sources(Database& db) {
    db.execute(source_tables);
    db.execute(source_before);
}

void upgrade_from_4(Database& db) {
    add_editions(db);
    add_sources(db);
    db.execute("PRAGMA user_version = 5");
}

void upgrade_from_5(Database& db) {
    db.execute(help_desk_tables);
    db.execute("PRAGMA user_version = 6");
}

void upgrade_from_6(Database& db) {
    db.execute(door_schema);
    complete_registrations(db);
    db.execute(badge_keys_from_6);
    db.execute(purged_table);
    db.execute(purged_before);
    db.execute(said_table);
    db.execute("PRAGMA user_version = 7");
}

/// The revision first, then the columns; gives the number.
std::string upsert_registration() {
    const auto values = list_columns(columns(), [](const ColumnInRow&) { return "?"; });
    const auto changes = list_columns(columns(), [](const ColumnInRow& one) {
        const std::string name = one.column.name;
        return name + " = " +
               (name == "id" ? "id" : "excluded." + name);  // facts name people by it
    });
    return "INSERT INTO registration (revision, " + list_columns(columns()) + ") VALUES (?, " +
           values + ") ON CONFLICT (external_id) DO UPDATE SET revision = excluded.revision, " +
           changes + " RETURNING number";
}

void insert_kiosk(Database& db, const Kiosk& kiosk) {
    db.prepare("INSERT INTO kiosk VALUES (?,?,?,?,?,?)")
        .run(kiosk.id, kiosk.name, kiosk.place, kiosk.verify_key, kiosk.seal_key,
             to_ms(kiosk.disabled));
}

void set_up(Database& db) {
    db.execute(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;"
        "PRAGMA busy_timeout = 2000; PRAGMA temp_store = MEMORY;");
}

void create_private_file(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) throw Fault(ExitCode::cannot_create, "Cannot create " + file.string());
    ::close(descriptor);
}

void save_said(Database& db, const std::string& source, const SaidByPerson& said) {
    auto find = db.prepare("SELECT number FROM registration WHERE external_id = ?");
    auto before = db.prepare("SELECT columns FROM said WHERE source = ? AND registration = ?");
    auto remember = db.prepare("INSERT OR REPLACE INTO said VALUES (?,?,?)");
    for (const auto& [external_id, values] : said) {
        find.bind(external_id);
        if (!find.step()) continue;
        const std::int64_t number = find.integer(0);
        before.bind(source, number);
        SaidValues all;
        if (before.step()) all = SaidValues(before.text(0));
        if (all.empty())
            all = values;
        else
            values.visit(
                [&](std::string_view column, std::string_view value) { all.set(column, value); });
        before.reset();
        remember.run(source, number, all.packed());
    }
}

/// How a purge takes a table's rows over; empty where none goes over.
std::string copy_rows(const std::string& table) {
    std::string into = table;
    std::string rows = "*";
    if (table == "registration_kept" || table == "history" || table == "said") return {};
    if (table == "usher") rows = "number, role, '', '', NULL, 0";
    if (table == "source") rows = "id, hash, '', at_ms, substr(undone_why, 1, 0)";
    if (table == "acceptance") rows = "last_hash, kiosk, epoch, last_seq, at_ms, ''";
    if (table == "registration") {
        into.append(" (number, revision, ").append(list_columns(columns())).append(")");
        rows = "number, revision, " +
               list_columns(columns(), [](const ColumnInRow& one) -> std::string {
                   if (one.column.text == Text::identifier) return "'purged-' || number";
                   if (!one.column.personal) return one.column.name;
                   return one.column.unique ? "NULL" : "''";
               });
    }
    std::string sql = "INSERT INTO main.";
    sql.append(into).append(" SELECT ").append(rows).append(" FROM old.").append(table);
    return sql.append(" ORDER BY rowid");
}

/// Writes the event of `db`, which is `file`, into `draft`: a name that is never written needs no
/// wiping, neither in a journal nor in a temporary file.
void copy_without_names(const Database& db, const fs::path& file, const fs::path& draft) {
    Database clean(draft);
    clean.execute(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
        "PRAGMA trusted_schema = OFF;");
    clean.prepare("ATTACH ? AS old").run(file.string());
    clean.execute("BEGIN");  // a draft that fails is thrown away
    auto tables =
        db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL");
    while (tables.step()) {
        clean.prepare(tables.text(1)).run();
        if (const std::string copy = copy_rows(tables.text(0)); !copy.empty())
            clean.prepare(copy).run();
    }
    clean.execute(("UPDATE main.event SET revision = revision + 1; PRAGMA main.application_id = " +
                   db.value("PRAGMA application_id") +
                   "; PRAGMA main.user_version = " + db.value("PRAGMA user_version"))
                      .c_str());
    clean.execute("COMMIT");
}

}  // namespace

class EventStore::Impl {
public:
    explicit Impl(const fs::path& file) : file_(fs::canonical(file)), db_(file) { set_up(db_); }

    void check_schema(const fs::path& file) {
        if (db_.value("PRAGMA application_id") == std::to_string(application_id)) {
            upgrade("2", [](Database& db) { db.execute(upgrade_from_2); });
            upgrade("3", [](Database& db) { db.execute(upgrade_from_3); });
            upgrade("4", upgrade_from_4);
            upgrade("5", upgrade_from_5);
            upgrade("6", upgrade_from_6);
        }
        if (db_.value("PRAGMA application_id") != std::to_string(application_id) ||
            db_.value("PRAGMA user_version") != std::to_string(schema_version))
            throw Fault(ExitCode::bad_data,
                        file.string() + " is not an event of this version of hudoor");
        if (db_.value("PRAGMA quick_check(1)") != "ok")
            throw Fault(ExitCode::bad_data, file.string() + " is damaged; take a backup of it");
        complete_registrations(db_);
    }

    /// Those with this external id, or all.
    [[nodiscard]] std::vector<OrganiserRegistration> registrations(
        const std::optional<std::string>& external_id) const {
        std::vector<OrganiserRegistration> found;
        std::unordered_map<std::int64_t, std::size_t> position;
        auto rows =
            db_.prepare("SELECT number, " + list_columns(columns()) + " FROM registration " +
                        (external_id ? "WHERE external_id = ?" : "ORDER BY number"));
        external_id ? rows.bind(*external_id) : rows.bind();
        while (rows.step()) {
            position[rows.integer(0)] = found.size();
            found.push_back(read_row<OrganiserRegistration>(rows, 1));
        }
        const auto one = found.size() == 1 ? position.begin()->first : std::int64_t{0};
        add_details(found, position, one);
        return found;
    }

    [[nodiscard]] const fs::path& file() const { return file_; }
    Database& db() { return db_; }
    [[nodiscard]] const Database& db() const { return db_; }

    /// The counts of the first purge outlive the one that finishes it.
    void mark_purged(WallTime at, const PurgeCounts& counts) {
        db_.prepare("INSERT OR IGNORE INTO purged VALUES (1,?,?,?,?,?)")
            .run(at.time_since_epoch().count(), counts.registrations, counts.kept_values,
                 counts.ushers, counts.history);
    }

    void note(const Change& change) {
        db_.prepare("INSERT INTO history (at_ms, what) VALUES (?,?)")
            .run(change.at.time_since_epoch().count(), change.what);
    }

    /// Who is not let in, by badge: see RefusalList.
    [[nodiscard]] std::vector<std::uint64_t> refused_people() const {
        const auto event =
            static_cast<EventNumber>(std::stoi(db_.value("SELECT number FROM event")));
        std::vector<std::uint64_t> people;
        auto rows =
            db_.prepare("SELECT badge FROM registration WHERE status <> ? AND badge IS NOT NULL");
        rows.bind(RegistrationStatus::confirmed);
        while (rows.step()) people.push_back(name_refused(rows.id<BadgeNumber>(0), event));
        std::sort(people.begin(), people.end());
        return people;
    }

    /// `set`: which column becomes what; ?2 is the value.
    template <typename... Values>
    void change_usher(const std::string& set, UsherNumber number, const Change& change,
                      const Values&... value) {
        Transaction transaction(db_);
        auto row = db_.prepare("UPDATE usher SET " + set +
                               " WHERE number = ?1 AND enabled = 1 RETURNING number");
        if (!row.bind(number, value...).step())
            throw Fault(ExitCode::no_input,
                        "There is no usher " + std::to_string(static_cast<int>(number)));
        row.reset();
        db_.execute("UPDATE event SET revision = revision + 1");
        note(change);
        transaction.commit();
    }

private:
    void upgrade(const std::string& from, const std::function<void(Database&)>& step) {
        if (db_.value("PRAGMA user_version") != from) return;
        Transaction transaction(db_);
        step(db_);
        transaction.commit();
    }

    /// Sessions and kept columns of those found; `only` is the number of a single one, else 0.
    void add_details(std::vector<OrganiserRegistration>& found,
                     const std::unordered_map<std::int64_t, std::size_t>& position,
                     std::int64_t only) const {
        auto sessions = db_.prepare(
            "SELECT registration, session FROM registration_session"
            " WHERE ?1 = 0 OR registration = ?1 ORDER BY registration, session");
        sessions.bind(only);
        while (sessions.step())
            if (const auto at = position.find(sessions.integer(0)); at != position.end())
                found[at->second].door.sessions.push_back(sessions.as<SessionId>(1));
        auto kept = db_.prepare(
            "SELECT registration, name, value FROM registration_kept"
            " WHERE ?1 = 0 OR registration = ?1");
        kept.bind(only);
        while (kept.step())
            if (const auto at = position.find(kept.integer(0)); at != position.end())
                found[at->second].kept[kept.text(1)] = kept.text(2);
    }

    fs::path file_;
    Database db_;
};

EventStore::EventStore(const fs::path& directory) {
    const fs::path file = directory / file_name;
    if (!fs::exists(file))
        throw Fault(ExitCode::no_input,
                    "There is no event in " + directory.string() +
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
        db.execute(edition_schema);
        db.execute(source_tables);
        db.execute(help_desk_tables);
        db.execute(door_schema);
        db.execute(purged_table);
        db.execute(said_table);
        create_registrations(db);
        db.execute(("PRAGMA application_id = " + std::to_string(application_id) +
                    "; PRAGMA user_version = " + std::to_string(schema_version))
                       .c_str());
        insert_event(db, event);
        write_agenda(db, event);
        transaction.commit();
    } catch (...) {
        fs::remove(draft);
        throw;
    }
    fs::rename(draft, file);
}

Identity EventStore::event() const { return read_event(impl_->db(), false); }

Identity EventStore::event_with_past() const { return read_event(impl_->db(), true); }

void EventStore::set_agenda(const Identity& event, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    db.prepare(
          "UPDATE event SET name_ar = ?, name_en = ?, timezone = ?, first_day = ?, last_day = ?,"
          " day_starts_minutes = ?, badge_days_after = ?, revision = revision + 1")
        .run(event.event_name.ar, event.event_name.en, event.agenda.timezone,
             day_number(event.first_day), day_number(event.last_day),
             event.agenda.day_starts.count(), event.badge_days_after.count());
    write_agenda(db, event);
    impl_->note(change);
    transaction.commit();
}

PurgeCounts EventStore::purge(const Change& change) {
    const fs::path file = impl_->file();
    const fs::path draft = file.string() + ".purged";
    PurgeCounts counts;
    OldContent old(file);  // closed last: it would take the lock with it
    {
        Database& db = impl_->db();
        const Transaction nobody_else_writes(db);
        const auto count = [&db](const char* sql) { return std::stoull(db.value(sql)); };
        counts.registrations = count("SELECT count(*) FROM registration");
        counts.kept_values = count("SELECT count(*) FROM registration_kept");
        counts.ushers = count("SELECT count(*) FROM usher");
        counts.history = count("SELECT count(*) FROM history");
        fs::remove(draft);
        create_private_file(draft);
        try {
            copy_without_names(db, file, draft);
            Impl clean(draft);
            clean.note(change);
            clean.mark_purged(change.at, counts);
        } catch (...) {
            fs::remove(draft);
            throw;
        }
        fs::rename(draft, file);
        sync_folder_of(file);
        old.wipe();
    }
    impl_ = std::make_unique<Impl>(file);
    return purged().value().counts;
}

std::optional<Purged> EventStore::purged() const {
    auto row = impl_->db().prepare(
        "SELECT at_ms, registrations, kept_values, ushers, history FROM purged");
    row.bind();
    if (!row.step()) return std::nullopt;
    return Purged{time_in(row, 0),
                  {row.as<std::uint64_t>(1), row.as<std::uint64_t>(2), row.as<std::uint64_t>(3),
                   row.as<std::uint64_t>(4)}};
}

void EventStore::refuse_purged() const {
    if (const auto before = purged())
        throw Fault(ExitCode::not_allowed,
                    "The names of this event were wiped at " +
                        show_time(before->at, event().agenda.timezone) +
                        ", and it takes none again; make another event with hudoor new");
}

std::vector<OrganiserRegistration> EventStore::registrations() const {
    return impl_->registrations({});
}

std::optional<OrganiserRegistration> EventStore::find(const std::string& external_id) const {
    auto found = impl_->registrations(external_id);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Usher> EventStore::ushers() const {
    std::vector<Usher> ushers;
    auto rows = impl_->db().prepare(
        "SELECT number, role, name, pin_hash, badge FROM usher WHERE enabled = 1"
        " ORDER BY number");
    while (rows.step())
        ushers.push_back({rows.as<UsherNumber>(0), rows.as<UsherRole>(1), rows.text(2),
                          rows.text(3), rows.id<BadgeNumber>(4)});
    return ushers;
}

std::vector<Kiosk> EventStore::kiosks() const {
    std::vector<Kiosk> kiosks;
    auto rows = impl_->db().prepare(
        "SELECT id, name, place, verify_key, seal_key, disabled_ms FROM kiosk ORDER BY id");
    while (rows.step())
        kiosks.push_back({rows.as<KioskId>(0), rows.text(1), rows.as<PlaceId>(2), key_in(rows, 3),
                          key_in(rows, 4), optional_time_in(rows, 5)});
    return kiosks;
}

RefusalList EventStore::refusals() const {
    RefusalList list;
    list.number = std::stoull(impl_->db().value("SELECT revocations FROM event"));
    auto rows = impl_->db().prepare("SELECT badge, max(issue) FROM revoked GROUP BY badge");
    while (rows.step()) list.badges[rows.id<BadgeNumber>(0)] = rows.as<std::uint8_t>(1);
    list.people = impl_->refused_people();
    return list;
}

std::vector<Revocation> EventStore::revocations() const {
    std::vector<Revocation> all;
    auto rows =
        impl_->db().prepare("SELECT badge, issue, list, at_ms FROM revoked ORDER BY list, issue");
    while (rows.step())
        all.push_back({rows.id<BadgeNumber>(0), rows.as<std::uint8_t>(1), rows.as<std::uint64_t>(2),
                       time_in(rows, 3)});
    return all;
}

std::vector<EventStore::Change> EventStore::history() const {
    std::vector<Change> all;
    auto rows = impl_->db().prepare("SELECT at_ms, what FROM history ORDER BY number");
    rows.bind();
    while (rows.step()) all.push_back({time_in(rows, 0), rows.text(1)});
    return all;
}

std::uint64_t EventStore::number_of(const std::string& name, const Hash& content) {
    Database& db = impl_->db();
    auto row = db.prepare(
        "INSERT INTO edition VALUES (?1, 1, ?2) ON CONFLICT (name) DO UPDATE SET"
        " number = number + (content <> excluded.content), content = excluded.content"
        " RETURNING number");
    ENSURE(row.bind(name, content.bytes).step());
    return static_cast<std::uint64_t>(row.integer(0));
}

std::uint64_t EventStore::revision() const {
    return std::stoull(impl_->db().value("SELECT revision FROM event"));
}

SaidByPerson EventStore::said(const std::string& source) const {
    SaidByPerson said;
    auto rows = impl_->db().prepare(
        "SELECT external_id, columns FROM said JOIN registration"
        " ON registration.number = said.registration WHERE source = ?");
    rows.bind(source);
    while (rows.step()) said.emplace(rows.text(0), SaidValues(rows.text(1)));
    return said;
}

void EventStore::remember(const std::string& source, const SaidByPerson& said) {
    Transaction transaction(impl_->db());
    save_said(impl_->db(), source, said);
    transaction.commit();
}

void EventStore::save(std::span<const OrganiserRegistration> registrations, const Change& change) {
    save(registrations, change, {}, {});
}

void EventStore::save(std::span<const OrganiserRegistration> registrations, const Change& change,
                      const std::string& source, const SaidByPerson& said) {
    refuse_purged();
    Database& db = impl_->db();
    Transaction transaction(db);
    db.execute("UPDATE event SET revision = revision + 1");
    // Codes may be exchanged among those saved: nobody has one until all have theirs.
    auto free_code = db.prepare(
        "UPDATE registration SET imported_code = NULL, code = NULL WHERE external_id = ?"
        " AND imported_code IS NOT NULL");
    for (const OrganiserRegistration& one : registrations) free_code.run(one.door.external_id);
    const std::uint64_t now = revision();
    const auto refused_before = impl_->refused_people();
    auto upsert = db.prepare(upsert_registration());
    auto forget_sessions = db.prepare("DELETE FROM registration_session WHERE registration = ?");
    auto forget_kept = db.prepare("DELETE FROM registration_kept WHERE registration = ?");
    auto add_session = db.prepare("INSERT INTO registration_session VALUES (?,?)");
    auto add_kept = db.prepare("INSERT INTO registration_kept VALUES (?,?,?)");
    for (const OrganiserRegistration& one : registrations) {
        upsert.bind(now);
        bind_row(upsert, 1, one);
        ENSURE(upsert.step());
        const std::int64_t number = upsert.integer(0);
        ENSURE(!upsert.step());
        forget_sessions.run(number);
        for (const SessionId session : one.door.sessions) add_session.run(number, session);
        forget_kept.run(number);
        for (const auto& [name, value] : one.kept) add_kept.run(number, name, value);
    }
    if (impl_->refused_people() != refused_before)
        db.execute("UPDATE event SET revocations = revocations + 1");
    save_said(db, source, said);
    impl_->note(change);
    transaction.commit();
}

void EventStore::note_printed(std::span<const RegistrationId> people, std::uint8_t key) {
    Transaction transaction(impl_->db());
    auto set = impl_->db().prepare("UPDATE registration SET badge_key = ? WHERE id = ?");
    for (const RegistrationId& person : people) set.run(key, person);
    transaction.commit();
}

void EventStore::note_given(std::span<const GivenToKiosk> all) {
    Transaction transaction(impl_->db());
    auto put = impl_->db().prepare("INSERT OR REPLACE INTO given VALUES (?,?,?,?,?,?)");
    for (const GivenToKiosk& one : all)
        put.run(one.kiosk, one.at.time_since_epoch().count(), one.list,
                one.list_created.time_since_epoch().count(), one.refusals, one.identity);
    transaction.commit();
}

std::vector<GivenToKiosk> EventStore::given() const {
    std::vector<GivenToKiosk> all;
    auto rows =
        impl_->db().prepare("SELECT kiosk, at_ms, list, list_ms, refusals, identity FROM given");
    while (rows.step()) {
        const ByteView identity = rows.blob(5);
        all.push_back({rows.as<KioskId>(0), time_in(rows, 1), rows.as<std::uint64_t>(2),
                       time_in(rows, 3), rows.as<std::uint64_t>(4),
                       Bytes(identity.begin(), identity.end())});
    }
    return all;
}

void EventStore::set_code_cut(char sign) {
    impl_->db()
        .prepare("UPDATE event SET code_cut = ?")
        .run(sign == 0 ? std::string() : std::string(1, sign));
}

void EventStore::revoke(BadgeNumber badge, std::uint8_t issue, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    db.execute("UPDATE event SET revocations = revocations + 1");
    db.prepare(
          "INSERT INTO revoked SELECT ?1, ?2, revocations, ?3 FROM event"
          " WHERE NOT EXISTS (SELECT 1 FROM revoked WHERE badge = ?1 AND issue >= ?2)")
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
        throw Fault(ExitCode::no_input,
                    "There is no badge key " + std::to_string(static_cast<int>(id)));
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

std::vector<Kiosk> EventStore::kiosks_with(const Kiosk& kiosk, WallTime at) const {
    std::vector<Kiosk> all = kiosks();
    for (Kiosk& one : all) {
        if (one.name != kiosk.name) continue;
        one.name = name_of_retired(one);
        if (one.enabled()) one.disabled = at;
    }
    all.push_back(kiosk);
    return all;
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
    disable_kiosk(name, {}, {}, change);
}

void EventStore::disable_kiosk(const std::string& name,
                               const std::map<std::string, CodeHash>& codes,
                               std::span<const Usher> ushers, const Change& change) {
    Database& db = impl_->db();
    Transaction transaction(db);
    auto row = db.prepare(
        "UPDATE kiosk SET disabled_ms = ifnull(disabled_ms, ?) WHERE name = ? RETURNING id");
    if (!row.bind(change.at.time_since_epoch().count(), name).step())
        throw Fault(ExitCode::no_input, "There is no kiosk named " + name);
    row.reset();
    db.execute("UPDATE event SET revision = revision + 1");
    auto set_code = db.prepare(
        "UPDATE registration SET code = ?, revision = (SELECT revision FROM event) WHERE external_id = ?");
    for (const auto& [external_id, code] : codes) set_code.run(code, external_id);
    auto set_pin = db.prepare("UPDATE usher SET pin_hash = ? WHERE number = ?");
    for (const Usher& usher : ushers) set_pin.run(usher.pin_hash, usher.number);
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
    refuse_purged();
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
