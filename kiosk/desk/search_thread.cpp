#include "kiosk/desk/search_thread.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace hudoor::kiosk {

GuestNames collect_names(const storage::Replica& replica) {
    GuestNames names;
    names.people.reserve(replica.header().registrations);
    replica.visit([&](const storage::Registration& person) {
        names.people.push_back({person.id, person.name});
        for (const storage::SessionId session : person.sessions) ++names.registered[session];
    });
    return names;
}

class SearchThread::Impl {
public:
    explicit Impl(std::function<void(SearchResult)> on_found)
        : on_found_(std::move(on_found)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void put_people(std::vector<storage::NamedPerson> people) {
        {
            const std::lock_guard lock(mutex_);
            people_ = std::move(people);
        }
        changed_.notify_all();
    }

    void ask(SearchWish wish) {
        {
            const std::lock_guard lock(mutex_);
            wish_ = std::move(wish);
        }
        changed_.notify_all();
    }

    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

private:
    void run(const std::stop_token& stop) {
        std::optional<storage::NameSearch> names;
        std::unique_lock lock(mutex_);
        while (changed_.wait(lock, stop, [this] { return people_ || wish_; })) {
            const auto people = std::exchange(people_, {});
            const auto wish = people ? std::nullopt : std::exchange(wish_, {});  // the list first
            lock.unlock();
            {
                const Pulse::Work at_work(pulse_);
                if (people) names.emplace(*people);
                if (wish) on_found_(find(names, *wish));
            }
            lock.lock();
        }
    }

    static SearchResult find(const std::optional<storage::NameSearch>& names,
                             const SearchWish& wish) {
        SearchResult result{wish.query, {}};
        if (names && storage::NameSearch::is_long_enough(wish.text))
            for (const storage::NameMatch& match : names->find(wish.text, most_found))
                result.people.push_back(match.id);
        return result;
    }

    std::function<void(SearchResult)> on_found_;
    Pulse pulse_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<std::vector<storage::NamedPerson>> people_;
    std::optional<SearchWish> wish_;
    std::jthread thread_;  // last: the first to go
};

SearchThread::SearchThread(std::function<void(SearchResult)> on_found)
    : impl_(std::make_unique<Impl>(std::move(on_found))) {}
SearchThread::~SearchThread() = default;
void SearchThread::put_people(std::vector<storage::NamedPerson> people) {
    impl_->put_people(std::move(people));
}
void SearchThread::ask(SearchWish wish) { impl_->ask(std::move(wish)); }
const Pulse& SearchThread::pulse() const { return impl_->pulse(); }

}  // namespace hudoor::kiosk
