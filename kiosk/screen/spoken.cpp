#include "kiosk/screen/spoken.hpp"

#include <cctype>
#include <set>

#include "kiosk/screen/hint_words.hpp"
#include "kiosk/screen/verdict_words.hpp"

namespace hudoor::kiosk {
namespace {

using scanner::HintKind;

constexpr int numbers_recorded = 60;  // hours, minutes and most seats

std::string number(int value) { return "number." + std::to_string(value); }

void append(SpokenPieces& pieces, const SpokenPieces& more) {
    pieces.insert(pieces.end(), more.begin(), more.end());
}
void append(SpokenPieces& pieces, std::string_view word) {
    if (!word.empty()) pieces.emplace_back(word);
}

/// "9, 0, 5" for five past nine; the hour alone where it is full.
SpokenPieces time_of(std::chrono::minutes since_midnight) {
    const int hours = static_cast<int>(since_midnight / std::chrono::hours(1)) % 24;
    const int minutes = static_cast<int>(since_midnight.count() % 60);
    SpokenPieces pieces{number(hours)};
    if (minutes == 0) return pieces;
    if (minutes < 10) pieces.push_back(number(0));
    pieces.push_back(number(minutes));
    return pieces;
}

/// By its arrow: the words of the event are nobody's recording.
std::string_view direction_of(storage::Arrow arrow) {
    using storage::Arrow;
    switch (arrow) {
        case Arrow::ahead:
            return "dir.ahead";
        case Arrow::ahead_right:
        case Arrow::right:
        case Arrow::back_right:
            return "dir.right";
        case Arrow::back:
            return "dir.back";
        case Arrow::back_left:
        case Arrow::left:
        case Arrow::ahead_left:
            return "dir.left";
    }
    return "dir.ahead";
}

std::string_view way_of(const SessionWords& session) {
    return direction_of(session.way ? session.way->arrow : storage::Arrow::ahead);
}

SpokenPieces seat(const Answer& answer) {
    SpokenPieces pieces;
    if (!answer.session) return pieces;
    if (!answer.seat.empty()) {
        append(pieces, "next.seat");
        append(pieces, spell(answer.seat));
    }
    append(pieces, way_of(*answer.session));
    return pieces;
}

SpokenPieces right_room(const Answer& answer) {
    if (!answer.instead) return {"see.desk"};
    return {"no.other_room", std::string(way_of(*answer.instead))};
}

/// Days are nobody's recording either.
SpokenPieces next_session(const Answer& answer, std::string_view today) {
    if (!answer.instead) return {"see.desk"};
    if (answer.instead->day) return {};
    SpokenPieces pieces{std::string(today)};
    append(pieces, time_of(answer.instead->starts));
    return pieces;
}

/// Its way by the arrow, where there is one.
SpokenPieces help_desk(const Answer& answer) {
    SpokenPieces pieces{"see.desk"};
    if (answer.help_desk.arrow) append(pieces, direction_of(*answer.help_desk.arrow));
    return pieces;
}

SpokenPieces next_step_of(NextStep next, const Answer& answer) {
    switch (next) {
        case NextStep::nothing:
        case NextStep::doors:
            return {};
        case NextStep::seat:
            return seat(answer);
        case NextStep::see_usher:
            return {"again.next"};
        case NextStep::right_room:
            return right_room(answer);
        case NextStep::next_session:
            return next_session(answer, "door.next");
        case NextStep::later_room:
            return next_session(answer, "when.today");
        case NextStep::help_desk:
            break;
    }
    return help_desk(answer);
}

const VerdictWords& words_for(const Answer& answer) {
    return verdict_words(answer.verdict, answer.direction);
}

/// Of every answer there can be.
std::set<std::string> words_said() {
    std::set<std::string> said{
        "next.seat",  "dir.ahead",     "dir.right",         "dir.back", "dir.left",
        "when.today", "again.next",    "cam.wait",          "see.desk", "door.next",
        "idle.show",  "idle.show_sub", "ooo.word",          "ooo.next", "no.other_room",
        "exit.word",  "held.welcomed", "held.welcomed_sub", "see.word", "idle.leave_sub"};
    for (std::size_t kind = 0; kind < scanner::hint_kinds; ++kind) {
        const HintWords words = hint_words(static_cast<HintKind>(kind));
        for (const std::string_view word : {words.word, words.sub})
            if (!word.empty()) said.emplace(word);
    }
    for (const VerdictWords& words : all_verdict_words())
        for (const std::string_view word : {words.word, words.detail})
            if (!word.empty()) said.emplace(word);
    return said;
}

}  // namespace

SpokenPieces spoken_verdict(const Answer& answer) {
    if (answer.seen_again)
        return {answer.direction == storage::Direction::exit ? "exit.word" : "held.welcomed"};
    SpokenPieces pieces{std::string(words_for(answer).word)};
    if (answer.verdict.reason == storage::Reason::too_early && answer.since)
        append(pieces, time_of(*answer.since));
    return pieces;
}

SpokenPieces spoken_answer(const Answer& answer) {
    if (answer.seen_again) return spoken_verdict(answer);
    const VerdictWords& words = words_for(answer);
    SpokenPieces pieces = spoken_verdict(answer);
    append(pieces, words.detail);
    if (words.middle == Middle::since && answer.since) append(pieces, time_of(*answer.since));
    append(pieces, next_step_of(words.next, answer));
    return pieces;
}

SpokenPieces spoken_idle(const IdleScreen& idle) {
    const HintWords words = idle_words(idle);
    SpokenPieces pieces;
    append(pieces, words.word);
    append(pieces, words.sub);
    return pieces;
}

SpokenPieces spoken_out_of_service(const OutOfServiceScreen& screen) {
    if (screen.by_hand) return {"cam.wait", "see.word"};
    return {"ooo.word", "ooo.next"};
}

SpokenPieces spell(std::string_view code) {
    SpokenPieces pieces;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t at = 0; at < code.size();) {
        std::size_t end = at;
        while (end < code.size() && is_digit(code[end])) ++end;
        if (end == at) {
            const auto letter =
                static_cast<char>(std::tolower(static_cast<unsigned char>(code[at])));
            if (letter >= 'a' && letter <= 'z') pieces.push_back(std::string("letter.") + letter);
            ++at;
            continue;
        }
        const std::string_view digits = code.substr(at, end - at);
        if (digits.size() <= 2 && std::stoi(std::string(digits)) < numbers_recorded)
            pieces.push_back(number(std::stoi(std::string(digits))));
        else
            for (const char digit : digits) pieces.push_back(number(digit - '0'));
        at = end;
    }
    return pieces;
}

std::vector<Recording> recordings(const assets::Catalogue& catalogue) {
    using assets::Language;
    const auto text = [&](std::string_view id, Language language) {
        return catalogue.text(id, language, {{"time", ""}, {"code", ""}, {"date", ""}, {"n", ""}});
    };
    std::vector<Recording> all;
    for (const std::string& id : words_said())
        all.push_back({id, {text(id, Language::ar), text(id, Language::en)}});
    for (int value = 0; value < numbers_recorded; ++value)
        all.push_back({number(value), {std::to_string(value), std::to_string(value)}});
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        const std::string said(1, static_cast<char>(std::toupper(letter)));
        all.push_back({std::string("letter.") + letter, {said, said}});
    }
    return all;
}

}  // namespace hudoor::kiosk
