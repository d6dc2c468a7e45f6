#include "storage/organiser/report/page.hpp"

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/report/chart.hpp"
#include "storage/organiser/report/gathering.hpp"

namespace hudoor::organiser {

using namespace storage;
using kainjow::mustache::data;
using kainjow::mustache::mustache;

namespace {

constexpr std::size_t countries_told = 7;
constexpr std::size_t organisations_told = 10;
constexpr std::size_t overrides_told = 20;
constexpr std::size_t incidents_told = 10;
constexpr std::uint64_t max_template_bytes = 1 << 20;

std::string share_of(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "0";
    return std::to_string(std::min<std::uint64_t>(100, (part * 200 + whole) / (2 * whole)));
}

/// A list in the template's sense: empty ones leave nothing.
data list() { return data{data::type::list}; }

class PageMaker {
public:
    PageMaker(const Report& report, const ReportSources& sources, const ReportWords& words)
        : report_(report), sources_(sources), words_(words), other_(words.other()) {}

    data make(const std::vector<Incident>& incidents, WallTime made) const {
        data page;
        page["lang"] = language_code(words_);
        page["dir"] = direction(words_);
        page["title"] = text("rep.title");
        page["event"] = words_.pick(sources_.event.event_name) +
                        (sources_.event.demo ? comma(words_) + text("demo.mark") : std::string());
        page["days"] = days();
        page["made"] = words_.text(
            "rep.made", {{"date", words_.date(words_.date_of(made))}, {"time", words_.time(made)}});
        page["cards"] = cards();
        page["arrivals"] = arrivals();
        page["sessions"] = sessions();
        page["countries"] =
            bars("rep.country", "rep.col_country", report_.countries, countries_told, true);
        page["no_shows"] = no_shows();
        page["overrides"] = overrides();
        page["organisations"] =
            bars("rep.org", "rep.col_org", report_.organisations, organisations_told, false);
        data side = list();
        for (data table : {ushers(), stays(), needs_a_look(incidents)}) side << table;
        page["side"] = std::move(side);
        page["incidents"] = this->incidents(incidents);
        page["kiosks"] = kiosks();
        page["coverage"] =
            words_.text("rep.kiosks", {{"a", std::to_string(report_.totals.kiosks_heard)},
                                       {"n", std::to_string(report_.totals.kiosks)}}) +
            ".";
        page["counts"] = text("rep.counts");
        return page;
    }

private:
    static std::string language_code(const ReportWords& words) {
        return words.is_arabic() ? "ar" : "en";
    }
    static std::string direction(const ReportWords& words) {
        return words.is_arabic() ? "rtl" : "ltr";
    }
    static std::string comma(const ReportWords& words) { return words.is_arabic() ? "، " : ", "; }
    [[nodiscard]] std::string text(std::string_view id) const { return words_.text(id); }

    [[nodiscard]] std::string days() const {
        const std::chrono::year_month_day first(sources_.event.first_day);
        const std::chrono::year_month_day last(sources_.event.last_day);
        if (first == last) return words_.date(first);
        const bool one_month = first.year() == last.year() && first.month() == last.month();
        const std::string from =
            one_month ? std::to_string(static_cast<unsigned>(first.day())) : words_.date(first);
        return words_.text("rep.range", {{"from", from}, {"to", words_.date(last)}});
    }

    /// A heading, and the same in the other language at the far end.
    [[nodiscard]] data headed(const std::string& heading, const std::string& other) const {
        data part;
        part["heading"] = heading;
        part["other"] = other;
        part["other_lang"] = language_code(other_);
        part["other_dir"] = direction(other_);
        return part;
    }
    [[nodiscard]] data headed(std::string_view id) const {
        return headed(words_.text(id), other_.text(id));
    }

