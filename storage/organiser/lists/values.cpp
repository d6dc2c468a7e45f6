#include "storage/organiser/lists/values.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <sstream>

#include "storage/names/country.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/lists/words.hpp"

namespace hudoor::organiser {

using namespace storage;
using std::chrono::sys_days;

namespace {

constexpr std::size_t max_code_bytes = 512;
constexpr const char* not_utf8 = "is not UTF-8; save the file as UTF-8";

std::string clean(const std::string& value) {
    const auto text = clean_text(value);
    if (!text) throw Refusal{not_utf8};
    return text->text;
}

/// Words that mean the same, by what they are compared as.
template <typename Value>
using Meanings = std::map<std::string, Value>;

template <typename Value>
Meanings<Value> meanings(std::initializer_list<std::pair<Value, std::vector<const char*>>> all) {
    Meanings<Value> found;
    for (const auto& [value, words] : all)
        for (const char* word : words) found.emplace(folded_word(word), value);
    return found;
}

bool read_flag(const std::string& value) {
    static const auto words = meanings<bool>(
        {{true, {"yes", "y", "true", "1", "x", "ja", "oui", "si", "on", "نعم", "صح", "صحيح"}},
         {false, {"no", "n", "false", "0", "nein", "non", "off", "لا", "خطأ", "كلا"}}});
    const std::string word = clean(value);
    if (word.empty() || word == "-") return false;
    if (word == "✓" || word == "✔" || word == "☑") return true;
    const auto found = words.find(folded_word(word));
    if (found == words.end()) throw Refusal{"must be yes or no"};
    return found->second;
}

/// A day, or a time on a day; others write slashes between, and a space before the time.
ValidityLimit read_limit(const std::string& value, const Agenda& agenda) {
    std::string word = clean(value);
    if (word.size() >= 10 && word[4] == '/' && word[7] == '/') word[4] = word[7] = '-';
    std::ranges::transform(word, word.begin(), [](char sign) {
        return sign == 't' || sign == 'z' ? static_cast<char>(sign - 0x20) : sign;
    });
    const auto limit = parse_limit(word, agenda);
    if (!limit) throw Refusal{why_no_limit(word, agenda)};
    return *limit;
}

/// "Delegates" is delegate.
CategoryId find_category(const std::string& value, const EventWords& words) {
    std::string word = folded_word(value);
    auto found = words.categories.find(word);
    if (found == words.categories.end() && word.ends_with('s')) {
        word.pop_back();
        found = words.categories.find(word);
    }
    return found == words.categories.end() ? CategoryId{} : found->second;
}

CategoryId read_category(const std::string& value, const EventWords& words) {
    const std::string word = clean(value);
    const Identity& event = words.event;
    if (word.empty()) return event.categories.front().id;
    if (const CategoryId found = find_category(word, words); found != CategoryId{}) return found;
    std::string codes;
    std::vector<std::string> all;
    for (const Category& category : event.categories) {
        codes += (codes.empty() ? "" : ", ") + category.code;
        all.push_back(category.code);
    }
    throw Refusal{"is not one of: " + codes + suggest(lower_case(word), all)};
}

using Sessions = std::vector<SessionId>;

/// By code or title.
std::optional<SessionId> find_session(const std::string& text, const EventWords& words) {
    const auto found = words.sessions.find(folded_word(text));
    return found == words.sessions.end() ? std::nullopt : std::optional(found->second);
}

bool means_all(const std::string& text) {
    static const auto words =
        meanings<bool>({{true, {"all", "all sessions", "الكل", "كل الجلسات", "جميع الجلسات"}}});
    return words.contains(folded_word(text));
}

[[noreturn]] void refuse_session(const std::string& word, const Identity& event) {
    std::vector<std::string> all;
    for (const Session& session : event.agenda.sessions) all.push_back(session.code);
    throw Refusal{"there is no session " + quote(word) + " in the event" +
                  suggest(lower_case(word), all)};
}

/// Codes with spaces between, unless all of it is a title.
void read_piece(const std::string& piece, const EventWords& known, Sessions& to) {
    if (piece.empty()) return;
    if (const auto whole = find_session(piece, known)) return to.push_back(*whole);
    if (means_all(piece)) {
        for (const Session& session : known.event.agenda.sessions) to.push_back(session.id);
        return;
    }
    std::istringstream words(piece);
    for (std::string word; words >> word;) {
        const auto found = find_session(word, known);
        if (!found) refuse_session(word, known.event);
        to.push_back(*found);
    }
}

/// Where pieces are parted: by , ; | a line's end and the Arabic marks.
std::vector<std::string> pieces_of(const std::string& value) {
    std::vector<std::string> pieces(1);
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string_view rest = std::string_view(value).substr(i);
        const bool arabic = rest.starts_with("،") || rest.starts_with("؛");
        if (arabic || std::string_view(",;|\n\r").find(value[i]) != std::string_view::npos)
            pieces.emplace_back();
        else
            pieces.back() += value[i];
        if (arabic) ++i;
    }
    return pieces;
}

/// Piece by piece: all together may be longer than a text may be.
Sessions read_sessions(const std::string& value, const EventWords& known) {
    Sessions sessions;
    const auto title = clean_text(value);
    const auto whole = title && !title->shortened ? find_session(title->text, known) : std::nullopt;
    if (whole) return {*whole};
    for (const std::string& piece : pieces_of(value)) {
        std::istringstream words(piece);
        std::string text;
        for (std::string word; words >> word;) {
            std::string one = clean(word);  // an Arabic blank parts them as well
            if (!one.empty()) text += (text.empty() ? "" : " ") + one;
        }
        read_piece(text, known, sessions);
    }
    std::sort(sessions.begin(), sessions.end());
    sessions.erase(std::unique(sessions.begin(), sessions.end()), sessions.end());
    return sessions;
}

std::string read_code(const std::string& value) {
    const bool printable = std::all_of(value.begin(), value.end(),
                                       [](char sign) { return sign > ' ' && sign < 0x7F; });
    if (!printable) throw Refusal{"a code is of printable ASCII without spaces"};
    if (value.size() > max_code_bytes) throw Refusal{"a code is at most 512 long"};
    if (parse_badge(value)) throw Refusal{"is a badge of ours; leave the code empty"};
    if (const std::string damage = spreadsheet_damage(value); !damage.empty())
        throw Refusal{damage};
    return value;
}

std::string read_country(const std::string& value, Setting& setting) {
    std::string text;
    set_text(text, value, setting);
    if (text.empty()) return text;
    if (const auto code = find_country(text)) return *code;
    setting.warnings.push_back("is no country that is known, and was kept as it is" +
                               suggest_country(text));
    return text;
}

/// A field from what a list says: one overload a type, and the kinds of text apart.
void set(const storage::Column& column, std::string& to, const std::string& value,
         Setting& setting) {
    switch (column.text) {
        case Text::country:
            to = read_country(value, setting);
            return;
        case Text::code:
            to = read_code(value);
            return;
        case Text::identifier:
        case Text::free:
            break;
    }
    set_text(to, value, setting);
    if (column.text == Text::identifier && !setting.warnings.empty())
        throw Refusal{"must not be longer than 80 signs"};
    if (const std::string broken = broken_text(to); !broken.empty()) throw Refusal{broken};
}
void set(const storage::Column&, bool& to, const std::string& value, Setting&) {
    to = read_flag(value);
}
void set(const storage::Column&, ValidityLimit& to, const std::string& value, Setting& setting) {
    to = read_limit(value, setting.words.event.agenda);
}
void set(const storage::Column&, RegistrationStatus& to, const std::string& value, Setting&) {
    to = read_status(value);
}
void set(const storage::Column&, CategoryId& to, const std::string& value, Setting& setting) {
    to = read_category(value, setting.words);
}
void set(const storage::Column&, Sessions& to, const std::string& value, Setting& setting) {
    to = read_sessions(value, setting.words);
}

std::string shown(const std::string& text, const Identity&) { return text; }
std::string shown(bool flag, const Identity&) { return flag ? "yes" : "no"; }
std::string shown(const ValidityLimit& limit, const Identity& event) {
    return write_limit(limit, event.agenda);
}
constexpr std::array status_names{"confirmed", "pending", "cancelled", "blocked"};

std::string shown(RegistrationStatus status, const Identity&) {
    return status_names.at(static_cast<std::size_t>(status));
}
std::string shown(CategoryId id, const Identity& event) {
    for (const Category& category : event.categories)
        if (category.id == id) return category.code;
    return {};
}
std::string shown(const Sessions& ids, const Identity& event) {
    std::string codes;
    for (const SessionId id : ids)
        if (const Session* session = event.agenda.find_session(id))
            codes += (codes.empty() ? "" : " ") + session->code;
    return codes;
}

}  // namespace

