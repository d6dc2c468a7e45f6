#include "storage/organiser/lists/findings.hpp"

#include <algorithm>
#include <map>

#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/lists/values.hpp"
#include "storage/organiser/lists/words.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

std::string name_key(const OrganiserRegistration& one) {
    const std::string& name = one.door.name.en.empty() ? one.door.name.ar : one.door.name.en;
    return folded_word(name);
}

std::size_t hash_of(const std::string& text) { return std::hash<std::string>()(text); }

bool has_latin(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
    });
}

}  // namespace

DroppedColumn::DroppedColumn(std::size_t at, std::string name)
    : at_(at),
      name_(std::move(name)),
      decides_(sounds_deciding(name_)),
      mail_(sounds_like_mail(name_)) {
    const std::string folded = folded_header(name_);
    quantity_ = folded == "quantity" || folded == "qty" || folded == "anzahl" ||
                folded == "quantité" || folded == "الكمية";
    meant_ = suggest(folded, {"status", "sessions", "category", "valid from", "valid until",
                              "badge code", "attention"});
}

void DroppedColumn::look_at(const ListRow& row, const EventWords& words) {
    constexpr std::size_t most_seen = 500;
    value_ = at_ < row.fields.size() ? row.fields[at_] : std::string();
    if (value_.find_first_not_of(" \t") == std::string::npos) return;
    ++filled_;
    auto known = seen_.find(value_);
    if (known == seen_.end()) {
        // What has very many values is no category.
        if (seen_.size() >= most_seen || value_.size() > 200) return;
        const int kind = names_category(value_, words) ? 1 : names_session(value_, words) ? 2 : 0;
        known = seen_.emplace(value_, kind).first;
    }
    categories_ += known->second == 1 ? 1U : 0U;
    sessions_ += known->second == 2 ? 1U : 0U;
}

std::string DroppedColumn::why_it_decides(bool category_known, bool sessions_known,
                                          std::size_t rows) const {
    if (filled_ == 0) return {};
    const auto most = [&](std::size_t count) { return 2 * count > filled_ && 2 * count > rows; };
    if (!category_known && most(categories_)) return "holds categories of this event";
    if (!sessions_known && most(sessions_)) return "holds sessions of this event";
    if (decides_) return "sounds as if it says who may come in" + meant_;
    return meant_.empty() ? std::string() : "is none of ours" + meant_;
}

void Findings::look_at_names(const OrganiserRegistration& one, RowReport& report) const {
    const Bilingual& name = one.door.name;
    const auto note = [&](const char* column, const std::string& value, const std::string& why) {
        report.warnings.push_back({column, quote(value), why});
    };
    for (const auto& [column, text] : {std::pair{"name_en", &name.en}, {"name_ar", &name.ar}})
        if (!text->empty() && is_placeholder(*text))
            note(column, *text, "stands for a name, and is none; a badge would say it");
    const bool latin_in_arabic = has_latin(name.ar) && !has_arabic(name.ar);
    const bool arabic_in_latin = has_arabic(name.en) && !has_latin(name.en);
    if (latin_in_arabic && arabic_in_latin)
        note("name_ar", name.ar, "the Arabic and the English name stand in each other's column");
    else if (!name.ar.empty() && name.ar == name.en)
        note("name_ar", name.ar, "stands in both columns; each is for one script");
    else if (latin_in_arabic)
        note("name_ar", name.ar, "has no Arabic letter; is it the English name?");
    else if (arabic_in_latin)
        note("name_en", name.en, "is Arabic; is it the Arabic name?");
    if (name.en.find('?') != std::string::npos)
        note("name_en", name.en, "has a question mark; was a letter lost when it was exported?");
    const auto comma = name.en.find(", ");
    if (comma != std::string::npos && comma > 0)
        note("name_en", name.en, "looks like \"Last, First\"; a badge says it as it stands");
}

void Findings::look_at_id(const std::vector<RowReport>& before, RowReport& report) {
    const std::string& id = report.external_id;
    if (id == std::to_string(row_ + 1)) ++counted_;
    const auto [other, fresh] = alike_.emplace(hash_of(alike_id(id)), row_);
    if (fresh || !report.refusals.empty()) return;
    const std::string& other_id = before[other->second].external_id;
    if (other_id != id && alike_id(other_id) == alike_id(id))
        report.warnings.push_back(
            {"attendee_id", quote(id), "looks like " + quote(other_id) + "; are both meant?"});
}

