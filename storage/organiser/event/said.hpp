/// What a list said of people the last time, by column, kept in little memory.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace hudoor::organiser {

/// Of one person: columns and values in one text. Neither has control characters.
class SaidValues {
public:
    SaidValues() = default;
    explicit SaidValues(std::string packed) : packed_(std::move(packed)) {}
    [[nodiscard]] const std::string& packed() const { return packed_; }

    void set(std::string_view column, std::string_view value) {
        erase(column);
        add(column, value);
    }
    /// Of a column that it does not have yet.
    void add(std::string_view column, std::string_view value) {
        packed_.append(column).append(1, between).append(value).append(1, end);
    }
    [[nodiscard]] bool empty() const { return packed_.empty(); }
    [[nodiscard]] std::optional<std::string> find(std::string_view column) const {
        std::optional<std::string> found;
        visit([&](std::string_view one, std::string_view value) {
            if (one == column) found = value;
        });
        return found;
    }
    /// Calls `act` with each column and its value.
    template <typename Act>
    void visit(const Act& act) const {
        for (std::size_t at = 0; at < packed_.size();) {
            const std::size_t middle = packed_.find(between, at);
            const std::size_t last = packed_.find(end, middle);
            const std::string_view all = packed_;
            act(all.substr(at, middle - at), all.substr(middle + 1, last - middle - 1));
            at = last + 1;
        }
    }

private:
    static constexpr char between = '\x1F';
    static constexpr char end = '\x1E';

    void erase(std::string_view column) {
        if (!find(column)) return;
        SaidValues rest;
        visit([&](std::string_view one, std::string_view value) {
            if (one != column) rest.add(one, value);
        });
        packed_ = std::move(rest.packed_);
    }

    std::string packed_;
};

/// By external id, in its order.
using SaidByPerson = std::map<std::string, SaidValues, std::less<>>;

[[nodiscard]] inline std::optional<std::string> find_said(const SaidByPerson& said,
                                                          std::string_view external_id,
                                                          std::string_view column) {
    const auto found = said.find(external_id);
    return found == said.end() ? std::nullopt : found->second.find(column);
}

}  // namespace hudoor::organiser