bool is_ours(std::string_view listed) {
    const auto& all = our_columns();
    return std::find(all.begin(), all.end(), listed) != all.end();
}

const std::vector<std::string>& our_columns() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> names;
        const OrganiserRegistration none;
        visit_columns(
            [&](const storage::Column& column, const auto&) {
                if (!column.listed.empty()) names.emplace_back(column.listed);
            },
            none);
        return names;
    }();
    return all;
}

void set_text(std::string& to, const std::string& value, Setting& setting) {
    const auto text = clean_text(value);
    if (!text) throw Refusal{not_utf8};
    if (text->shortened) setting.warnings.emplace_back("shortened to 80 signs");
    to = text->text;
}

void set_column(std::string_view listed, OrganiserRegistration& one, const std::string& value,
                Setting& setting) {
    if (is_spreadsheet_error(value)) throw Refusal{"is an error of a spreadsheet, not a value"};
    visit_columns(
        [&](const storage::Column& column, auto& field) {
            if constexpr (requires { set(column, field, value, setting); })
                if (column.listed == listed) set(column, field, value, setting);
        },
        one);
}

std::string shown_column(std::string_view listed, const OrganiserRegistration& one,
                         const Identity& event) {
    std::string text;
    visit_columns(
        [&](const storage::Column& column, const auto& field) {
            if constexpr (requires { shown(field, event); })
                if (column.listed == listed) text = shown(field, event);
        },
        one);
    return text;
}

