#include "kiosk/chores/stick.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/journal/aside.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;
namespace fs = std::filesystem;
using State = StickPage::State;

namespace {

constexpr std::size_t slice_facts = 500;  // about 5 ms of the keeper's time
constexpr auto keeper_answers_within = 2s;
constexpr double reading_part = 0.7;  // of the progress; the rest is writing and reading back
constexpr std::uintmax_t least_room = 1'048'576;

/// Every fact of one keeper's device.
void read_all(Keeper& keeper, std::uint64_t facts, const std::function<void(double)>& progress,
              FactsBundles& bundles) {
    for (std::uint64_t from = 0;;) {
        auto answer = keeper.read(from, slice_facts);
        if (answer.wait_for(keeper_answers_within) != std::future_status::ready)
            throw Fault(ExitCode::io, "the disk does not answer");
        const FactSlice slice = answer.get();
        for (const StoredFact& fact : slice.facts) bundles.add(fact);
        progress(reading_part *
                 std::min(1.0, static_cast<double>(bundles.facts()) /
                                   static_cast<double>(std::max<std::uint64_t>(facts, 1))));
        if (slice.facts.size() < slice_facts) return;
        from = slice.next;
    }
}

FactsBundles read_first_that_answers(const StickOptions& options, std::uint64_t facts,
                                     const std::function<void(double)>& progress,
                                     const FactsBundlesOptions& to) {
    std::string why = "no device is left";
    for (Keeper* keeper : options.keepers) {
        if (!keeper->healthy()) continue;
        try {
            FactsBundles bundles(to);
            read_all(*keeper, facts, progress, bundles);
            return bundles;
        } catch (const Fault& fault) {
            why = fault.what();
        }
    }
    throw Fault(ExitCode::io, "the records cannot be read: " + why);
}

/// From files that nobody has open.
void add_aside(FactsBundles& bundles, const StickOptions& options, const Identity& identity) {
    for (const fs::path& beside : {options.state, options.mirror})
        for (const StoredFact& fact : facts_aside(
                 folders_aside(beside),
                 {.directory = beside, .kiosk = identity.kiosk, .kiosk_key = identity.kiosk_key},
                 bundles.ends()))
            bundles.add(fact);
}

/// What went wrong with the stick, seen from outside.
State state_after(const Fault& fault, const fs::path& stick) {
    spdlog::error("stick: {}", fault.what());
    if (fault.exit_code() == ExitCode::not_allowed) return State::other_kiosk;
    if (!has_stick(stick)) return State::gone;
    std::error_code error;
    const fs::space_info space = fs::space(stick, error);
    if (error) return State::gone;
    return space.available < least_room ? State::full : State::failed;
}

StickPage page_of(StickPage::Of of, State state) {
    StickPage page;
    page.of = of;
    page.state = state;
    return page;
}

/// Of all sticks, the newest first; what cannot be looked at has none.
std::vector<fs::path> updates_on(const std::vector<Stick>& sticks) {
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    for (const Stick& stick : sticks) {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(stick.folder, error))
            if (entry.is_regular_file(error) && entry.path().extension() == ".update")
                found.emplace_back(entry.last_write_time(error), entry.path());
    }
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> files;
    files.reserve(found.size());
    for (auto& [time, file] : found) files.push_back(std::move(file));
    return files;
}

/// All records onto one stick.
State copy_to(const fs::path& stick, const StickOptions& options, const Publication& now,
              std::uint64_t facts, const std::function<void(double)>& progress) {
    const Identity& identity = now.in_force->identity;
    const bool training = now.in_force->training;
    const char* end = training ? "-training.facts" : now.secrets ? ".facts" : "-unsigned.facts";
    try {
        FactsBundles bundles = read_first_that_answers(
            options, facts, progress,
            {.file = stick / (identity.kiosk_name + end),
             .event = identity.event,
             .sender = identity.kiosk_key,
             .signing = now.secrets && !training ? &now.secrets->signing : nullptr,
             .reader = identity.organiser_seal,
             .most_facts = options.most_facts});
        if (!training) add_aside(bundles, options, identity);
        (void)bundles.finish();
        return State::safe;
    } catch (const Fault& fault) {
        return state_after(fault, stick);
    }
}

std::uint64_t room_on(const fs::path& stick) {
    std::error_code error;
    const fs::space_info space = fs::space(stick, error);
    return error ? 0 : space.available;
}

}  // namespace

StickPage copy_records(const StickOptions& options, const Publication& now, std::uint64_t facts,
                       const std::function<void(double)>& progress) {
    const std::vector<Stick> sticks = find_sticks(options.sticks);
    StickPage page = page_of(StickPage::Of::copy, sticks.empty() ? State::no_stick : State::safe);
    const auto count = static_cast<double>(sticks.size());
    for (const Stick& stick : sticks) {
        const auto before = static_cast<double>(page.sticks.size());
        const State state = copy_to(stick.folder, options, now, facts,
                                    [&](double part) { progress((before + part) / count); });
        page.sticks.push_back({stick.label, room_on(stick.folder), state});
        if (page.state == State::safe) page.state = state;
    }
    return page;
}

StickResult take_list(const StickOptions& options, const Publication& now, const Edition& newest) {
    constexpr auto of = StickPage::Of::update;
    if (now.in_force->training) return {page_of(of, State::in_training), {}};
    const std::vector<Stick> sticks = find_sticks(options.sticks);
    if (sticks.empty()) return {page_of(of, State::no_stick), {}};
    State state = State::failed;
    if (!now.secrets) return {page_of(of, state), {}};
    for (const fs::path& file : updates_on(sticks)) {
        try {
            TakenUpdate taken =
                take_update(file, options.state, now.in_force->identity,
                            newest_of(now.in_force->edition(), newest), now.secrets->opening);
            StickPage page = page_of(of, State::updated);
            page.revision = taken.update.edition.list;
            return {page, std::move(taken)};
        } catch (const OlderUpdate& fault) {
            spdlog::error("update: {}", fault.what());
            state = State::old;
        } catch (const Fault& fault) {
            spdlog::error("update: {}", fault.what());
        }
    }
    return {page_of(of, state), {}};
}

ExitCode outcome_of(const StickPage& page) {
    switch (page.state) {
        case State::safe:
        case State::updated:
            return ExitCode::done;
        case State::no_stick:
            return ExitCode::no_input;
        case State::full:
            return ExitCode::cannot_create;
        case State::old:
            return ExitCode::bad_data;
        case State::in_training:
        case State::other_kiosk:
            return ExitCode::not_allowed;
        case State::working:
        case State::gone:
        case State::failed:
            break;
    }
    return ExitCode::io;
}

bool save_log(const StickOptions& options, const Identity& identity,
              const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + (line.ends_with('\n') ? "" : "\n");
    bool saved = false;
    for (const Stick& stick : find_sticks(options.sticks)) try {
            write_file(stick.folder / (identity.kiosk_name + ".log"), as_bytes(text), private_mode);
            saved = true;
        } catch (const Fault& fault) {
            spdlog::error("log: {}", fault.what());
        }
    return saved;
}

}  // namespace hudoor::kiosk