    [[nodiscard]] data cards() const {
        const ReportTotals& all = report_.totals;
        data cards = list();
        const auto add = [&](const std::string& value, const std::string& words,
                             const std::string& unit = {}) {
            data card;
            card["value"] = value;
            card["words"] = words;
            card["unit"] = unit.empty() ? data(false) : data(unit);
            cards << card;
        };
        const std::string comma = PageMaker::comma(words_);
        add(grouped(all.registered), words_.count("n.registered_unit", all.registered) +
                                         (all.pending == 0 ? std::string()
                                                           : comma + lower(text("rep.pending")) +
                                                                 " " + grouped(all.pending)));
        add(grouped(all.attended),
            lower(text("rep.attended")) + comma + percent(all.attended, all.registered));
        add(grouped(all.no_shows()), words_.count("n.noshows_unit", all.no_shows()) + comma +
                                         percent(all.no_shows(), all.registered));
        if (all.busiest_from)
            add(grouped(all.busiest_people),
                words_.text("rep.peak", {{"time", words_.time(*all.busiest_from)}}));
        add(all.answer_ms ? seconds(*all.answer_ms) : "–", text("rep.answer"),
            all.answer_ms ? text("rep.sec") : std::string());
        add(grouped(all.overrides),
            words_.count("n.overrides_unit", all.overrides) + comma +
                words_.text("rep.of_entries", {{"n", percent(all.overrides, all.admissions)}}));
        return cards;
    }
    /// Inside a sentence of the card; Arabic has no capitals.
    static std::string lower(std::string word) {
        if (!word.empty() && word.front() >= 'A' && word.front() <= 'Z')
            word.front() = static_cast<char>(word.front() + 32);
        return word;
    }

    [[nodiscard]] data arrivals() const {
        data charts = list();
        const auto step = static_cast<std::uint32_t>(report_.step.count());
        for (const ArrivalDay& day : report_.days) {
            const auto heading = [&](const ReportWords& words) {
                return words.count("n.arrivals", step) + comma(words) + words.day(day.from);
            };
            data part = headed(heading(words_), heading(other_));
            part["chart"] = draw_arrivals(day, report_.step, marks_of(day), words_);
            data places = list();
            std::size_t index = 0;
            for (const auto& [id, counts] : day.by_place) {
                data place;
                place["sample"] = draw_sample(index++);
                place["name"] = place_name(id);
                places << place;
            }
            part["places"] = std::move(places);
            charts << part;
        }
        return charts;
    }
    /// Where the day's first session begins.
    [[nodiscard]] std::vector<ChartMark> marks_of(const ArrivalDay& day) const {
        const Session* first = nullptr;
        for (const Session& session : sources_.event.agenda.sessions)
            if (event_day(session.starts, sources_.event.agenda) == day.date &&
                (first == nullptr || session.starts < first->starts))
                first = &session;
        if (first == nullptr) return {};
        return {{first->starts, words_.pick(first->title)}};
    }

    [[nodiscard]] data sessions() const {
        data rows = list();
        for (const SessionCount& one : report_.sessions) {
            data row;
            row["name"] = words_.pick(one.session->title);
            row["room"] = room_name(one.session->room);
            row["value"] = grouped(one.attended);
            const std::uint32_t whole = one.registered;
            row["of"] = whole > 0 ? words_.text("rep.of", {{"n", grouped(whole)}}) : std::string();
            data bar;
            bar["width"] = share_of(one.attended, whole);
            row["bar"] = whole > 0 ? std::move(bar) : data(false);
            rows << row;
        }
        if (rows.is_empty_list()) return data(false);
        data part = headed("rep.sessions");
        part["col_name"] = text("rep.col_session");
        part["col_number"] = text("rep.attended");
        part["rows"] = std::move(rows);
        return part;
    }

    /// The first few; of countries also the others together.
    [[nodiscard]] data bars(const char* title, const char* column,
                            const std::vector<NamedCount>& counts, std::size_t told,
                            bool with_rest) const {
        data rows = list();
        std::uint32_t most = 1;
        std::uint32_t rest = 0;
        std::uint32_t others = 0;
        for (const NamedCount& one : counts) most = std::max(most, one.attended);
        for (std::size_t i = told; i < counts.size(); ++i) {
            rest += counts[i].attended;
            others += counts[i].attended > 0 ? 1U : 0U;
        }
        const auto add = [&](const std::string& name, std::uint32_t people, const char* kind) {
            if (people == 0) return;
            data row;
            row["name"] = name;
            row["value"] = grouped(people);
            row["width"] = share_of(people, std::max(most, with_rest ? rest : most));
            row["kind"] = kind;
            rows << row;
        };
        for (std::size_t i = 0; i < std::min(told, counts.size()); ++i)
            add(words_.named(counts[i]), counts[i].attended, "");
        if (with_rest && others > 0) add(words_.count("n.countries", others), rest, "rest");
        if (rows.is_empty_list()) return data(false);
        data part = headed(title);
        part["col_name"] = text(column);
        part["col_number"] = text("rep.people");
        part["rows"] = std::move(rows);
        return part;
    }