void copy_column(std::string_view listed, const OrganiserRegistration& from,
                 OrganiserRegistration& to) {
    visit_columns(
        [&](const storage::Column& column, const auto& field) {
            if (column.listed != listed) return;
            visit_columns(
                [&](const storage::Column& other, auto& target) {
                    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(target)>,
                                                 std::remove_cvref_t<decltype(field)>>)
                        if (other.listed == listed) target = field;
                },
                to);
        },
        from);
}

RegistrationStatus read_status(const std::string& value) {
    using enum RegistrationStatus;
    static const auto words = meanings<RegistrationStatus>(
        {{confirmed,
          {"confirmed", "approved", "accepted",  "active",  "attending", "registered", "complete",
           "completed", "paid",     "going",     "valid",   "ok",        "checked in", "مؤكد",
           "مؤكدة",     "مقبول",    "مقبولة",    "مسجل",    "معتمد",     "مكتمل",      "مدفوع",
           "نشط",       "ساري",     "bestätigt", "bezahlt", "confirmé",  "payé"}},
         {pending,
          {"pending",      "waiting",      "waitlist",         "waitlisted",      "waiting list",
           "unpaid",       "not paid",     "awaiting payment", "payment pending", "in review",
           "under review", "invited",      "tentative",        "unconfirmed",     "معلق",
           "معلقة",        "قيد الانتظار", "قيد المراجعة",     "انتظار",          "قائمة الانتظار",
           "غير مدفوع",    "غير مؤكد",     "ausstehend",       "en attente"}},
         {cancelled,
          {"cancelled", "canceled",  "withdrawn", "declined",      "rejected",  "refunded",
           "void",      "voided",    "deleted",   "not attending", "not going", "expired",
           "ملغي",      "ملغى",      "ملغاة",     "ملغية",         "مرفوض",     "منسحب",
           "معتذر",     "storniert", "abgesagt",  "annulé"}},
         {blocked,
          {"blocked", "banned", "denied", "محظور", "محظورة", "ممنوع", "موقوف", "gesperrt",
           "bloqué"}}});
    const std::string word = clean(value);
    if (word.empty()) return confirmed;
    if (const auto found = words.find(folded_word(word)); found != words.end())
        return found->second;
    throw Refusal{"must be confirmed, pending, cancelled or blocked" +
                  suggest(lower_case(word), {status_names.begin(), status_names.end()})};
}

bool names_category(const std::string& value, const EventWords& words) {
    return find_category(value, words) != CategoryId{};
}

bool names_session(const std::string& value, const EventWords& words) {
    try {
        return !read_sessions(value, words).empty();
    } catch (const Refusal&) {
        return false;
    }
}

EventWords::EventWords(const Identity& of) : event(of) {
    for (const Category& category : event.categories) {
        std::vector<std::string> names{category.code, category.name.en, category.name.ar};
        // "مشارك، مشاركة" is two words for one category.
        for (const std::string& part : pieces_of(category.name.ar)) names.push_back(part);
        for (const std::string& name : names) categories.emplace(folded_word(name), category.id);
    }
    for (const Session& session : event.agenda.sessions)
        for (const std::string& name : {session.code, session.title.en, session.title.ar})
            sessions.emplace(folded_word(name), session.id);
    categories.erase(std::string());
    sessions.erase(std::string());
}

}  // namespace hudoor::organiser
