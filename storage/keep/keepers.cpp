#include "storage/keep/keepers.hpp"

#include <algorithm>
#include <utility>

namespace hudoor::storage {

using std::chrono::steady_clock;

DeviceNews tail_missing(const std::string& device, const std::string& why) {
    return {"tail_missing", DeviceTrouble::tail_missing, device + ": " + why};
}

Keepers::Keepers(std::vector<NamedKeeper> keepers, std::size_t configured,
                 std::vector<DeviceNews> news, std::chrono::milliseconds longest_wait)
    : configured_(configured), news_(std::move(news)), longest_wait_(longest_wait) {
    for (NamedKeeper& keeper : keepers) members_.push_back({std::move(keeper), {}, {}});
}

Keepers::~Keepers() {
    for (Member& member : members_)
        if (!member.late.empty()) member.named.keeper->abandon();
}

bool Keepers::any_hangs() const {
    return any_abandoned_ ||
           std::ranges::any_of(members_, [](const Member& member) { return !member.late.empty(); });
}

std::vector<Keeper*> Keepers::readers() const {
    std::vector<Keeper*> all;
    for (const Member& member : members_) all.push_back(member.named.keeper.get());
    return all;
}

Kept Keepers::keep(const StoredFact& fact) {
    std::vector<std::pair<Member*, std::future<Kept>>> asked;
    for (Member& member : members_) asked.emplace_back(&member, member.named.keeper->submit(fact));
    const auto deadline = steady_clock::now() + longest_wait_;
    Kept together{.durable = false,
                  .commit = {},
                  .trouble = DeviceTrouble::missing,
                  .why = "no device is left"};
    std::vector<std::pair<Member*, std::future<Kept>>> late;
    std::vector<Member*> failed;
    for (auto& [member, answer] : asked) {
        if (answer.wait_until(deadline) != std::future_status::ready) {
            late.emplace_back(member, std::move(answer));
            continue;
        }
        const Kept kept = answer.get();
        if (!kept.durable) {
            failed.push_back(member);
            if (!together.durable) together = kept;
            continue;
        }
        together = {.durable = true,
                    .commit = std::max(together.commit, kept.commit),
                    .trouble = {},
                    .why = {}};
    }
    for (auto& [member, answer] : late) {
        if (together.durable) {
            drop(*member, DeviceTrouble::hung,
                 "no answer within " + std::to_string(longest_wait_.count()) + " ms");
        } else {
            member->late.push_back({fact, std::move(answer)});
            together = {.durable = false,
                        .commit = longest_wait_,
                        .trouble = DeviceTrouble::hung,
                        .why = "the disk does not answer"};
        }
    }
    for (Member* member : failed) {
        look_at_late(*member);
        const Kept failure = member->named.keeper->failure();
        drop(*member, failure.trouble, failure.why);
    }
    std::erase_if(members_, [](const Member& member) { return member.named.keeper == nullptr; });
    return together;
}

void Keepers::look() {
    for (Member& member : members_) {
        look_at_late(member);
        look_at_head(member);
        if (!member.named.keeper || member.named.keeper->healthy()) continue;
        const Kept failure = member.named.keeper->failure();
        drop(member, failure.trouble, failure.why);
    }
    std::erase_if(members_, [](const Member& member) { return member.named.keeper == nullptr; });
    look_at_starts();
}

void Keepers::look_at_late(Member& member) {
    auto& late = member.late;
    while (!late.empty() &&
           late.front().kept.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        if (late.front().kept.get().durable) caught_up_.push_back(std::move(late.front().fact));
        late.erase(late.begin());
    }
}

void Keepers::watch_heads(const HeadKey& key) {
    for (Member& member : members_) member.head = member.named.keeper->watch_head(key);
}

void Keepers::look_at_head(Member& member) {
    if (!member.head.valid() ||
        member.head.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        return;
    try {
        if (const auto why = member.head.get())
            news_.push_back(tail_missing(member.named.device, *why));
    } catch (const Fault& fault) {
        drop(member, DeviceTrouble::failed, fault.what());
    }
}

/// The newest of all heads counts: a device may have been away for a while.
void Keepers::look_at_starts() {
    const auto is_asked = [](const Member& member) { return member.head.valid(); };
    if (!starts_ || std::ranges::any_of(members_, is_asked)) return;
    if (const auto why = starts_->take_trouble())
        news_.push_back(tail_missing("All devices", *why));
}

/// Its keeper is gone afterwards.
void Keepers::drop(Member& member, DeviceTrouble trouble, const std::string& why) {
    news_.push_back({member.named.device, trouble, why});
    if (trouble == DeviceTrouble::hung) {
        member.named.keeper->abandon();
        any_abandoned_ = true;
    }
    dropped_.push_back(std::move(member.named.keeper));
}

StorageState Keepers::state() const {
    if (members_.empty()) return StorageState::gone;
    if (std::ranges::all_of(members_, [](const Member& member) { return !member.late.empty(); }))
        return StorageState::waiting;
    return members_.size() < configured_ ? StorageState::reduced : StorageState::whole;
}

bool Keepers::on_mirror() const {
    return std::ranges::none_of(
        members_, [](const Member& member) { return member.named.device == "journal"; });
}

bool Keepers::wants_restart() const {
    return std::ranges::any_of(dropped_, [](const auto& keeper) {
        return !keeper->healthy() && keeper->failure().trouble == DeviceTrouble::replaced;
    });
}

std::vector<DeviceNews> Keepers::take_news() { return std::exchange(news_, {}); }
std::vector<StoredFact> Keepers::take_caught_up() { return std::exchange(caught_up_, {}); }

}  // namespace hudoor::storage
