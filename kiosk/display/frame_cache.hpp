/// A cache that a frame fills and the next one reads: when it is over its budget, everything the
/// last frame did not use goes, but for what was made to stay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

namespace hudoor::kiosk {

template <typename Key, typename Value>
class FrameCache {
public:
    explicit FrameCache(std::size_t budget) : budget_(budget) {}

    void begin_frame() { ++frame_; }

    /// What is in it now stays, and is not of its budget.
    void keep_all() {
        for (auto& [key, entry] : entries_) {
            if (!entry.kept) weight_ -= entry.weight;
            entry.kept = true;
        }
    }

    /// Drops what this frame did not use if the weights together are over the budget; `on_drop` is
    /// called with each dropped value.
    template <typename OnDrop>
    void end_frame(OnDrop on_drop) {
        if (weight_ <= budget_) return;
        for (auto it = entries_.begin(); it != entries_.end();) {
            if (it->second.kept || it->second.used == frame_) {
                ++it;
                continue;
            }
            weight_ -= it->second.weight;
            on_drop(it->second.value);
            it = entries_.erase(it);
        }
    }

    /// The value of `key`; if it is not there, what `make` returns: a value and its weight. Valid
    /// until the end of the frame.
    template <typename Make>
    const Value& get(const Key& key, Make make) {
        auto it = entries_.find(key);
        if (it == entries_.end()) {
            auto [value, weight] = make();
            it = entries_.emplace(key, Entry{std::move(value), weight, frame_}).first;
            weight_ += weight;
            ++made_;
        }
        it->second.used = frame_;
        return it->second.value;
    }

    template <typename Visit>
    void for_each(Visit visit) const {
        for (const auto& [key, entry] : entries_) visit(entry.value);
    }

    /// Of all but what stays.
    [[nodiscard]] std::size_t weight() const { return weight_; }
    /// How many values were ever made.
    [[nodiscard]] std::uint64_t made() const { return made_; }

private:
    struct Entry {
        Value value;
        std::size_t weight = 0;
        std::uint64_t used = 0;
        bool kept = false;
    };

    std::size_t budget_;
    std::size_t weight_ = 0;
    std::uint64_t frame_ = 0;
    std::uint64_t made_ = 0;
    std::map<Key, Entry> entries_;
};

}  // namespace hudoor::kiosk
