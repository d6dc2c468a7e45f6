#include "storage/keep/pair.hpp"

#include <future>
#include <unordered_set>

#include "config/fault.hpp"
#include "storage/journal/salvage.hpp"

namespace hudoor::storage {

namespace {

constexpr std::size_t facts_in_a_copy = 1'000;

/// One of the two, opened; its journal is touched on its keeper's thread only.
struct Side {
    std::string device;
    std::unique_ptr<Keeper> keeper;
    Journal* journal = nullptr;
    std::vector<DeviceNews> news;
    std::exception_ptr fault;  ///< why it could not be opened

    [[nodiscard]] bool is_open() const { return keeper != nullptr; }
    void lose(const Fault& why, DeviceTrouble trouble) {
        keeper.reset();
        news.push_back({device, trouble, why.what()});
        fault = std::make_exception_ptr(why);
    }
};

Side open_side(const std::string& device, const JournalOptions& options) {
    Side side{.device = device, .keeper = {}, .journal = {}, .news = {}, .fault = {}};
    try {
        side.keeper = std::make_unique<Keeper>([&]() -> std::unique_ptr<JournalDevice> {
            OpenedJournal opened = open_or_salvage(options);
            if (opened.salvaged)
                side.news.push_back({device, DeviceTrouble::damaged,
                                     opened.salvaged->trouble + " " +
                                         std::to_string(opened.salvaged->facts) +
                                         " facts were saved; the damaged files are in " +
                                         opened.salvaged->damaged.string()});
            side.journal = opened.journal.get();
            return std::move(opened.journal);
        });
    } catch (const Fault& fault) {
        if (fault.exit_code() == ExitCode::unavailable) throw;
        side.lose(fault, DeviceTrouble::missing);
    }
    return side;
}

/// Which facts of another journal a journal lacks, told fact by fact in the order of an epoch.
class Missing {
public:
    explicit Missing(std::unordered_map<Epoch, EpochEnd> ends) : ends_(std::move(ends)) {}

    [[nodiscard]] bool is_missing(const StoredFact& fact) {
        const auto end = ends_.find(fact.fact.epoch);
        if (end == ends_.end()) return true;
        // Two epochs of one number: both stay as they are, for the organisers to see.
        if (fact.fact.seq == end->second.seq && fact.hash != end->second.hash)
            forked_.insert(fact.fact.epoch);
        return fact.fact.seq > end->second.seq && !forked_.contains(fact.fact.epoch);
    }

private:
    std::unordered_map<Epoch, EpochEnd> ends_;
    std::unordered_set<Epoch> forked_;
};

std::unordered_map<Epoch, EpochEnd> ends_of(Side& side) {
    std::unordered_map<Epoch, EpochEnd> ends;
    side.keeper->run([&] { ends = side.journal->ends(); });
    return ends;
}

bool are_level(const std::unordered_map<Epoch, EpochEnd>& a,
               const std::unordered_map<Epoch, EpochEnd>& b) {
    return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& one) {
               const auto other = b.find(one.first);
               return other != b.end() && other->second.hash == one.second.hash;
           });
}

/// A failure of `to` is its end; `from` only reads.
void copy_missing(Side& from, Side& to) {
    Missing missing(ends_of(to));
    std::vector<StoredFact> batch;
    const auto copy = [&] {
        if (batch.empty() || !to.is_open()) return;
        try {
            to.keeper->run([&] { to.journal->append(batch); });
        } catch (const Fault& fault) {
            to.lose(fault, DeviceTrouble::failed);
        }
        batch.clear();
    };
    from.keeper->run([&] {
        from.journal->visit_facts([&](const StoredFact& fact) {
            if (missing.is_missing(fact)) batch.push_back(fact);
            if (batch.size() == facts_in_a_copy) copy();
        });
    });
    copy();
}

void level(Side& journal, Side& mirror) {
    if (are_level(ends_of(journal), ends_of(mirror))) return;
    copy_missing(mirror, journal);
    if (journal.is_open()) copy_missing(journal, mirror);
}

}  // namespace

JournalPair open_journal_pair(const JournalPairOptions& options,
                              const std::function<void(const StoredFact&)>& visit) {
    const bool with_mirror = !options.mirror.empty();
    JournalOptions mirror_options = options.journal;
    mirror_options.directory = options.mirror;
    std::future<Side> opening;
    if (with_mirror)
        opening =
            std::async(std::launch::async, [&] { return open_side("mirror", mirror_options); });
    std::vector<Side> sides;
    sides.push_back(open_side("journal", options.journal));
    if (with_mirror) sides.push_back(opening.get());
    if (with_mirror && sides[0].is_open() && sides[1].is_open()) level(sides[0], sides[1]);

    JournalPair pair;
    std::vector<NamedKeeper> keepers;
    std::vector<DeviceNews> news;
    for (Side& side : sides) {
        news.insert(news.end(), side.news.begin(), side.news.end());
        if (!side.is_open()) continue;
        if (keepers.empty())
            side.keeper->run([&] {
                side.journal->visit_facts(visit);
                pair.head = side.journal->head();
            });
        keepers.push_back({side.device, std::move(side.keeper)});
    }
    if (keepers.empty()) std::rethrow_exception(sides[0].fault);
    pair.keepers = std::make_unique<Keepers>(std::move(keepers), sides.size(), std::move(news));
    return pair;
}

}  // namespace hudoor::storage
