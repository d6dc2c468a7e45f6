#include "storage/bundle/facts_bundles.hpp"

#include <utility>

#include "config/fault.hpp"

namespace hudoor::storage {
namespace {

// The frame, the ranges and the stream's own bytes need some room beside the facts.
constexpr std::uint64_t most_payload_bytes = max_bundle_bytes - max_bundle_bytes / 16;

}  // namespace

void FactsBundles::add(const StoredFact& fact) {
    if (bundle_.facts() == options_.most_facts || bundle_.payload_bytes() > most_payload_bytes)
        write();
    bundle_.add(fact);
    note(ends_, fact);
    ++facts_;
}

std::vector<std::filesystem::path> FactsBundles::finish() {
    if (bundle_.facts() > 0 || files_.empty()) write();
    return std::exchange(files_, {});
}

void FactsBundles::make_way(const std::filesystem::path& file) const {
    if (!std::filesystem::exists(file)) return;
    try {
        const FactsBundleReader there(file);
        if (there.head().sender == options_.sender && there.head().event == options_.event) return;
    } catch (const Fault&) {
        std::error_code error;
        std::filesystem::rename(file, file.string() + ".damaged", error);
        return;
    }
    throw Fault(ExitCode::not_allowed,
                file.string() +
                    " holds another kiosk's records, and was left as it is. Use"
                    " another stick or another name.");
}

void FactsBundles::write() {
    std::filesystem::path file = options_.file;
    if (!files_.empty())
        file.replace_filename(file.stem().string() + "-" + std::to_string(files_.size() + 1) +
                              file.extension().string());
    make_way(file);
    if (without_act_) bundle_.say_without_act();
    const SealKey readers[] = {options_.reader};
    bundle_.write(file, options_.event, options_.sender, options_.signing, readers);
    files_.push_back(std::move(file));
    bundle_ = {};
}

}  // namespace hudoor::storage
