#include "kiosk/enrolment.hpp"

#include <cstdlib>

#include "config/fault.hpp"
#include "storage/bundle.hpp"
#include "storage/files.hpp"
#include "storage/replica.hpp"

namespace hudoor::kiosk {

using namespace storage;
namespace fs = std::filesystem;

namespace {

constexpr const char* identity_file = "identity";
constexpr const char* sealed_file = "identity.sealed";
constexpr const char* revocations_file = "revocations";
constexpr const char* snapshot_file = "replica.snapshot";
constexpr const char* key_file = "kiosk.key";
constexpr std::uint64_t max_small_bytes = 16 << 20;

/// A start by another kiosk's state would go on with its numbers.
void refuse_other_kiosk(const fs::path& state_dir, const Identity& arriving) {
    if (!fs::exists(state_dir / identity_file)) return;
    const auto here = parse_identity(read_file(state_dir / identity_file, max_small_bytes));
    if (!here || (here->organiser == arriving.organiser && here->kiosk == arriving.kiosk)) return;
    throw Fault(ExitCode::not_allowed, state_dir.string() + " belongs to the kiosk " +
                                           here->kiosk_name + " of another enrolment; export its records "
                                           "and take an empty state directory (--state)");
}

/// Revisions of the guest list only rise: an old bundle must not bring back who was taken off.
void refuse_older_list(const fs::path& state_dir, const EnrolmentBundle& arriving,
                       const Identity& identity) {
    if (!fs::exists(state_dir / snapshot_file)) return;
    const auto here = read_snapshot_header(read_file(state_dir / snapshot_file, max_bundle_bytes),
                                           identity.organiser);
    const auto there = read_snapshot_header(arriving.snapshot, identity.organiser);
    if (!here || !there || there->revision >= here->revision) return;
    throw Fault(ExitCode::bad_data, "The bundle's guest list (revision " +
                                        std::to_string(there->revision) + ") is older than the one here (" +
                                        std::to_string(here->revision) + "); make a new bundle");
}

fs::path find_key(const fs::path& state_dir) {
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY"))
        if (fs::path key = fs::path(credentials) / key_file; fs::exists(key)) return key;
    return state_dir / key_file;
}

KioskSecrets open_own_secrets(const fs::path& state_dir) {
    const fs::path key_path = find_key(state_dir);
    const Bytes key = read_file(key_path, max_small_bytes);
    if (key.size() != 32)
        throw Fault(ExitCode::bad_data, key_path.string() + " is not a kiosk key; enrol again");
    auto secrets = open_secrets(read_file(state_dir / sealed_file, max_small_bytes), Secret<32>(key));
    if (!secrets)
        throw Fault(ExitCode::not_allowed,
                    key_path.string() + " does not open " + sealed_file + "; enrol again");
    return std::move(*secrets);
}

/// A part without which the kiosk still runs: its absence is a sentence, not the end.
template <typename Read>
auto unless_missing(const Read& read, std::string& trouble) -> std::optional<decltype(read())> {
    try {
        return read();
    } catch (const Fault& fault) {
        if (!trouble.empty()) trouble += "; ";
        trouble += fault.what();
        return std::nullopt;
    }
}

}  // namespace

Identity enrol(const fs::path& bundle, std::string_view passphrase, const fs::path& state_dir,
               const fs::path& key_out) {
    const EnrolmentBundle enrolment = read_enrolment_bundle(bundle, passphrase);
    Identity identity = parse_identity(enrolment.identity).value();
    std::error_code error;
    if (fs::create_directories(state_dir, error))
        fs::permissions(state_dir, fs::perms::owner_all, error);
    if (error)
        throw Fault(ExitCode::cannot_create, "Cannot create " + state_dir.string() + ": " + error.message());
    refuse_other_kiosk(state_dir, identity);
    refuse_older_list(state_dir, enrolment, identity);
    const Secret<32> kiosk_key(random_bytes(32));
    write_file(key_out.empty() ? state_dir / key_file : key_out, kiosk_key.view(), private_mode);
    write_file(state_dir / sealed_file, seal_secrets(enrolment.secrets, kiosk_key), private_mode);
    write_file(state_dir / snapshot_file, enrolment.snapshot, private_mode);
    write_file(state_dir / revocations_file, enrolment.revocations, private_mode);
    write_file(state_dir / identity_file, enrolment.identity, private_mode);
    return identity;
}

bool is_enrolled(const fs::path& state_dir) { return fs::exists(state_dir / identity_file); }

Enrolment load_enrolment(const fs::path& state_dir) {
    if (!is_enrolled(state_dir))
        throw Fault(ExitCode::no_input, "No kiosk is enrolled in " + state_dir.string() +
                                            "; run: hudoor-kiosk enrol NAME.kiosk");
    auto identity = parse_identity(read_file(state_dir / identity_file, max_small_bytes));
    if (!identity)
        throw Fault(ExitCode::bad_data,
                    (state_dir / identity_file).string() + " is damaged; enrol again");
    auto revocations = parse_revocations(read_file(state_dir / revocations_file, max_bundle_bytes),
                                         identity->event, identity->organiser);
    if (!revocations)
        throw Fault(ExitCode::bad_data,
                    (state_dir / revocations_file).string() + " is damaged; enrol again");
    Enrolment enrolment{std::move(*identity), {}, std::move(*revocations), {}, {}};
    enrolment.secrets =
        unless_missing([&] { return open_own_secrets(state_dir); }, enrolment.trouble);
    enrolment.snapshot = unless_missing(
        [&] { return read_file(state_dir / snapshot_file, max_bundle_bytes); }, enrolment.trouble);
    return enrolment;
}

}  // namespace hudoor::kiosk
