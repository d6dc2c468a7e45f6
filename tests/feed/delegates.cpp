#include "tests/feed/delegates.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include "config/fault.hpp"
#include "tests/feed/random.hpp"

namespace hudoor::feed {
namespace {

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char letter : line)
        if (letter == ',')
            cells.emplace_back();
        else
            cells.back() += letter;
    return cells;
}

/// The rows below the heading; our own lists hold no quotes.
std::vector<std::vector<std::string>> read_rows(const std::filesystem::path& file,
                                                std::size_t columns) {
    std::ifstream in(file);
    if (!in) throw Fault(ExitCode::no_input, "cannot read the name list " + file.string());
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(in, line);
    for (int number = 2; std::getline(in, line); ++number) {
        rows.push_back(split(line));
        if (rows.back().size() != columns)
            throw Fault(ExitCode::bad_data, file.string() + ":" + std::to_string(number) + ": " +
                                                std::to_string(columns) + " columns are needed");
    }
    if (rows.empty()) throw Fault(ExitCode::bad_data, file.string() + " is empty");
    return rows;
}

std::vector<NamePart> read_given_names(const std::filesystem::path& file) {
    std::vector<NamePart> names;
    for (const auto& row : read_rows(file, 5))
        names.push_back({row[0], row[1] == "f", {row[2], row[3]}, row[4]});
    return names;
}

std::vector<NamePart> read_family_names(const std::filesystem::path& file) {
    std::vector<NamePart> names;
    for (const auto& row : read_rows(file, 4))
        names.push_back({row[0], false, {row[1], row[2]}, row[3]});
    return names;
}

std::vector<Word> read_words(const std::filesystem::path& file) {
    std::vector<Word> words;
    for (const auto& row : read_rows(file, 2)) words.push_back({row[0], row[1]});
    return words;
}

std::vector<Country> read_countries(const std::filesystem::path& file) {
    std::vector<Country> countries;
    for (const auto& row : read_rows(file, 6))
        countries.push_back({row[0],
                             static_cast<std::size_t>(std::stoul(row[1])),
                             row[2],
                             row[3],
                             {row[4], row[5]}});
    return countries;
}

std::string fill(const std::string& form, const std::string& with) {
    const std::size_t at = form.find("{}");
    return form.substr(0, at) + with + form.substr(at + 2);
}

std::vector<Word> compose_organisations(const NameLists& lists) {
    std::vector<Word> organisations;
    for (const Word& kind : lists.organisation_kinds)
        for (const Word& field : lists.organisation_fields)
            organisations.push_back({fill(kind.en, field.en), fill(kind.ar, field.ar)});
    return organisations;
}

std::vector<NamePart> of_group(const std::vector<NamePart>& names, const std::string& group) {
    std::vector<NamePart> chosen;
    std::copy_if(names.begin(), names.end(), std::back_inserter(chosen),
                 [&](const NamePart& name) { return name.group == group; });
    return chosen;
}

const Country& draw_country(const std::vector<Country>& countries, Random& random) {
    std::size_t total = 0;
    for (const Country& country : countries) total += country.weight;
    std::size_t left = random.below(total);
    for (const Country& country : countries) {
        if (left < country.weight) return country;
        left -= country.weight;
    }
    return countries.back();
}

/// Of a woman, Nazarov is Nazarova.
NamePart family_of(NamePart family, bool woman) {
    if (!woman || !(family.word.en.ends_with("ov") || family.word.en.ends_with("ev")))
        return family;
    family.word.en += "a";
    family.word.ar += "ا";
    if (!family.own.empty()) family.own += "а";  // the Cyrillic letter
    return family;
}

/// Mohammed bin Khalid bin Sultan Al Marzouqi: father and grandfather between the two.
Word with_fathers(const NamePart& first, const NamePart& last, const std::vector<NamePart>& given,
                  Random& random) {
    Word name = first.word;
    const NamePart* child = &first;
    for (int before = 0; before < 2; ++before) {
        const NamePart* father = &random.pick(given);
        while (father->of_women || father->word.en == child->word.en) father = &random.pick(given);
        child = father;
        const bool daughter = before == 0 && first.of_women;
        name.en += (daughter ? " bint " : " bin ") + father->word.en;
        name.ar += (daughter ? " بنت " : " بن ") + father->word.ar;
    }
    return {name.en + " " + last.word.en, name.ar + " " + last.word.ar};
}

/// As it stands in a passport; some with fathers, double names or their own letters.
Word compose_name(const std::vector<NamePart>& given, const std::vector<NamePart>& families,
                  Random& random) {
    const NamePart& first = random.pick(given);
    const NamePart last = family_of(random.pick(families), first.of_women);
    if (last.group == "gulf" && random.chance(0.12))
        return with_fathers(first, last, given, random);
    Word name{first.word.en + " " + last.word.en, first.word.ar + " " + last.word.ar};
    if (last.group == "han")  // the family comes first
        name = {last.word.en + " " + first.word.en, last.word.ar + " " + first.word.ar};
    const bool own_letters = !last.own.empty() && random.chance(0.4);
    if (own_letters && last.group == "han") name.en = last.own + first.own + " " + name.en;
    if (own_letters && last.group != "han") name.en = first.own + " " + last.own;
    if (last.group == "europe" && random.chance(0.06)) {
        const NamePart& second = random.pick(families);
        if (second.word.en != last.word.en) {
            name.en += "-" + second.word.en;
            name.ar += "-" + second.word.ar;
        }
    }
    return name;
}

