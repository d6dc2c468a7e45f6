/// The thread that finds people by what is printed: owns the folded names, answers the newest query
/// only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "config/pulse.hpp"
#include "kiosk/enrol/publication.hpp"

namespace hudoor::kiosk {

/// What was typed; a newer one makes it void.
struct SearchWish {
    std::uint64_t query = 0;
    std::string text;
};

struct SearchResult {
    std::uint64_t query = 0;
    std::vector<storage::RegistrationId> people;  ///< the nearest first, most_found at most
    bool more = false;                            ///< there are others
    /// Those of them found by organisation, delegation or country, if they are most of them.
    std::vector<storage::RegistrationId> group{};
};

/// What was found, as the panel takes it: `most` at most.
[[nodiscard]] SearchResult make_result(std::uint64_t query, std::vector<storage::NameMatch> matches,
                                       std::size_t most);

class SearchThread {
public:
    static constexpr std::size_t most_found = 200;

    /// `on_found` runs on the thread.
    SearchThread(const Publication& now, std::function<void(SearchResult)> on_found);
    ~SearchThread();

    /// The next two are thread-safe. A new list takes the old one's place.
    void put(const Publication& now);
    void ask(SearchWish wish);
    [[nodiscard]] const Pulse& pulse() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
