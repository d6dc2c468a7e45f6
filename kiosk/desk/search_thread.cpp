#include "kiosk/desk/search_thread.hpp"

#include <optional>
#include <utility>

#include "config/worker.hpp"
#include "storage/names/search.hpp"

namespace hudoor::kiosk {

using Matches = std::vector<storage::NameMatch>;

SearchResult make_result(std::uint64_t query, Matches matches, std::size_t most) {
    SearchResult result{.query = query, .people = {}};
    result.more = matches.size() > most;
    if (result.more) matches.resize(most);
    for (const storage::NameMatch& match : matches) {
        result.people.push_back(match.id);
        if (match.group) result.group.push_back(match.id);
    }
    const bool is_group =
        result.group.size() > 1 && result.group.size() * 2 >= result.people.size();
    if (!is_group) result.group.clear();
    return result;
}

class SearchThread::Impl {
public:
    using Names = std::shared_ptr<const std::vector<storage::NamedPerson>>;
    using Message = std::variant<Names, SearchWish>;

    Impl(const Publication& now, std::function<void(SearchResult)> on_found)
        : on_found_(std::move(on_found)),
          worker_({.handle =
                       [this](const Message& message) {
                           std::visit([this](const auto& it) { handle(it); }, message);
                       },
                   .finishes = false}) {
        put(now);
    }

    void put(const Publication& now) { worker_.put_newest(now.names); }
    void ask(SearchWish wish) { worker_.put_newest(std::move(wish)); }
    [[nodiscard]] const Pulse& pulse() const { return worker_.pulse(); }

private:
    void handle(const Names& names) {
        names_.reset();
        if (names) names_.emplace(*names);
    }

    void handle(const SearchWish& wish) {
        on_found_(make_result(
            wish.query, names_ ? names_->find(wish.text, most_found + 1) : Matches(), most_found));
    }

    std::function<void(SearchResult)> on_found_;
    std::optional<storage::NameSearch> names_;
    Worker<Message> worker_;  // last: the first to go
};

SearchThread::SearchThread(const Publication& now, std::function<void(SearchResult)> on_found)
    : impl_(std::make_unique<Impl>(now, std::move(on_found))) {}
SearchThread::~SearchThread() = default;
void SearchThread::put(const Publication& now) { impl_->put(now); }
void SearchThread::ask(SearchWish wish) { impl_->ask(std::move(wish)); }
const Pulse& SearchThread::pulse() const { return impl_->pulse(); }

}  // namespace hudoor::kiosk
