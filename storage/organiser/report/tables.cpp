#include "storage/organiser/report/tables.hpp"

#include <algorithm>
#include <array>

#include "storage/base/files.hpp"
#include "storage/organiser/event/time.hpp"

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
        Table table{"totals", text("rep.totals"), {text("rep.what"), text("rep.number")}, {}};
        table.rows = {{text("rep.registered"), whole(all.registered)},
                      {text("rep.attended"), whole(all.attended)},
                      {text("rep.noshow"), whole(all.no_shows())},
                      {text("rep.guests"), whole(all.guests)},
                      {text("rep.admissions"), whole(all.admissions)},
                      {text("rep.overrides"), whole(all.overrides)},
                      {text("rep.double_show"), whole(all.double_shows)},
                      {text("rep.peak_people"), whole(all.busiest_people)}};
        if (all.answer_ms)
            table.rows.push_back(
                {text("rep.within") + " (" + text("rep.sec") + ")", *all.answer_ms / 1'000.0});
        table.rows.push_back({words_.text("rep.kiosks", {{"a", std::to_string(all.kiosks_heard)},
                                                         {"n", std::to_string(all.kiosks)}}),
                              whole(all.kiosks_heard)});
        return table;
    }
    [[nodiscard]] Table arrivals() const {
        Table table{"arrivals",
                    text("rep.attended"),
                    {text("rep.from"), text("rep.where"), text("rep.people")},
                    {}};
        for (const ArrivalDay& day : report_.days)
            for (const auto& [place, counts] : day.by_place)
                for (std::size_t i = 0; i < counts.size(); ++i)
                    table.rows.push_back({day.from + report_.step * static_cast<int>(i),
                                          place_name(place), whole(counts[i])});
        return table;
    }
    [[nodiscard]] Table sessions() const {
        Table table{"sessions",
                    text("rep.sessions"),
                    {text("rep.col_session"), text("rep.col_room"), text("rep.from"),
                     text("rep.attended"), text("rep.registered"), text("rep.capacity")},
                    {}};
        for (const SessionCount& one : report_.sessions)
            table.rows.push_back({words_.pick(one.session->title), room_name(one.session->room),
                                  one.session->starts, whole(one.attended), whole(one.registered),
                                  whole(one.session->capacity)});
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
            table.rows.push_back({words_.pick(one.name), whole(one.registered), whole(one.attended),
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
                    {text("rep.when"), text("rep.what"), text("rep.id"), text("rep.col_device")},
                    {}};
        for (const Incident& one : all) {
            const OrganiserRegistration* known =
                one.person ? sources_.people.registration(*one.person) : nullptr;
            table.rows.push_back({one.facts.front().at(), words_.incident(one.kind),
                                  known == nullptr ? std::string() : known->door.external_id,
                                  device(one.facts.front().kiosk)});
        }
        return table;
    }
    /// In English whatever the language, as the programs expect that read it.
    [[nodiscard]] Table log() const {
        Table table{
            "check_in_log",
            text("rep.log"),
            {"Date", "Time", "Check-in list", "Scan type", "Order code", "Position ID", "Secret",
             "Product", "Name", "Device", "Offline", "Offline override", "Automatically checked in",
             "Gate", "Result", "Error message", "Upload date", "Upload time", "Proved"},
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
    [[nodiscard]] std::string device(KioskId id) const {
        for (const Kiosk& kiosk : sources_.kiosks)
            if (kiosk.id == id) return kiosk.name;
        return {};
    }
    [[nodiscard]] std::vector<TableCell> log_row(const Moment& moment) const {
        const std::string at = show_time(moment.at(), words_.timezone());
        const auto person = sources_.people.find(moment);
        const OrganiserRegistration* known =
            person ? sources_.people.registration(*person) : nullptr;
        const Session* session = sources_.event.agenda.find_session(moment.session);
        std::string product;
        for (const Category& category : sources_.event.categories)
            if (known != nullptr && category.id == known->door.category) product = category.name.en;
        const bool good = moment.kind != FactKind::refused;
        return {at.substr(0, 10),
                at.substr(11),
                session == nullptr ? std::string() : session->title.en,
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
                word_of(moment.belief)};
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
    return show_time(std::get<WallTime>(cell), timezone);
}

}  // namespace

std::string guard_formula(const std::string& text) {
    static constexpr std::array<std::string_view, 16> risky{
        "=",      "+",      "-",      "@",      "\t",     "\r",     "|",      "%",
        "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "\uFF5C", "\uFF05", "\u2212", "\uFE62"};
    const bool is_risky = std::any_of(risky.begin(), risky.end(), [&](std::string_view begin) {
        return text.starts_with(begin);
    });
    return is_risky ? "'" + text : text;
}

std::vector<Table> tables_of(const Report& report, const ReportSources& sources,
                             const std::vector<Incident>& incidents, const ReportWords& words) {
    const TableMaker make(report, sources, words);
    return {make.totals(),
            make.arrivals(),
            make.sessions(),
            make.counts("countries", "rep.country", "rep.col_country", report.countries),
            make.counts("organisations", "rep.org", "rep.col_org", report.organisations),
            make.counts("categories", "rep.category", "rep.category", report.categories),
            make.overrides(),
            make.ushers(),
            make.stays(),
            make.kiosks(),
            make.incidents(incidents),
            make.log()};
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