/// Draws again for a while where somebody bears the name already: a few namesakes are like life.
/// A few people wrote theirs in one script only.
Word draw_name(const NameLists& lists, const Country& country, std::set<std::string>& taken,
               Random& random) {
    const auto given = of_group(lists.given_names, country.given);
    const auto families = of_group(lists.family_names, country.family);
    Word name;
    for (int attempt = 0; attempt < 30; ++attempt) {
        name = compose_name(given, families, random);
        if (taken.insert(name.en).second) break;
    }
    if (random.chance(0.03)) (country.given == "arab" ? name.en : name.ar).clear();
    return name;
}

std::string draw_category(Random& random) {
    const std::size_t percent = random.below(100);
    if (percent < 6) return "speaker";
    if (percent < 14) return "media";
    if (percent < 18) return "vip";
    return "delegate";
}

std::string draw_sessions(const DelegateOptions& options, Random& random) {
    std::string sessions = random.chance(0.75) ? options.main_session : options.parallel_session;
    for (const std::string& later : options.later_sessions)
        if (random.chance(0.5)) sessions += " " + later;
    return sessions;
}

std::string draw_seat(Random& random) {
    const char row = static_cast<char>('A' + random.below(20));
    return std::string(1, row) + "-" + std::to_string(1 + random.below(30));
}

std::string draw_status(Random& random) {
    const std::size_t permille = random.below(1000);
    if (permille < 10) return "pending";
    if (permille < 18) return "cancelled";
    if (permille < 20) return "blocked";
    return "confirmed";
}

Delegate invent_delegate(const NameLists& lists, const std::vector<Word>& organisations,
                         const DelegateOptions& options, std::set<std::string>& taken,
                         Random& random) {
    const Country& country = draw_country(lists.countries, random);
    Delegate delegate;
    delegate.name = draw_name(lists, country, taken, random);
    delegate.organisation = random.pick(organisations);
    delegate.country = country.code;
    if (random.chance(0.3)) delegate.delegation = country.name.en;
    delegate.category = draw_category(random);
    delegate.sessions = draw_sessions(options, random);
    if (random.chance(0.8)) delegate.seat = draw_seat(random);
    delegate.status = draw_status(random);
    if (random.chance(0.01)) {
        delegate.attention = "yes";
        delegate.usher_note = {"Takes part in the panel: show the way backstage",
                               "ضمن المتحدثين في الجلسة الحوارية: يُرجى الإرشاد إلى الكواليس"};
    }
    if (delegate.category == "vip" && random.chance(0.3)) delegate.discreet = "yes";
    return delegate;
}

std::string number_of(std::size_t index) {
    const std::string digits = std::to_string(index + 1);
    return "D" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

}  // namespace

NameLists load_name_lists(const std::filesystem::path& directory) {
    return {read_countries(directory / "countries.csv"),
            read_given_names(directory / "given_names.csv"),
            read_family_names(directory / "family_names.csv"),
            read_words(directory / "organisation_kinds.csv"),
            read_words(directory / "organisation_fields.csv")};
}

std::set<std::string> womens_names(const NameLists& lists) {
    std::set<std::string> names;
    for (const NamePart& name : lists.given_names)
        if (name.of_women) names.insert({name.word.en, name.word.ar, name.own});
    names.erase("");
    return names;
}

std::vector<Delegate> invent_delegates(const NameLists& lists, const DelegateOptions& options) {
    Random random(options.seed);
    std::set<std::string> taken;
    const auto organisations = compose_organisations(lists);
    std::vector<Delegate> delegates;
    for (std::size_t index = 0; index < options.count; ++index) {
        delegates.push_back(invent_delegate(lists, organisations, options, taken, random));
        delegates.back().attendee_id = number_of(index);
    }
    return delegates;
}

void write_delegates(const std::vector<Delegate>& delegates, std::ostream& out) {
    out << "attendee_id,badge_code,name_ar,name_en,organisation_ar,organisation_en,country,"
           "delegation,category,sessions,seat,valid_from,valid_until,status,attention,"
           "usher_note_ar,usher_note_en,discreet\n";
    for (const Delegate& row : delegates)
        out << row.attendee_id << ",," << row.name.ar << ',' << row.name.en << ','
            << row.organisation.ar << ',' << row.organisation.en << ',' << row.country << ','
            << row.delegation << ',' << row.category << ',' << row.sessions << ',' << row.seat
            << ",,," << row.status << ',' << row.attention << ',' << row.usher_note.ar << ','
            << row.usher_note.en << ',' << row.discreet << '\n';
}

}  // namespace hudoor::feed