    /// A plain table; numbers stand at the end of their cells.
    class TablePart {
    public:
        TablePart(data part, std::initializer_list<std::pair<std::string, bool>> columns)
            : part_(std::move(part)) {
            data heads = list();
            for (const auto& [title, is_number] : columns) {
                data head;
                head["text"] = title;
                head["kind"] = is_number ? "n" : "";
                heads << head;
                kinds_.emplace_back(is_number ? "n" : "");
            }
            part_["columns"] = std::move(heads);
        }
        void add(const std::vector<std::string>& cells, const char* kind = "") {
            data row;
            data all = list();
            for (std::size_t i = 0; i < cells.size(); ++i) {
                data cell;
                cell["text"] = cells[i];
                cell["kind"] = kinds_[i];
                all << cell;
            }
            row["cells"] = std::move(all);
            row["kind"] = kind;
            rows_ << row;
        }
        /// Nothing for a table without rows.
        [[nodiscard]] data finish() {
            if (rows_.is_empty_list()) return data(false);
            part_["rows"] = std::move(rows_);
            return part_;
        }

    private:
        data part_;
        data rows_ = list();
        std::vector<std::string> kinds_;
    };

    [[nodiscard]] data no_shows() const {
        const ReportTotals& all = report_.totals;
        TablePart table(headed("rep.noshow"), {{text("rep.category"), false},
                                               {text("rep.registered"), true},
                                               {text("rep.attended"), true},
                                               {text("rep.noshow"), true},
                                               {text("rep.share"), true}});
        for (const NamedCount& one : report_.categories)
            table.add({words_.pick(one.name), grouped(one.registered), grouped(one.attended),
                       grouped(one.registered - one.attended),
                       percent(one.registered - one.attended, one.registered)});
        // Nobody of these is among those registered.
        if (all.pending > 0)
            table.add({text("rep.pending") + " (" + grouped(all.pending) + ")", "–",
                       grouped(all.pending_came), "–", "–"});
        if (all.refused_came > 0)
            table.add({text("rep.refused_came"), "–", grouped(all.refused_came), "–", "–"});
        if (all.guests > 0) table.add({text("rep.guests"), "–", grouped(all.guests), "–", "–"});
        return table.finish();
    }
    [[nodiscard]] data overrides() const {
        const auto all = report_.overrides.size();
        const auto told = std::min(all, overrides_told);
        const auto heading = [&](const ReportWords& words) {
            return words.text("rep.overrides") + comma(words) +
                   words.text("rep.of_all", {{"a", grouped(told)}, {"n", grouped(all)}});
        };
        TablePart table(headed(heading(words_), heading(other_)), {{text("rep.when"), false},
                                                                   {text("rep.who"), false},
                                                                   {text("over.reason"), false},
                                                                   {text("rep.by"), false},
                                                                   {text("rep.where"), false}});
        for (std::size_t i = 0; i < told; ++i) {
            const Moment& fact = *report_.overrides[i].fact;
            table.add({when(fact), words_.pick(report_.overrides[i].who),
                       words_.reason(fact.override_reason), by(fact), place_name(fact.place)});
        }
        return table.finish();
    }
    /// One by one, the first few of each kind.
    [[nodiscard]] data incidents(const std::vector<Incident>& all) const {
        TablePart table(headed("rep.look"), {{text("rep.when"), false},
                                             {text("rep.what"), false},
                                             {text("rep.who"), false},
                                             {text("rep.col_device"), false},
                                             {text("rep.where"), false}});
        std::map<IncidentKind, std::size_t> told;
        for (const Incident& one : all) {
            if (++told[one.kind] > incidents_told) continue;
            const OrganiserRegistration* known =
                one.person ? sources_.people.registration(*one.person) : nullptr;
            table.add(
                {when(one.facts.front()), words_.incident(one.kind),
                 known == nullptr ? std::string()
                                  : words_.pick(known->door.name) + " " + known->door.external_id,
                 words_.each(one,
                             [&](const Moment& fact) {
                                 return name_of_kiosk(sources_.kiosks, fact.kiosk);
                             }),
                 words_.each(one, [&](const Moment& fact) { return place_name(fact.place); })});
        }
        return table.finish();
    }
    [[nodiscard]] data ushers() const {
        TablePart table(headed("rep.by_usher"),
                        {{text("rep.col_usher"), false}, {text("rep.number"), true}});
        for (const auto& [number, overrides] : report_.overrides_by_usher)
            table.add({usher(number), grouped(overrides)});
        return table.finish();
    }
    [[nodiscard]] data stays() const {
        TablePart table(headed("rep.stay"), {{text("rep.col_room"), false},
                                             {text("rep.visits"), true},
                                             {text("rep.median"), true}});
        for (const StayCount& one : report_.stays)
            table.add({room_name(one.room), grouped(one.visits),
                       words_.text("rep.minutes", {{"n", std::to_string(one.median.count())}})});
        return table.finish();
    }
    [[nodiscard]] data kiosks() const {
        TablePart table(headed("rep.devices"), {{text("rep.col_device"), false},
                                                {text("rep.scans"), true},
                                                {text("rep.busy_five"), true},
                                                {text("rep.within"), true},
                                                {text("rep.last"), true}});
        for (const KioskCount& one : report_.kiosks) {
            if (one.head == nullptr) {
                table.add({one.kiosk->name, "–", "–", "–", text("rep.unheard")}, "unheard");
                continue;
            }
            table.add({one.kiosk->name, grouped(one.scans), grouped(one.busiest_scans),
                       one.answer_ms
                           ? words_.text("rep.sec_within", {{"n", seconds(*one.answer_ms)}})
                           : "–",
                       when(*one.head)});
        }
        return table.finish();
    }
    [[nodiscard]] data needs_a_look(const std::vector<Incident>& incidents) const {
        TablePart table(headed("rep.look"),
                        {{text("rep.what"), false}, {text("rep.number"), true}});
        std::map<IncidentKind, std::uint32_t> kinds;
        for (const Incident& one : incidents) ++kinds[one.kind];
        for (const auto& [kind, number] : kinds)
            table.add({words_.incident(kind), grouped(number)});
        if (report_.totals.double_shows > 0)
            table.add({text("rep.double_show"), grouped(report_.totals.double_shows)});
        return table.finish();
    }

