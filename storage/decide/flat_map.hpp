/// A table of keys and values that only grows: the entries in one list, and beside it places of
/// eight bytes by which they are found. For millions of entries, where a node each costs too much.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "storage/base/short_hash.hpp"

namespace hudoor::storage {

/// Found by the hash of the key's `bytes`. Entries are numbered from 0 as they come and keep their
/// number; pointers to them hold until the next insert(). At most 2^31 entries.
template <typename Key, typename Value>
class FlatMap {
public:
    using Number = std::uint32_t;
    struct Entry {
        Key key;
        [[no_unique_address]] Value value;
    };

    [[nodiscard]] const Entry* find(const Key& key) const {
        if (places_.empty()) return nullptr;
        const Place place = places_[find_place(key, tag_of(key))];
        return place.number == none ? nullptr : &entries_[place.number];
    }
    /// Its number, and whether it is new: then with an empty value.
    std::pair<Number, bool> insert(const Key& key) {
        if ((entries_.size() + 1) * 4 > places_.size() * 3) grow();
        const std::uint32_t tag = tag_of(key);
        Place& place = places_[find_place(key, tag)];
        if (place.number != none) return {place.number, false};
        place = {static_cast<Number>(entries_.size()), tag};
        entries_.push_back({key, {}});
        return {place.number, true};
    }

    [[nodiscard]] Entry& operator[](Number number) { return entries_[number]; }
    [[nodiscard]] const Entry& operator[](Number number) const { return entries_[number]; }
    [[nodiscard]] std::span<const Entry> entries() const { return entries_; }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    static constexpr Number none = ~Number{0};
    /// With a part of the hash, so that other keys are rarely looked at.
    struct Place {
        Number number = none;
        std::uint32_t tag = 0;
    };

    [[nodiscard]] static std::uint32_t tag_of(const Key& key) {
        return static_cast<std::uint32_t>(short_hash(key.bytes));
    }
    /// Where it stands, or the empty place where it would.
    [[nodiscard]] std::size_t find_place(const Key& key, std::uint32_t tag) const {
        for (std::size_t at = tag;; ++at) {
            at &= places_.size() - 1;
            const Place& place = places_[at];
            if (place.number == none) return at;
            if (place.tag == tag && entries_[place.number].key == key) return at;
        }
    }
    void grow() {
        std::vector<Place> before(places_.empty() ? 16 : places_.size() * 2);
        std::swap(before, places_);
        for (const Place& place : before) {
            if (place.number == none) continue;
            std::size_t at = place.tag & (places_.size() - 1);
            while (places_[at].number != none) at = (at + 1) & (places_.size() - 1);
            places_[at] = place;
        }
    }

    std::vector<Entry> entries_;
    std::vector<Place> places_;  ///< a power of two, at most three in four taken
};

}  // namespace hudoor::storage
