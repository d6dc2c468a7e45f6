#include "storage/organiser/event/file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <set>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

using namespace storage;
using std::chrono::sys_days;

namespace {

constexpr std::uint64_t max_bytes = 4 << 20;
constexpr std::size_t max_code_length = 40;
// A badge counts days from 2026-01-01 in 16 bits.
constexpr sys_days first_badge_day = std::chrono::year(2026) / 1 / 1;
constexpr sys_days last_badge_day = first_badge_day + std::chrono::days(65'535);

constexpr std::chrono::hours usual_start_of_day{4};

template <typename Value>
struct Choice {
    std::string_view name;
    Value value;
};

constexpr Choice<PlaceDirection> directions[] = {{"entry", PlaceDirection::entry},
                                                 {"exit", PlaceDirection::exit},
                                                 {"both", PlaceDirection::both}};
constexpr Choice<Reentry> reentries[] = {
    {"free", Reentry::free}, {"once", Reentry::once}, {"after_exit", Reentry::after_exit}};
constexpr Choice<Admits> admissions[] = {{"everyone", Admits::everyone},
                                         {"registered", Admits::registered}};
constexpr Choice<Arrow> arrows[] = {{"ahead", Arrow::ahead}, {"ahead_right", Arrow::ahead_right},
                                    {"right", Arrow::right}, {"back_right", Arrow::back_right},
                                    {"back", Arrow::back},   {"back_left", Arrow::back_left},
                                    {"left", Arrow::left},   {"ahead_left", Arrow::ahead_left}};

std::chrono::year_month_day to_date(const toml::date& date) {
    return {std::chrono::year(date.year), std::chrono::month(date.month),
            std::chrono::day(date.day)};
}

std::chrono::seconds of_day(const toml::time& time) {
    return std::chrono::hours(time.hour) + std::chrono::minutes(time.minute) +
           std::chrono::seconds(time.second);
}

/// One [table] or { table } of the file, and what may be asked of it.
class Table {
public:
    Table(const toml::table& table, const std::string& file,
          std::initializer_list<std::string_view> keys)
        : table_(table), file_(file) {
        for (const auto& [key, node] : table_)
            if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
                fail(key.source().begin, "unknown key " + quote(key.str()));
    }

    [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }

    template <typename Value>
    [[nodiscard]] Value get(std::string_view key, const char* expected) const {
        const auto value = node(key).value_exact<Value>();
        if (!value) fail(key, std::string("must be ") + expected);
        return *value;
    }

    [[nodiscard]] bool flag(std::string_view key) const {
        return has(key) && get<bool>(key, "true or false");
    }

    [[nodiscard]] std::int64_t number(std::string_view key, std::int64_t least,
                                      std::int64_t most) const {
        const auto value = get<std::int64_t>(key, "a whole number");
        if (value < least || value > most)
            fail(key, "must lie between " + std::to_string(least) + " and " + std::to_string(most));
        return value;
    }

    [[nodiscard]] std::string text(std::string_view key) const {
        const auto clean = clean_text(get<std::string>(key, "a text in quotes"));
        if (!clean || clean->text.empty()) fail(key, "must not be empty");
        if (clean->shortened) fail(key, "must not be longer than 80 signs");
        return clean->text;
    }

    /// A code is written in lists, separated by spaces.
    [[nodiscard]] std::string code(std::string_view key) const {
        const std::string code = text(key);
        const bool plain = std::all_of(code.begin(), code.end(), [](char sign) {
            return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '-' ||
                   sign == '_';
        });
        if (!plain || code.size() > max_code_length)
            fail(key, "must be of a-z, 0-9, - and _ and at most 40 long");
        return code;
    }

    [[nodiscard]] Bilingual words(std::string_view key) const {
        const Table both = table(key, {"ar", "en"});
        return {both.text("ar"), both.text("en")};
    }

    [[nodiscard]] sys_days day(std::string_view key) const {
        const sys_days day(to_date(get<toml::date>(key, "a date such as 2026-12-04")));
        if (day < first_badge_day || day > last_badge_day) fail(key, "must be from 2026-01-01 on");
        return day;
    }

    [[nodiscard]] WallTime time(std::string_view key, const std::string& timezone) const {
        const auto value = get<toml::date_time>(key, "a time such as 2026-12-04T09:30:00");
        const sys_days day(to_date(value.date));
        const auto moments = moments_at(day, of_day(value.time), timezone);
        if (moments.empty())
            fail(key, "does not exist: the clocks of " + timezone + " skip it; write another time");
        if (value.is_local() && moments.size() == 1) return moments.front();
        if (value.is_local())
            fail(key, "comes twice in " + timezone + "; write " +
                          write_time(moments.front(), timezone) + " or " +
                          write_time(moments.back(), timezone));
        const WallTime said =
            day + of_day(value.time) - std::chrono::minutes(value.offset->minutes);
        if (std::find(moments.begin(), moments.end(), said) == moments.end())
            fail(key, "is in the event's time zone, where its offset is another one; leave it out");
        return said;
    }

    /// Whole minutes since midnight.
    [[nodiscard]] std::chrono::minutes time_of_day(std::string_view key) const {
        const auto value = get<toml::time>(key, "a time of day such as 04:00:00");
        const auto since_midnight = of_day(value);
        if (since_midnight % std::chrono::minutes(1) != std::chrono::seconds(0))
            fail(key, "must be of whole minutes");
        return std::chrono::floor<std::chrono::minutes>(since_midnight);
    }

    template <typename Value, std::size_t Size>
    [[nodiscard]] Value choice(std::string_view key, const Choice<Value> (&choices)[Size]) const {
        const auto wanted = get<std::string>(key, "a text in quotes");
        std::string names;
        for (const Choice<Value>& one : choices) {
            if (one.name == wanted) return one.value;
            names += (names.empty() ? "" : ", ") + std::string(one.name);
        }
        fail(key, quote(wanted) + " is not one of: " + names);
    }

    [[nodiscard]] Table table(std::string_view key,
                              std::initializer_list<std::string_view> keys) const {
        const toml::table* inner = node(key).as_table();
        if (!inner) fail(key, "must be a table");
        return {*inner, file_, keys};
    }

    /// The tables of an array; none if it is absent.
    [[nodiscard]] std::vector<Table> tables(std::string_view key,
                                            std::initializer_list<std::string_view> keys) const {
        std::vector<Table> found;
        if (!has(key)) return found;
        const toml::array* array = node(key).as_array();
        if (!array || array->size() > 0xFFFF) fail(key, "must be a list of tables");
        for (const toml::node& one : *array) {
            if (!one.is_table()) fail(one.source().begin, "must be a table");
            found.emplace_back(*one.as_table(), file_, keys);
        }
        return found;
    }

    /// The codes of a list, each looked up by `find` (which gives null for an unknown one).
    template <typename Find>
    [[nodiscard]] auto listed(std::string_view key, const char* what, const Find& find) const {
        std::vector<decltype(find("")->id)> ids;
        const toml::array* array = node(key).as_array();
        if (!array) fail(key, "must be a list of codes");
        for (const toml::node& one : *array) {
            const auto code = one.value_exact<std::string>();
            const auto* found = code ? find(*code) : nullptr;
            if (!found)
                fail(one.source().begin,
                     "there is no " + std::string(what) + " " + quote(code.value_or("")));
            if (std::find(ids.begin(), ids.end(), found->id) == ids.end()) ids.push_back(found->id);
        }
        return ids;
    }

    template <typename Find>
    [[nodiscard]] auto reference(std::string_view key, const char* what, const Find& find) const {
        const auto* found = find(code(key));
        if (!found)
            fail(node(key).source().begin,
                 "there is no " + std::string(what) + " " + quote(code(key)));
        return found->id;
    }

    [[nodiscard]] bool is_list(std::string_view key) const { return node(key).is_array(); }
    [[nodiscard]] const toml::table& raw() const { return table_; }

    [[noreturn]] void fail(std::string_view key, const std::string& why) const {
        fail(node(key).source().begin, std::string(key) + " " + why);
    }
    [[noreturn]] void fail(const toml::source_position& at, const std::string& why) const {
        throw Fault(ExitCode::bad_data, file_ + ":" + std::to_string(at.line) + ":" +
                                            std::to_string(at.column) + ": " + why);
    }

private:
    [[nodiscard]] const toml::node& node(std::string_view key) const {
        const toml::node* found = table_.get(key);
        if (!found) fail(table_.source().begin, std::string(key) + " is missing here");
        return *found;
    }

    const toml::table& table_;
    std::string file_;
};

template <typename Things>
const typename Things::value_type* find_code(const Things& things, std::string_view code) {
    const auto found = std::find_if(things.begin(), things.end(),
                                    [code](const auto& thing) { return thing.code == code; });
    return found == things.end() ? nullptr : &*found;
}

/// Finds by code among these.
template <typename Things>
auto among(const Things& things) {
    return [&things](std::string_view code) { return find_code(things, code); };
}

template <typename Things>
void check_new(const Table& table, const Things& things, const std::string& code) {
    if (find_code(things, code)) table.fail("code", quote(code) + " stands here twice");
}

template <typename Id, typename Things>
Id next_id(const Things& things) {
    return static_cast<Id>(things.size() + 1);
}

std::uint32_t read_colour(const Table& table) {
    const std::string text = table.text("colour");
    std::uint32_t rgb = 0;
    const char* const end = text.data() + text.size();
    if (text.size() != 7 || text[0] != '#' ||
        std::from_chars(text.data() + 1, end, rgb, 16).ptr != end)
        table.fail("colour", "must be written as \"#C8A56A\"");
    return rgb;
}

Category read_category(const Table& table, const std::vector<Category>& before) {
    const std::string code = table.code("code");
    check_new(table, before, code);
    return {next_id<CategoryId>(before), code, table.words("name"), read_colour(table)};
}

Room read_room(const Table& table, const std::vector<Room>& before) {
    const std::string code = table.code("code");
    check_new(table, before, code);
    return {next_id<RoomId>(before), code, table.words("name")};
}

Place read_place(const Table& table, const Agenda& agenda) {
    const std::string code = table.code("code");
    check_new(table, agenda.places, code);
    Place place{next_id<PlaceId>(agenda.places),
                code,
                table.words("name"),
                table.listed("rooms", "room", among(agenda.rooms)),
                PlaceDirection::entry,
                {}};
    if (table.has("direction")) place.direction = table.choice("direction", directions);
    for (const Table& way : table.tables("ways", {"to", "arrow", "words"})) {
        const RoomId to = way.reference("to", "room", among(agenda.rooms));
        const bool twice = std::any_of(place.ways.begin(), place.ways.end(),
                                       [to](const Way& other) { return other.to == to; });
        if (twice) way.fail("to", "has a way already");
        place.ways.push_back({to, way.choice("arrow", arrows), way.words("words")});
    }
    return place;
}

HelpDesk::Way read_way_to_desk(const Table& table, const Agenda& agenda,
                               const std::vector<HelpDesk::Way>& before) {
    const PlaceId from = table.reference("place", "place", among(agenda.places));
    const bool twice = std::any_of(before.begin(), before.end(),
                                   [from](const auto& other) { return other.from == from; });
    if (twice) table.fail("place", "has a way to the help desk already");
    return {from, table.choice("arrow", arrows), table.words("words")};
}

HelpDesk read_help_desk(const Table& table, const Agenda& agenda) {
    HelpDesk desk;
    if (table.has("words")) desk.words = table.words("words");
    for (const Table& way : table.tables("way", {"place", "arrow", "words"}))
        desk.ways.push_back(read_way_to_desk(way, agenda, desk.ways));
    if (desk.empty()) table.fail(table.raw().source().begin, "helpdesk needs words or a way");
    return desk;
}

void read_quota(const Table& table, const Agenda& agenda, Session& session) {
    std::set<std::string_view> codes;
    for (const Place& place : agenda.places) codes.insert(place.code);
    const toml::table* quota = table.raw().get_as<toml::table>("quota");
    if (!quota) table.fail("quota", "must be a table of places and seats");
    for (const auto& [code, seats] : *quota) {
        const Place* place = find_code(agenda.places, code.str());
        if (!place) table.fail(code.source().begin, "there is no place " + quote(code.str()));
        const auto number = seats.value_exact<std::int64_t>();
        if (!number || *number < 1 || *number > 1'000'000)
            table.fail(seats.source().begin, "seats must be a whole number from 1");
        session.quota[place->id] = static_cast<std::uint32_t>(*number);
    }
}

void read_who(const Table& table, const Identity& event, Session& session) {
    if (table.is_list("admits")) {
        session.admits = Admits::categories;
        session.categories = table.listed("admits", "category", among(event.categories));
    } else {
        session.admits = table.choice("admits", admissions);
    }
}

Session read_session(const Table& table, const Identity& event) {
    const Agenda& agenda = event.agenda;
    Session session;
    session.id = next_id<SessionId>(agenda.sessions);
    session.code = table.code("code");
    check_new(table, agenda.sessions, session.code);
    session.title = table.words("title");
    session.room = table.reference("room", "room", among(agenda.rooms));
    session.starts = table.time("starts", agenda.timezone);
    session.ends = table.time("ends", agenda.timezone);
    if (session.ends <= session.starts) table.fail("ends", "must lie after starts");
    const sys_days day = event_day(session.starts, agenda);
    if (day < event.first_day || day > event.last_day)
        table.fail(
            "starts",
            "must lie on a day of the event, which begins at day_starts, " +
                show_time(begin_of_day(event.first_day, agenda), agenda.timezone).substr(11));
    if (table.has("doors_minutes"))
        session.doors = std::chrono::minutes(table.number("doors_minutes", 0, 1440));
    if (table.has("capacity"))
        session.capacity = static_cast<std::uint32_t>(table.number("capacity", 0, 1'000'000));
    if (table.has("quota")) read_quota(table, agenda, session);
    if (table.has("admits")) read_who(table, event, session);
    if (table.has("reentry")) session.reentry = table.choice("reentry", reentries);
    return session;
}

void read_event(const Table& table, Identity& event) {
    event.demo = table.flag("demo");
    event.event = static_cast<EventNumber>(table.number("number", 1, 0xFFFF));
    event.event_name = table.words("name");
    event.agenda.timezone = table.text("timezone");
    if (!is_timezone(event.agenda.timezone))
        table.fail("timezone",
                   quote(event.agenda.timezone) + " is no time zone; write it as \"Asia/Dubai\"");
    event.first_day = table.day("first_day");
    event.last_day = table.day("last_day");
    if (event.last_day < event.first_day) table.fail("last_day", "must not lie before first_day");
    event.agenda.day_starts = usual_start_of_day;
    if (table.has("day_starts")) event.agenda.day_starts = table.time_of_day("day_starts");
    if (table.has("badge_days_after"))
        event.badge_days_after = std::chrono::days(table.number("badge_days_after", 0, 3'650));
    if (event.badges_valid_until() > last_badge_day)
        table.fail("last_day", "lies too far off for badges");
}

Identity read_all(const Table& root) {
    Identity event;
    read_event(root.table("event", {"demo", "number", "name", "timezone", "first_day", "last_day",
                                    "day_starts", "badge_days_after"}),
               event);
    for (const Table& table : root.tables("category", {"code", "name", "colour"}))
        event.categories.push_back(read_category(table, event.categories));
    for (const Table& table : root.tables("room", {"code", "name"}))
        event.agenda.rooms.push_back(read_room(table, event.agenda.rooms));
    for (const Table& table : root.tables("place", {"code", "name", "rooms", "direction", "ways"}))
        event.agenda.places.push_back(read_place(table, event.agenda));
    if (root.has("helpdesk"))
        event.agenda.help_desk =
            read_help_desk(root.table("helpdesk", {"words", "way"}), event.agenda);
    for (const Table& table :
         root.tables("session", {"code", "title", "room", "starts", "ends", "doors_minutes",
                                 "capacity", "quota", "admits", "reentry"}))
        event.agenda.sessions.push_back(read_session(table, event));
    if (event.categories.empty())
        root.fail(root.raw().source().begin, "at least one [[category]] is needed");
    if (event.agenda.places.empty())
        root.fail(root.raw().source().begin, "at least one [[place]] is needed");
    return event;
}

}  // namespace

Identity read_event_file(const std::filesystem::path& file) {
    const Bytes bytes = read_file(file, max_bytes);
    try {
        const toml::table root = toml::parse(as_text(bytes), file.string());
        return read_all(Table(root, file.string(),
                              {"event", "category", "room", "place", "helpdesk", "session"}));
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        throw Fault(ExitCode::bad_data, file.string() + ":" + std::to_string(at.line) + ":" +
                                            std::to_string(at.column) + ": " +
                                            std::string(error.description()));
    }
}

}  // namespace hudoor::organiser