    [[nodiscard]] std::string when(const Moment& fact) const {
        return words_.day(fact.at()) + comma(words_) + words_.time(fact.at());
    }
    [[nodiscard]] std::string usher(UsherNumber number) const {
        const auto digits = std::to_string(static_cast<unsigned>(number));
        return words_.text("home.usher", {{"code", digits.size() < 2 ? "0" + digits : digits}});
    }
    /// The usher, and the supervisor who approved it.
    [[nodiscard]] std::string by(const Moment& fact) const {
        if (fact.approver == UsherNumber{}) return usher(fact.usher);
        return usher(fact.usher) + " + " + usher(fact.approver);
    }
    [[nodiscard]] std::string place_name(PlaceId id) const {
        const Place* place = sources_.event.agenda.find_place(id);
        return place == nullptr ? std::string() : words_.pick(place->name);
    }
    [[nodiscard]] std::string room_name(RoomId id) const {
        const Room* room = sources_.event.agenda.find_room(id);
        return room == nullptr ? std::string() : words_.pick(room->name);
    }

    const Report& report_;
    const ReportSources& sources_;
    const ReportWords& words_;
    ReportWords other_;
};

}  // namespace

std::string make_report_page(const Report& report, const ReportSources& sources,
                             const std::vector<Incident>& incidents, const ReportWords& words,
                             WallTime made, const std::filesystem::path& assets_dir) {
    const auto file = assets_dir / "report" / "report.mustache";
    const Bytes bytes = read_file(file, max_template_bytes);
    mustache page{std::string(as_text(bytes))};
    if (!page.is_valid())
        throw Fault(ExitCode::bad_data, file.string() + " is damaged: " + page.error_message());
    return page.render(PageMaker(report, sources, words).make(incidents, made));
}

}  // namespace hudoor::organiser
