#include "kiosk/chores/stick.hpp"

#include <unistd.h>

#include <spdlog/spdlog.h>

#include <algorithm>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/bundle/facts_bundle.hpp"
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
FactsBundleWriter read_all(Keeper& keeper, std::uint64_t facts,
                           const std::function<void(double)>& progress) {
    FactsBundleWriter bundle;
    for (std::uint64_t from = 0;;) {
        auto answer = keeper.read(from, slice_facts);
        if (answer.wait_for(keeper_answers_within) != std::future_status::ready)
            throw Fault(ExitCode::io, "the disk does not answer");
        const FactSlice slice = answer.get();
        for (const StoredFact& fact : slice.facts) bundle.add(fact);
        progress(reading_part *
                 std::min(1.0, static_cast<double>(bundle.facts()) /
                                   static_cast<double>(std::max<std::uint64_t>(facts, 1))));
        if (slice.facts.size() < slice_facts) return bundle;
        from = slice.next;
    }
}

FactsBundleWriter read_first_that_answers(const StickOptions& options, std::uint64_t facts,
                                          const std::function<void(double)>& progress) {
    std::string why = "no device is left";
    for (Keeper* keeper : options.keepers) {
        if (!keeper->healthy()) continue;
        try {
            return read_all(*keeper, facts, progress);
        } catch (const Fault& fault) {
            why = fault.what();
        }
    }
    throw Fault(ExitCode::io, "the records cannot be read: " + why);
}

/// From files that nobody has open.
void add_aside(FactsBundleWriter& bundle, const StickOptions& options, const Identity& identity) {
    for (const fs::path& beside : {options.state, options.mirror})
        for (const StoredFact& fact : facts_aside(
                 folders_aside(beside),
                 {.directory = beside, .kiosk = identity.kiosk, .kiosk_key = identity.kiosk_key},
                 bundle.ends()))
            bundle.add(fact);
}

/// While none is plugged in its place is there, and not ours to write to.
bool has_stick(const fs::path& stick) {
    std::error_code error;
    return fs::is_directory(stick, error) && access(stick.c_str(), W_OK) == 0;
}

/// What went wrong with the stick, seen from outside.
State state_after(const Fault& fault, const fs::path& stick) {
    spdlog::error("stick: {}", fault.what());
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

/// Newest first.
std::vector<fs::path> updates_on(const fs::path& stick) {
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    for (const auto& entry : fs::directory_iterator(stick))
        if (entry.is_regular_file() && entry.path().extension() == ".update")
            found.emplace_back(entry.last_write_time(), entry.path());
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> files;
    files.reserve(found.size());
    for (auto& [time, file] : found) files.push_back(std::move(file));
    return files;
}

}  // namespace

StickPage copy_records(const StickOptions& options, const Publication& now, std::uint64_t facts,
                       const std::function<void(double)>& progress) {
    constexpr auto of = StickPage::Of::copy;
    if (!has_stick(options.stick)) return page_of(of, State::no_stick);
    const Identity& identity = now.in_force->identity;
    const bool training = now.in_force->training;
    const SigningKey* signing = now.secrets && !training ? &now.secrets->signing : nullptr;
    try {
        FactsBundleWriter bundle = read_first_that_answers(options, facts, progress);
        if (!training) add_aside(bundle, options, identity);
        bundle.write(
            options.stick / (identity.kiosk_name + (training ? "-training.facts" : ".facts")),
            identity.event, identity.kiosk_key, signing, {{identity.organiser_seal}});
        return page_of(of, State::safe);
    } catch (const Fault& fault) {
        return page_of(of, state_after(fault, options.stick));
    }
}

StickResult take_list(const StickOptions& options, const Publication& now, const Edition& newest) {
    constexpr auto of = StickPage::Of::update;
    if (now.in_force->training) return {page_of(of, State::in_training), {}};
    if (!has_stick(options.stick)) return {page_of(of, State::no_stick), {}};
    State state = State::failed;
    if (!now.secrets) return {page_of(of, state), {}};
    try {
        for (const fs::path& file : updates_on(options.stick)) {
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
    } catch (const fs::filesystem_error& error) {
        state = state_after(Fault(ExitCode::io, error.what()), options.stick);
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
    if (!has_stick(options.stick)) return false;
    std::string text;
    for (const std::string& line : lines) text += line + (line.ends_with('\n') ? "" : "\n");
    try {
        write_file(options.stick / (identity.kiosk_name + ".log"), as_bytes(text), private_mode);
        return true;
    } catch (const Fault& fault) {
        spdlog::error("log: {}", fault.what());
        return false;
    }
}

}  // namespace hudoor::kiosk
