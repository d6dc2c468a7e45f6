#include "scanner/repeat_gate.hpp"

#include <algorithm>
#include <utility>

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

constexpr auto out_of_view = 1s;
constexpr auto pause_seen = 5s;
constexpr auto pause_typed = 2'500ms;
constexpr auto again_for = 10s;  // after leaving view

}  // namespace

Passing RepeatGate::pass_seen(std::string_view text, MonotonicTime at) {
    Entry* entry = recall(text, at);
    if (entry == nullptr) return {.passes = true};
    const bool passes = at - entry->seen >= out_of_view && at - entry->passed >= pause_seen;
    entry->seen = at;
    return entry->undecided || passes ? pass(*entry, at) : Passing{.again = true};
}

Passing RepeatGate::pass_typed(std::string_view text, MonotonicTime at) {
    Entry* entry = recall(text, at);
    if (entry == nullptr) return {.passes = true};
    if (!entry->undecided && at - entry->passed < pause_typed) return {};
    return pass(*entry, at);
}

void RepeatGate::note_seen(std::string_view text, MonotonicTime at) {
    if (Entry* entry = find(text)) entry->seen = std::max(entry->seen, at);
}

void RepeatGate::forget(std::string_view text) {
    if (Entry* entry = find(text)) entry->undecided = true;
}

void RepeatGate::note_blind(std::chrono::nanoseconds span) {
    for (Entry& entry : entries_)
        entry.seen += std::chrono::duration_cast<MonotonicTime::duration>(span);
}

/// Of whom nothing came, it is still the same showing.
Passing RepeatGate::pass(Entry& entry, MonotonicTime at) {
    if (!std::exchange(entry.undecided, false)) entry.again = true;
    entry.passed = at;
    return {.passes = true, .again = entry.again};
}

RepeatGate::Entry* RepeatGate::find(std::string_view text) {
    const auto found = std::ranges::find(entries_, text, &Entry::text);
    return found == entries_.end() ? nullptr : &*found;
}

RepeatGate::Entry* RepeatGate::recall(std::string_view text, MonotonicTime at) {
    std::erase_if(entries_, [at](const Entry& entry) {
        return at - entry.seen > again_for && at - entry.passed > again_for;
    });
    if (Entry* entry = find(text)) return entry;
    entries_.push_back({.text = std::string(text), .passed = at, .seen = at});
    return nullptr;
}

}  // namespace hudoor::scanner
