#include "storage/facts/proof.hpp"

#include <algorithm>

#include "storage/facts/hello.hpp"

namespace hudoor::storage {

namespace {

constexpr std::size_t facts_a_signature = 256;
/// So many in one epoch are no accident: what costs time is not tried again for the rest of it.
constexpr int most_wrong_signatures = 256;

}  // namespace

void Proof::take(StoredFact&& fact) {
    if (hash_fact(fact.encoding, parts_.domain) != fact.hash)
        return parts_.unproved(std::move(fact));
    if (!continues(current_, fact)) {
        settle(std::exchange(current_, {}));
        current_ = take_up(fact);
    }
    current_.last_seq = fact.fact.seq;
    current_.last = fact.hash;
    current_.facts.push_back(std::move(fact));
    if (current_.facts.size() % facts_a_signature == 0 && is_good(current_.facts.back()))
        tell(current_.facts, current_.facts.size());
    if (current_.facts.size() > parts_.most_held) settle(std::exchange(current_, {}));
}

void Proof::finish() {
    settle(std::exchange(current_, {}));
    // Before any of them is listened to: an unsigned hello names nothing, whoever names it.
    std::vector<std::size_t> named;
    named.reserve(held_.size());
    for (const auto& [last, run] : held_) named.push_back(count_named(run));
    auto count = named.begin();
    for (auto& [last, run] : held_) tell(run.facts, *count++);
    held_.clear();
}

bool Proof::continues(const Run& run, const StoredFact& fact) {
    return run.last_seq != 0 && fact.fact.kiosk == run.kiosk && fact.fact.epoch == run.epoch &&
           fact.fact.seq == run.last_seq + 1 && fact.fact.prev == run.last;
}

Proof::Run Proof::take_up(const StoredFact& fact) {
    const auto found = held_.find(fact.fact.prev);
    if (found != held_.end() && continues(found->second, fact)) {
        Run run = std::move(found->second);
        held_.erase(found);
        facts_held_ -= run.facts.size();
        return run;
    }
    return {fact.fact.kiosk, fact.fact.epoch, 0, {}, {}};
}

const std::optional<VerifyKey>& Proof::key_of(KioskId kiosk) {
    auto found = keys_.find(kiosk);
    if (found == keys_.end()) found = keys_.emplace(kiosk, parts_.find_key(kiosk)).first;
    return found->second;
}

bool Proof::is_tried(const Run& run) const {
    const auto wrong = wrong_signatures_.find({run.kiosk, run.epoch});
    return wrong == wrong_signatures_.end() || wrong->second < most_wrong_signatures;
}

bool Proof::is_good(const StoredFact& fact) {
    const auto& key = key_of(fact.fact.kiosk);
    if (!key || !is_signed(fact.signature)) return false;
    int& wrong = wrong_signatures_[{fact.fact.kiosk, fact.fact.epoch}];
    if (wrong >= most_wrong_signatures) return false;
    if (verify(fact.signature, fact.hash.bytes, *key)) return true;
    ++wrong;
    return false;
}

/// How many of them are proved, up to the last good signature. Who hangs more wrong ones behind the
/// kiosk's own than are tried must not take those away: the end of the good ones is searched for.
std::size_t Proof::count_proved(const Run& run) {
    std::size_t proved = run.facts.size();
    while (proved > 0 && is_tried(run) && !is_good(run.facts[proved - 1])) --proved;
    if (proved == 0 || is_tried(run)) return proved;
    const auto& key = key_of(run.kiosk);
    const auto end = std::partition_point(run.facts.begin(),
                                          run.facts.begin() + static_cast<std::ptrdiff_t>(proved),
                                          [&](const StoredFact& fact) {
                                              return key && is_signed(fact.signature) &&
                                                     verify(fact.signature, fact.hash.bytes, *key);
                                          });
    return static_cast<std::size_t>(end - run.facts.begin());
}

void Proof::settle(Run&& run) {
    const std::size_t proved = count_proved(run);
    std::vector<StoredFact> rest(
        std::make_move_iterator(run.facts.begin() + static_cast<std::ptrdiff_t>(proved)),
        std::make_move_iterator(run.facts.end()));
    run.facts.resize(proved);
    tell(run.facts, proved);
    run.facts = std::move(rest);
    if (!run.facts.empty()) hold(std::move(run));
}

void Proof::hold(Run&& run) {
    if (facts_held_ + run.facts.size() > parts_.most_held) return tell(run.facts, 0);
    const std::size_t facts = run.facts.size();
    const Hash last = run.last;
    if (held_.try_emplace(last, std::move(run)).second)
        facts_held_ += facts;
    else
        tell(run.facts, 0);  // the same once more
}

void Proof::tell(std::vector<StoredFact>& facts, std::size_t proved) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (i >= proved) {
            parts_.unproved(std::move(facts[i]));
            continue;
        }
        listen_to(facts[i]);
        if (!newest_ || newest_->hlc < facts[i].fact.hlc) newest_ = head_of(facts[i]);
        parts_.proved(std::move(facts[i]));
    }
    facts.clear();
}

void Proof::listen_to(const StoredFact& proved) {
    const auto hello = read_hello(proved.fact);
    if (hello && !hello->own_head.is_zero() && hello->own_head == proved.fact.prev)
        named_[{proved.fact.kiosk, hello->own_head}] = hello->own_unsigned;
}

/// How many facts of an epoch nothing signed, from its first on, a hello names as its own.
std::size_t Proof::count_named(const Run& run) const {
    if (run.facts.front().fact.seq != 1) return 0;
    for (std::size_t i = 0; i < run.facts.size(); ++i) {
        const auto named = named_.find({run.kiosk, run.facts[i].hash});
        if (named != named_.end() && named->second == i + 1) return i + 1;
    }
    return 0;
}

}  // namespace hudoor::storage
