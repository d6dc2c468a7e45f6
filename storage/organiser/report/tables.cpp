#include "storage/organiser/report/tables.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "storage/base/files.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/report/gathering.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

std::int64_t whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

/// The usher, and the supervisor who approved it.
TableCell by(const Moment& fact) {
    const auto usher = static_cast<unsigned>(fact.usher);
    if (fact.approver == UsherNumber{}) return whole(usher);
    return std::to_string(usher) + " + " + std::to_string(static_cast<unsigned>(fact.approver));
}

class TableMaker {
public:
    TableMaker(const Report& report, const ReportSources& sources, const ReportWords& words)
        : report_(report), sources_(sources), words_(words) {}

    [[nodiscard]] Table totals() const {
        const ReportTotals& all = report_.totals;
        Table table{"totals",
                    text("rep.totals"),
                    {text("rep.what"), text("rep.number"), text("rep.counted")},
                    {}};
        const auto add = [&](const std::string& what, TableCell number, std::string_view unit) {
            table.rows.push_back({what, std::move(number), text(unit)});
        };
        add(text("rep.registered"), whole(all.registered), "rep.people");
        add(text("rep.attended"), whole(all.attended), "rep.people");
        add(text("rep.noshow"), whole(all.no_shows()), "rep.people");
        add(text("rep.pending"), whole(all.pending), "rep.people");
        add(text("rep.pending_came"), whole(all.pending_came), "rep.people");
        add(text("rep.refused_came"), whole(all.refused_came), "rep.people");
        add(text("rep.guests"), whole(all.guests), "rep.people");
        add(text("rep.all_came"), whole(all.all_who_came()), "rep.people");
        add(text("rep.admissions"), whole(all.admissions), "rep.admissions");
        add(text("rep.overrides"), whole(all.overrides), "rep.admissions");
        add(text("rep.double_show"), whole(all.double_shows), "rep.scans");
        if (all.busiest_from) {
            add(text("rep.peak_people"), whole(all.busiest_people), "rep.people");
            add(text("rep.peak_from"), *all.busiest_from, "rep.when");
        }
        if (all.answer_ms) add(text("rep.within"), *all.answer_ms / 1'000.0, "rep.sec");
        add(words_.text("rep.kiosks", {{"a", std::to_string(all.kiosks_heard)},
                                       {"n", std::to_string(all.kiosks)}}),
            whole(all.kiosks_heard), "rep.devices");
        return table;
    }
    [[nodiscard]] Table arrivals() const {
        Table table{"arrivals",
                    text("rep.arrivals"),
                    {text("rep.from"), text("rep.where"), text("rep.people"), text("rep.first"),
                     text("rep.admissions")},
                    {}};
        for (const ArrivalDay& day : report_.days)
            for (const auto& [place, counts] : day.by_place)
                for (std::size_t i = 0; i < counts.size(); ++i)
                    table.rows.push_back({day.from + report_.step * static_cast<int>(i),
                                          place_name(place), whole(counts[i].people),
                                          whole(counts[i].first), whole(counts[i].entries)});
        return table;
    }
    [[nodiscard]] Table sessions() const {
        Table table{
            "sessions",
            text("rep.sessions"),
            {text("rep.col_session"), text("rep.col_room"), text("rep.from"), text("rep.attended"),
             text("rep.registered"), text("rep.noshow"), text("rep.capacity")},
            {}};
        for (const SessionCount& one : report_.sessions)
            table.rows.push_back({words_.pick(one.session->title), room_name(one.session->room),
                                  one.session->starts, whole(one.attended), whole(one.registered),
                                  whole(one.registered - one.came), whole(one.session->capacity)});
        return table;
    }
    /// Everybody of the list, and after them those whom only kiosks know.
    [[nodiscard]] Table people() const {
        Table table{"people",
                    text("rep.people"),
                    {text("rep.id"), text("rep.who"), text("rep.col_org"), text("rep.category"),
                     text("rep.status"), text("rep.came"), text("rep.first_in"), text("rep.where")},
                    {}};
        const auto add = [&](std::uint32_t person) {
            const auto entry = report_.came.find(person);
            auto row = who(person);
            row.emplace_back(status(person));
            append_entry(row, entry == report_.came.end() ? nullptr : entry->second);
            table.rows.push_back(std::move(row));
        };
        const auto listed = sources_.people.registrations().size();
        for (std::uint32_t person = 0; person < listed; ++person) add(person);
        std::set<std::uint32_t> others;
        for (const auto& [person, entry] : report_.came)
            if (person >= listed) others.insert(person);
        for (const std::uint32_t person : others) add(person);
        return table;
    }
    /// Who came to each session, and who was expected and did not.
    [[nodiscard]] Table attendance() const {
        Table table{"attendance",
                    text("rep.attendance"),
                    {text("rep.col_session"), text("rep.from"), text("rep.id"), text("rep.who"),
                     text("rep.col_org"), text("rep.category"), text("rep.registered"),
                     text("rep.came"), text("rep.first_in"), text("rep.where")},
                    {}};
        for (const Attendance& one : report_.attendance) {
            std::vector<TableCell> row{words_.pick(one.session->title), one.session->starts};
            for (TableCell& cell : who(one.person)) row.push_back(std::move(cell));
            row.emplace_back(yes_or_no(one.expected));
            append_entry(row, one.first_entry);
            table.rows.push_back(std::move(row));
        }
        return table;
    }
    [[nodiscard]] Table counts(const char* name, const char* title, const char* column,
                               const std::vector<NamedCount>& all) const {
        Table table{
            name,
            text(title),
            {text(column), text("rep.registered"), text("rep.attended"), text("rep.noshow")},
            {}};
        for (const NamedCount& one : all)
            table.rows.push_back({words_.named(one), whole(one.registered), whole(one.attended),
                                  whole(one.registered - one.attended)});
        return table;
    }
    [[nodiscard]] Table overrides() const {
        Table table{"overrides",
                    text("rep.overrides"),
                    {text("rep.when"), text("rep.who"), text("over.reason"), text("rep.by"),
                     text("rep.where")},
                    {}};
        for (const OverrideTold& one : report_.overrides)
            table.rows.push_back({one.fact->at(), words_.pick(one.who),
                                  words_.reason(one.fact->override_reason), by(*one.fact),
                                  place_name(one.fact->place)});
        return table;
    }
    [[nodiscard]] Table ushers() const {
        Table table{
            "ushers", text("rep.by_usher"), {text("rep.col_usher"), text("rep.number")}, {}};
        for (const auto& [usher, number] : report_.overrides_by_usher)
            table.rows.push_back({whole(static_cast<unsigned>(usher)), whole(number)});
        return table;
    }
    [[nodiscard]] Table stays() const {
        Table table{"stays",
                    text("rep.stay"),
                    {text("rep.col_room"), text("rep.visits"), text("rep.median")},
                    {}};
        for (const StayCount& one : report_.stays)
            table.rows.push_back({room_name(one.room), whole(one.visits),
                                  static_cast<std::int64_t>(one.median.count())});
        return table;
    }
    [[nodiscard]] Table kiosks() const {
        Table table{"kiosks",
                    text("rep.devices"),
                    {text("rep.col_device"), text("rep.scans"), text("rep.busy_five"),
                     text("rep.within") + " (" + text("rep.sec") + ")", text("rep.last")},
                    {}};
        for (const KioskCount& one : report_.kiosks) {
            std::vector<TableCell> row{one.kiosk->name, whole(one.scans), whole(one.busiest_scans)};
            one.answer_ms ? row.emplace_back(*one.answer_ms / 1'000.0)
                          : row.emplace_back(std::string());
            one.head != nullptr ? row.emplace_back(one.head->at())
                                : row.emplace_back(text("rep.unheard"));
            table.rows.push_back(std::move(row));
        }
        return table;
    }
    [[nodiscard]] Table incidents(const std::vector<Incident>& all) const {
        Table table{"incidents",
                    text("rep.look"),
                    {text("rep.when"), text("rep.what"), text("rep.id"), text("rep.who"),
                     text("rep.col_device"), text("rep.where"), text("rep.col_session"),
                     text("rep.detail")},
                    {}};
        for (const Incident& one : all) {
            const OrganiserRegistration* known =
                one.person ? sources_.people.registration(*one.person) : nullptr;
            table.rows.push_back(
                {one.facts.front().at(), words_.incident(one.kind),
                 known == nullptr ? std::string() : known->door.external_id,
                 known == nullptr ? std::string() : words_.pick(known->door.name),
                 words_.each(one, [&](const Moment& fact) { return device(fact.kiosk); }),
                 words_.each(one, [&](const Moment& fact) { return place_name(fact.place); }),
                 words_.each(one, [&](const Moment& fact) { return session_name(fact.session); }),
                 one.what});
        }
        return table;
    }
    /// In English whatever the language, as the programs expect that read it.
    [[nodiscard]] Table log() const {
        Table table{"check_in_log",
                    text("rep.log"),
                    {"Date",
                     "Time",
                     "Check-in list",
                     "Scan type",
                     "Order code",
                     "Position ID",
                     "Secret",
                     "Product",
                     "Name",
                     "Device",
                     "Offline",
                     "Offline override",
                     "Automatically checked in",
                     "Gate",
                     "Result",
                     "Error message",
                     "Upload date",
                     "Upload time",
                     "Proved",
                     "Organisation"},
                    {}};
        std::vector<const Moment*> passages;
        for (const auto* moments : {&sources_.timeline.moments, &sources_.timeline.passages_apart})
            for (const Moment& moment : *moments)
                if (moment.kind == FactKind::admitted || moment.kind == FactKind::left ||
                    moment.kind == FactKind::refused)
                    passages.push_back(&moment);
        std::sort(passages.begin(), passages.end(),
                  [](const Moment* a, const Moment* b) { return comes_before(*a, *b); });
        for (const Moment* moment : passages) table.rows.push_back(log_row(*moment));
        return table;
    }

private:
    [[nodiscard]] std::string text(std::string_view id) const { return words_.text(id); }
    [[nodiscard]] std::string place_name(PlaceId id) const {
        const Place* place = sources_.event.agenda.find_place(id);
        return place == nullptr ? std::string() : words_.pick(place->name);
    }
    [[nodiscard]] std::string room_name(RoomId id) const {
        const Room* room = sources_.event.agenda.find_room(id);
        return room == nullptr ? std::string() : words_.pick(room->name);
    }
    [[nodiscard]] std::string session_name(SessionId id) const {
        const Session* session = sources_.event.agenda.find_session(id);
        return session == nullptr ? std::string() : words_.pick(session->title);
    }
    [[nodiscard]] std::string device(KioskId id) const {
        return name_of_kiosk(sources_.kiosks, id);
    }
    static const std::string& in_english(const Bilingual& text) {
        return text.en.empty() ? text.ar : text.en;
    }
    [[nodiscard]] std::string yes_or_no(bool is) const { return text(is ? "rep.yes" : "rep.no"); }
    [[nodiscard]] std::string status(std::uint32_t person) const {
        const OrganiserRegistration* known = sources_.people.registration(person);
        if (known != nullptr) return words_.status(known->door.status);
        return sources_.people.is_guest(person) ? text("rep.guest") : text("rep.unknown");
    }
    /// Id, name, organisation and category.
    [[nodiscard]] std::vector<TableCell> who(std::uint32_t person) const {
        const OrganiserRegistration* known = sources_.people.registration(person);
        if (known == nullptr) return {std::string(), std::string(), std::string(), std::string()};
        std::string of_category;
        for (const Category& category : sources_.event.categories)
            if (category.id == known->door.category) of_category = words_.pick(category.name);
        return {known->door.external_id, words_.pick(known->door.name),
                words_.pick(known->door.organisation), of_category};
    }
    /// Whether they came, when first, and where.
    void append_entry(std::vector<TableCell>& row, const Moment* entry) const {
        row.emplace_back(yes_or_no(entry != nullptr));
        entry != nullptr ? row.emplace_back(entry->at()) : row.emplace_back(std::string());
        row.emplace_back(entry != nullptr ? place_name(entry->place) : std::string());
    }
    [[nodiscard]] std::vector<TableCell> log_row(const Moment& moment) const {
        const auto person = sources_.people.find(moment);
        const OrganiserRegistration* known =
            person ? sources_.people.registration(*person) : nullptr;
        const Session* session = sources_.event.agenda.find_session(moment.session);
        std::string product;
        for (const Category& category : sources_.event.categories)
            if (known != nullptr && category.id == known->door.category)
                product = in_english(category.name);
        const bool good = moment.kind != FactKind::refused;
        return {DayOf{moment.at()},
                TimeOf{moment.at()},
                session == nullptr ? std::string() : in_english(session->title),
                std::string(moment.kind == FactKind::left ? "Exit" : "Entry"),
                known == nullptr ? std::string() : known->door.external_id,
                to_hex(moment.id.bytes),
                std::string(),
                product,
                known == nullptr ? std::string() : words_.pick(known->door.name),
                device(moment.kiosk),
                std::string("Yes"),
                std::string(moment.override_reason == Override::none ? "No" : "Yes"),
                std::string("No"),
                place_name(moment.place),
                std::string(good ? "ok" : "error"),
                good ? std::string() : std::string(storage::name_of(moment.reason)),
                std::string(),
                std::string(),
                word_of(moment.belief),
                known == nullptr ? std::string() : words_.pick(known->door.organisation)};
    }
    static std::string word_of(Belief belief) {
        if (belief == Belief::proved) return "Yes";
        return belief == Belief::accepted ? "Accepted" : "No";
    }

    const Report& report_;
    const ReportSources& sources_;
    const ReportWords& words_;
};

std::string csv_cell(const std::string& text) {
    const std::string safe = guard_formula(text);
    if (safe.find_first_of("\",\r\n;") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char sign : safe) quoted += sign == '"' ? std::string("\"\"") : std::string(1, sign);
    return quoted + "\"";
}

std::string csv_cell(const TableCell& cell, const std::string& timezone) {
    if (const auto* text = std::get_if<std::string>(&cell)) return csv_cell(*text);
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* number = std::get_if<double>(&cell))
        return seconds(static_cast<std::uint32_t>(*number * 1'000 + 0.5));
    if (const auto* day = std::get_if<DayOf>(&cell))
        return show_seconds(day->at, timezone).substr(0, 10);
    if (const auto* time = std::get_if<TimeOf>(&cell))
        return show_seconds(time->at, timezone).substr(11);
    return show_time(std::get<WallTime>(cell), timezone);
}

/// Isolates and the like, which turn text on a screen and are in the way of a program.
std::string without_isolates(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = std::string_view(text).substr(i);
        // U+2066 to U+2069, U+200E and U+200F, U+202A to U+202E.
        const bool is_one = rest.size() >= 3 && rest[0] == '\xE2' &&
                            ((rest[1] == '\x81' && rest[2] >= '\xA6' && rest[2] <= '\xA9') ||
                             (rest[1] == '\x80' && (rest[2] == '\x8E' || rest[2] == '\x8F' ||
                                                    (rest[2] >= '\xAA' && rest[2] <= '\xAE'))));
        if (is_one)
            i += 2;
        else
            plain += text[i];
    }
    return plain;
}

void make_plain(Table& table) {
    table.title = without_isolates(table.title);
    for (std::string& column : table.columns) column = without_isolates(column);
    for (auto& row : table.rows)
        for (TableCell& cell : row)
            if (auto* text = std::get_if<std::string>(&cell)) *text = without_isolates(*text);
}

/// What it begins with for a reader: blanks and a byte order mark show nothing.
std::string_view visible_part(std::string_view text) {
    static constexpr std::array<std::string_view, 5> unseen{" ", "\u00A0", "\uFEFF", "\u200B",
                                                            "\u3000"};
    for (bool more = true; more;) {
        more = false;
        for (const std::string_view one : unseen)
            if (text.starts_with(one)) {
                text.remove_prefix(one.size());
                more = true;
            }
    }
    return text;
}

}  // namespace

std::string guard_formula(const std::string& text) {
    static constexpr std::array<std::string_view, 16> risky{
        "=",      "+",      "-",      "@",      "\t",     "\r",     "|",      "%",
        "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "\uFF5C", "\uFF05", "\u2212", "\uFE62"};
    const bool is_risky = std::any_of(risky.begin(), risky.end(), [&](std::string_view begin) {
        return visible_part(text).starts_with(begin);
    });
    return is_risky ? "'" + text : text;
}

std::vector<Table> tables_of(const Report& report, const ReportSources& sources,
                             const std::vector<Incident>& incidents, const ReportWords& words) {
    const TableMaker make(report, sources, words);
    std::vector<Table> tables{
        make.totals(),
        make.arrivals(),
        make.sessions(),
        make.people(),
        make.attendance(),
        make.counts("countries", "rep.country", "rep.col_country", report.countries),
        make.counts("organisations", "rep.org", "rep.col_org", report.organisations),
        make.counts("categories", "rep.category", "rep.category", report.categories),
        make.overrides(),
        make.ushers(),
        make.stays(),
        make.kiosks(),
        make.incidents(incidents),
        make.log()};
    for (Table& table : tables) make_plain(table);
    return tables;
}

void write_csv_tables(const std::vector<Table>& tables, const std::filesystem::path& folder,
                      const std::string& timezone) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw Fault(ExitCode::cannot_create,
                    "Cannot create " + folder.string() + ": " + error.message());
    for (const Table& table : tables) {
        std::string text = "\uFEFF";
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            text += (i == 0 ? "" : ",") + csv_cell(table.columns[i]);
        text += "\r\n";
        for (const auto& row : table.rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                text += (i == 0 ? "" : ",") + csv_cell(row[i], timezone);
            text += "\r\n";
        }
        write_file(folder / (table.name + ".csv"), as_bytes(text), private_mode);
    }
}

}  // namespace hudoor::organiser
