/// The thread that finds people by name: owns the folded names, answers the newest query only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/pulse.hpp"
#include "storage/guests/replica.hpp"
#include "storage/names/search.hpp"

namespace hudoor::kiosk {

/// What of a guest list the search and the session page need.
struct GuestNames {
    std::vector<storage::NamedPerson> people;
    std::map<storage::SessionId, std::uint32_t> registered;
};
[[nodiscard]] GuestNames collect_names(const storage::Replica& replica);

/// What was typed; a newer one makes it void.
struct SearchWish {
    std::uint64_t query = 0;
    std::string text;
};

struct SearchResult {
    std::uint64_t query = 0;
    std::vector<storage::RegistrationId> people;  ///< the nearest first
};

class SearchThread {
public:
    static constexpr std::size_t most_found = 24;

    /// `on_found` runs on the thread.
    explicit SearchThread(std::function<void(SearchResult)> on_found);
    ~SearchThread();

    /// Thread-safe, both. A new list takes the old one's place.
    void put_people(std::vector<storage::NamedPerson> people);
    void ask(SearchWish wish);
    [[nodiscard]] const Pulse& pulse() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