void Findings::look_at(const std::vector<DroppedColumn>& dropped, const OrganiserRegistration& one,
                       const std::vector<RowReport>& before, RowReport& report, bool is_new) {
    constexpr std::size_t most_samples = 6;
    for (const std::string* name : {&one.door.name.ar, &one.door.name.en})
        if (samples_.size() < most_samples &&
            std::any_of(name->begin(), name->end(), [](char sign) { return sign < 0; }))
            samples_.push_back(*name);
    if (report.refusals.empty()) look_at_names(one, report);
    look_at_id(before, report);
    const std::string name = name_key(one);
    if (is_new && report.refusals.empty()) new_names_.emplace(hash_of(name), row_);
    for (const DroppedColumn& column : dropped) {
        if (column.value().empty()) continue;
        if (column.is_quantity() && column.value() != "1" && column.value() != "0")
            report.warnings.push_back({column.name(), quote(column.value()),
                                       "a row is one person; are the others of it in the list?"});
        if (!column.is_mail() || name.empty()) continue;
        const auto [other, fresh] =
            by_mail_.emplace(hash_of(name + "\n" + lower_case(column.value())), row_);
        if (!fresh && before[other->second].external_id != report.external_id)
            report.warnings.push_back({"attendee_id", quote(report.external_id),
                                       "has the name and the mail address of " +
                                           quote(before[other->second].external_id) +
                                           "; one person twice?"});
    }
    ++row_;
}

/// Who is new, and has the name of somebody who is in the event and no more in the list.
void Findings::look_for_twins(const std::vector<OrganiserRegistration>& known,
                              ImportReport& report) const {
    const std::set<std::string> absent(report.absent.begin(), report.absent.end());
    for (const OrganiserRegistration& one : known) {
        const std::string& id = one.door.external_id;
        if (!absent.contains(id)) continue;
        const auto twin = new_names_.find(hash_of(name_key(one)));
        if (twin == new_names_.end() || twin->second >= report.rows.size()) continue;
        RowReport& row = report.rows[twin->second];
        row.warnings.push_back(
            {"attendee_id", quote(row.external_id),
             "is new, and " + quote(id) + " of the same name is not in this file" +
                 (alike_id(id) == alike_id(row.external_id) ? "; did a spreadsheet cut the zeros?"
                                                            : "; the same person?")});
    }
}

void Findings::count_seats(const std::vector<OrganiserRegistration>& known,
                           ImportReport& report) const {
    std::map<SessionId, std::size_t> registered;
    std::size_t people = 0;
    std::set<std::string> changed;
    const auto count = [&](const OrganiserRegistration& one) {
        if (one.door.status >= RegistrationStatus::cancelled) return;
        ++people;
        for (const SessionId session : one.door.sessions) ++registered[session];
    };
    for (const OrganiserRegistration& one : report.to_save) {
        changed.insert(one.door.external_id);
        count(one);
    }
    for (const OrganiserRegistration& one : known)
        if (!changed.contains(one.door.external_id)) count(one);
    bool any_needed = false;
    for (const Session& session : event_.agenda.sessions) {
        any_needed |= session.admits == Admits::registered;
        const std::size_t all = registered[session.id];
        if (session.capacity > 0 && all > session.capacity)
            report.warnings.push_back("The session " + session.code + " has " +
                                      counted(session.capacity, "seat") + " and " +
                                      std::to_string(all) + " registered.");
    }
    const bool none = std::all_of(registered.begin(), registered.end(),
                                  [](const auto& one) { return one.second == 0; });
    if (any_needed && none && people > 0)
        report.warnings.push_back(
            "Nobody is registered for any session: those that admit the registered will let nobody "
            "in. Is a column sessions missing?");
}

void Findings::finish(const std::vector<OrganiserRegistration>& known, ImportReport& report) {
    constexpr std::size_t few = 3;
    if (!report.absent.empty()) look_for_twins(known, report);
    count_seats(known, report);
    if (may_be_row_numbers_ && counted_ > few && counted_ == report.rows.size())
        report.warnings.push_back(
            "The ids are 1, 2, 3 ... in the order of the rows: if they are numbers of rows, one row"
            " more gives everybody behind it the badge of another.");
    report.sample_names = std::move(samples_);
}

}  // namespace hudoor::organiser
