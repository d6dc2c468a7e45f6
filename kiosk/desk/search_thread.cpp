#include "kiosk/desk/search_thread.hpp"

#include <optional>
#include <utility>

#include "config/worker.hpp"
#include "storage/names/search.hpp"

namespace hudoor::kiosk {

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
        SearchResult result{.query = wish.query, .people = {}};
        if (names_)
            for (const storage::NameMatch& match : names_->find(wish.text, most_found + 1))
                result.people.push_back(match.id);
        result.more = result.people.size() > most_found;
        if (result.more) result.people.pop_back();
        on_found_(std::move(result));
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
