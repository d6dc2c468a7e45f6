#include "storage/organiser/merge/belief.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::uint32_t nobody = UINT32_MAX;

class Judge {
public:
    Judge(std::span<const FactLink> facts, const std::optional<VerifyKey>& key)
        : facts_(facts), key_(key), standings_(facts.size()), before_(facts.size(), nobody) {
        numbers_.reserve(facts.size());
        for (std::uint32_t i = 0; i < facts.size(); ++i) {
            numbers_.emplace(facts[i].hash, i);
            if (i > 0 && follows(facts[i], facts[i - 1])) before_[i] = i - 1;
        }
        for (std::uint32_t i = 0; i < facts.size(); ++i)
            if (before_[i] == nobody) before_[i] = find_before(facts[i]);
    }

    std::vector<Standing> judge(std::vector<FactRun>& runs,
                                std::span<const Acceptance> acceptances) {
        std::stable_sort(runs.begin(), runs.end(),
                         [](const FactRun& a, const FactRun& b) { return a.brought < b.brought; });
        mark(runs, false, [&](Standing& fact, const FactRun& run) {
            fact.stands = true;
            fact.brought = run.brought;
        });
        mark(runs, true, [](Standing& fact, const FactRun&) { fact.is_signed = true; });
        prove_by_signatures();
        prove_by_hellos();
        for (const Acceptance& one : acceptances)
            believe(find(one.epoch, one.last_seq, one.last_hash), Belief::accepted);
        return std::move(standings_);
    }

private:
    static bool follows(const FactLink& fact, const FactLink& other) {
        return fact.epoch == other.epoch && fact.seq == other.seq + 1 && fact.prev == other.hash;
    }

    [[nodiscard]] std::uint32_t find_before(const FactLink& fact) const {
        const auto found = numbers_.find(fact.prev);
        return found != numbers_.end() && follows(fact, facts_[found->second]) ? found->second
                                                                               : nobody;
    }

    [[nodiscard]] std::uint32_t find(Epoch epoch, std::uint64_t seq, const Hash& hash) const {
        const auto found = numbers_.find(hash);
        if (found == numbers_.end()) return nobody;
        const FactLink& fact = facts_[found->second];
        return fact.epoch == epoch && fact.seq == seq ? found->second : nobody;
    }

    /// Each fact once, by the first run that holds it: `next` skips those that are marked.
    template <typename Mark>
    void mark(const std::vector<FactRun>& runs, bool only_signed, Mark mark) {
        std::vector<std::uint32_t> next(facts_.size());
        for (std::uint32_t i = 0; i < next.size(); ++i) next[i] = i;
        const auto skip = [&](std::uint32_t fact) {
            std::uint32_t end = fact;
            while (end != nobody && next[end] != end) end = next[end];
            while (fact != end) fact = std::exchange(next[fact], end);
            return end;
        };
        for (const FactRun& run : runs) {
            if (only_signed && !run.is_signed) continue;
            for (std::uint32_t at = skip(find(run.epoch, run.to_seq, run.last_hash));
                 at != nobody && facts_[at].seq >= run.from_seq; at = skip(at)) {
                mark(standings_[at], run);
                next[at] = before_[at];
            }
        }
    }

    /// From the ends of chains to their beginnings, so that one good signature is looked at.
    void prove_by_signatures() {
        std::vector<bool> is_vouched_for(facts_.size());
        for (auto i = static_cast<std::uint32_t>(facts_.size()); i-- > 0;) {
            Standing& fact = standings_[i];
            if (!fact.stands) continue;
            if (!is_vouched_for[i] && !(fact.is_signed && has_good_signature(facts_[i]))) continue;
            fact.belief = Belief::proved;
            if (before_[i] != nobody) is_vouched_for[before_[i]] = true;
        }
    }

    [[nodiscard]] bool has_good_signature(const FactLink& fact) const {
        return key_ && verify(fact.signature, fact.hash.bytes, *key_);
    }

    void prove_by_hellos() {
        for (std::uint32_t i = 0; i < facts_.size(); ++i) {
            const FactLink& hello = facts_[i];
            if (hello.own_unsigned == 0 || standings_[i].belief != Belief::proved) continue;
            const auto last = numbers_.find(hello.prev);
            if (last == numbers_.end() || facts_[last->second].seq != hello.own_unsigned) continue;
            proved_by_hello_.push_back(last->second);
        }
        // A hello that is proved only so itself proves nothing further.
        for (const std::uint32_t last : proved_by_hello_) believe(last, Belief::proved);
    }

    void believe(std::uint32_t last, Belief belief) {
        for (; last != nobody && standings_[last].stands && standings_[last].belief == Belief::none;
             last = before_[last])
            standings_[last].belief = belief;
    }

    std::span<const FactLink> facts_;
    const std::optional<VerifyKey>& key_;
    std::vector<Standing> standings_;
    std::vector<std::uint32_t> before_;  ///< the fact that each follows in its epoch
    std::unordered_map<Hash, std::uint32_t> numbers_;
    std::vector<std::uint32_t> proved_by_hello_;
};

/// All of it as a number.
template <typename Number>
bool read_number(std::string_view text, Number& number, int base) {
    const auto [end, error] = std::from_chars(text.begin(), text.end(), number, base);
    return error == std::errc() && end == text.end();
}

bool read_hash(std::string_view text, Hash& hash) {
    if (text.size() != 2 * hash.bytes.size()) return false;
    for (std::size_t i = 0; i < hash.bytes.size(); ++i)
        if (!read_number(text.substr(2 * i, 2), hash.bytes[i], 16)) return false;
    return true;
}

}  // namespace

std::string acceptance_text(KioskId kiosk, Epoch epoch, std::uint64_t last_seq,
                            const Hash& last_hash) {
    ByteWriter hex;
    hex.u32(static_cast<std::uint32_t>(epoch));
    return std::to_string(static_cast<int>(kiosk)) + ":" + to_hex(hex.bytes()) + ":" +
           std::to_string(last_seq) + ":" + to_hex(last_hash.bytes);
}

std::optional<Acceptance> parse_acceptance(std::string_view text) {
    std::array<std::string_view, 4> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool is_last = i + 1 == parts.size();
        const auto end = is_last ? text.size() : text.find(':');
        if (end == std::string_view::npos) return std::nullopt;
        parts[i] = text.substr(0, end);
        text.remove_prefix(is_last ? end : end + 1);
    }
    std::uint16_t kiosk = 0;
    std::uint32_t epoch = 0;
    Acceptance acceptance;
    if (!read_number(parts[0], kiosk, 10) || !read_number(parts[1], epoch, 16) ||
        !read_number(parts[2], acceptance.last_seq, 10) ||
        !read_hash(parts[3], acceptance.last_hash))
        return std::nullopt;
    acceptance.kiosk = static_cast<KioskId>(kiosk);
    acceptance.epoch = static_cast<Epoch>(epoch);
    return acceptance;
}

std::vector<Standing> judge_facts(std::span<const FactLink> facts, std::vector<FactRun> runs,
                                  std::span<const Acceptance> acceptances,
                                  const std::optional<VerifyKey>& key) {
    return Judge(facts, key).judge(runs, acceptances);
}

}  // namespace hudoor::organiser
