#include "storage/keep/pair.hpp"

#include <sys/stat.h>

#include <future>

#include "config/fault.hpp"
#include "storage/facts/missing.hpp"
#include "storage/journal/aside.hpp"
#include "storage/journal/paths.hpp"
#include "storage/journal/salvage.hpp"

namespace hudoor::storage {

namespace {

constexpr std::size_t facts_in_a_slice = 1'000;

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

Side open_side(const std::string& device, const JournalOptions& options, const HeadKey& head_key) {
    Side side{.device = device, .keeper = {}, .journal = {}, .news = {}, .fault = {}};
    try {
        side.keeper = std::make_unique<Keeper>([&]() -> std::unique_ptr<JournalDevice> {
            OpenedJournal opened = open_or_salvage(options);
            if (opened.salvaged)
                side.news.push_back({device, opened.salvaged->kind,
                                     opened.salvaged->trouble + " " +
                                         std::to_string(opened.salvaged->facts) +
                                         " facts were saved; the files are kept in " +
                                         opened.salvaged->aside.string()});
            // Before it is levelled: a cut in one is not to be hidden by the other.
            if (const auto why = head_key ? opened.journal->watch_head(head_key) : std::nullopt)
                side.news.push_back(tail_missing(device, *why));
            side.journal = opened.journal.get();
            return std::move(opened.journal);
        });
    } catch (const Fault& fault) {
        if (fault.exit_code() == ExitCode::unavailable) throw;
        side.lose(fault, DeviceTrouble::missing);
    }
    return side;
}

EpochEnds ends_of(Side& side) {
    EpochEnds ends;
    side.keeper->run([&] { ends = side.journal->ends(); });
    return ends;
}

bool are_level(const EpochEnds& a, const EpochEnds& b) {
    return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& one) {
               const auto other = b.find(one.first);
               return other != b.end() && other->second.hash == one.second.hash;
           });
}

JournalOptions mirror_of(const JournalPairOptions& options) {
    JournalOptions mirror = options.journal;
    mirror.directory = options.mirror;
    return mirror;
}

Side open_mirror(const JournalPairOptions& options) {
    try {
        if (const auto obstacle = find_obstacle_to_mirror(options))
            throw Fault(ExitCode::not_allowed, *obstacle);
    } catch (const Fault& fault) {
        Side side{.device = "mirror", .keeper = {}, .journal = {}, .news = {}, .fault = {}};
        side.lose(fault, DeviceTrouble::missing);
        return side;
    }
    return open_side("mirror", mirror_of(options), options.head_key);
}

/// The next of its facts; none at the end. A failure is the end of the side, with what came before.
std::vector<StoredFact> read_slice(Side& side, std::uint64_t& from) {
    FactSlice slice;
    try {
        side.keeper->run([&] { slice = side.journal->read(from, facts_in_a_slice); });
    } catch (const Fault& fault) {
        side.lose(fault, DeviceTrouble::failed);
    }
    from = slice.next;
    return std::move(slice.facts);
}

/// A failure of either is its end.
void copy_missing(Side& from, Side& to) {
    Missing missing(ends_of(to));
    for (std::uint64_t next = 0; from.is_open() && to.is_open();) {
        std::vector<StoredFact> facts = read_slice(from, next);
        if (facts.empty()) return;
        std::erase_if(facts, [&](const StoredFact& fact) { return !missing.is_missing(fact); });
        if (facts.empty()) continue;
        try {
            to.keeper->run([&] {
                to.journal->append(facts);
                to.journal->tidy();
            });
        } catch (const Fault& fault) {
            to.lose(fault, DeviceTrouble::failed);
        }
    }
}

void level(Side& journal, Side& mirror) {
    if (are_level(ends_of(journal), ends_of(mirror))) return;
    copy_missing(mirror, journal);
    if (journal.is_open() && mirror.is_open()) copy_missing(journal, mirror);
}

/// The slices of a side one after another; the next is read while one is looked at.
class Slices {
public:
    explicit Slices(Side& side) : side_(side) { ask(0); }

    /// None at the end. A failure is the end of the side.
    [[nodiscard]] std::vector<StoredFact> take() {
        if (!side_.is_open()) return {};
        try {
            FactSlice slice = coming_.get();
            ask(slice.next);
            return std::move(slice.facts);
        } catch (const Fault& fault) {
            side_.lose(fault, DeviceTrouble::failed);
            return {};
        }
    }

private:
    void ask(std::uint64_t from) {
        if (side_.is_open()) coming_ = side_.keeper->read(from, facts_in_a_slice);
    }

    Side& side_;
    std::future<FactSlice> coming_;
};

/// Visits what the first sides lacked as well, if they end before their last fact.
void visit_each_once(std::vector<Side>& sides, const std::function<void(StoredFact&&)>& visit) {
    EpochEnds visited;
    for (Side& side : sides) {
        Missing missing(visited);
        Slices slices(side);
        for (auto facts = slices.take(); !facts.empty(); facts = slices.take())
            for (StoredFact& fact : facts) {
                if (!missing.is_missing(fact)) continue;
                note(visited, fact);
                visit(std::move(fact));
            }
        if (side.is_open()) return;
    }
}

std::optional<Head> head_of(Side& side) {
    std::optional<Head> head;
    side.keeper->run([&] { head = side.journal->head(); });
    return head;
}

}  // namespace

std::optional<dev_t> device_of(const std::filesystem::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return std::nullopt;
    return status.st_dev;
}

std::optional<std::string> find_obstacle_to_mirror(const JournalPairOptions& options) {
    if (options.mirror.empty()) return std::nullopt;
    const std::string folder = options.mirror.string();
    const auto device = options.device_of(options.mirror);
    if (!device)
        return "The folder " + folder + " is not there. It is never made: mount its device.";
    if (device == options.device_of(options.journal.directory))
        return "The folder " + folder +
               " is on the same device as the journal, which would take both with it. Put it on"
               " another one.";
    if (is_another_kiosks(mirror_of(options)))
        return "The folder " + folder +
               " holds another kiosk's records, and was left as it is. Use the device of this one.";
    return std::nullopt;
}

JournalPair open_journal_pair(const JournalPairOptions& options,
                              const std::function<void(StoredFact&&)>& visit) {
    const bool with_mirror = !options.mirror.empty();
    try {
        make_journal_directory(options.journal.directory);  // it has a device then
    } catch (const Fault&) {  // NOLINT(bugprone-empty-catch): its opening says so
    }
    std::future<Side> opening;
    if (with_mirror) opening = std::async(std::launch::async, [&] { return open_mirror(options); });
    std::vector<Side> sides;
    sides.push_back(open_side("journal", options.journal, options.head_key));
    if (with_mirror) sides.push_back(opening.get());
    if (with_mirror && sides[0].is_open() && sides[1].is_open()) level(sides[0], sides[1]);

    visit_each_once(sides, visit);

    JournalPair pair;
    std::vector<NamedKeeper> keepers;
    std::vector<DeviceNews> news;
    for (Side& side : sides) {
        news.insert(news.end(), side.news.begin(), side.news.end());
        if (!side.is_open()) continue;
        if (keepers.empty()) pair.head = head_of(side);
        keepers.push_back({side.device, std::move(side.keeper)});
    }
    if (keepers.empty()) std::rethrow_exception(sides[0].fault);
    pair.keepers = std::make_unique<Keepers>(std::move(keepers), sides.size(), std::move(news));
    pair.keepers->count_starts(options.journal.starts);
    return pair;
}

}  // namespace hudoor::storage
