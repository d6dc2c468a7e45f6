#include "scanner/repeat_gate.hpp"

#include <algorithm>

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
    if (passes) entry->passed = at;
    return {.passes = passes, .again = true};
}

Passing RepeatGate::pass_typed(std::string_view text, MonotonicTime at) {
    Entry* entry = recall(text, at);
    if (entry == nullptr) return {.passes = true};
    if (at - entry->passed < pause_typed) return {};
    entry->passed = at;
    return {.passes = true, .again = true};
}

void RepeatGate::note_seen(std::string_view text, MonotonicTime at) {
    if (Entry* entry = find(text)) entry->seen = std::max(entry->seen, at);
}

void RepeatGate::forget(std::string_view text) {
    std::erase_if(entries_, [text](const Entry& entry) { return entry.text == text; });
}

void RepeatGate::note_blind(std::chrono::nanoseconds span) {
    for (Entry& entry : entries_)
        entry.seen += std::chrono::duration_cast<MonotonicTime::duration>(span);
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
    entries_.push_back({std::string(text), at, at});
    return nullptr;
}

}  // namespace hudoor::scanner
