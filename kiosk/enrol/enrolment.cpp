#include "kiosk/enrol/enrolment.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>

#include "config/fault.hpp"
#include "kiosk/enrol/stopped_journal.hpp"
#include "kiosk/tpm/tpm.hpp"
#include "storage/base/files.hpp"
#include "storage/bundle/update_bundle.hpp"
#include "storage/journal/paths.hpp"

namespace hudoor::kiosk {

using namespace storage;
namespace fs = std::filesystem;

namespace {

constexpr const char* identity_file = "identity";
constexpr const char* sealed_file = "identity.sealed";
constexpr const char* refusals_file = "refusals";
constexpr const char* refusals_file_of_before = "revocations";
constexpr const char* roster_file = "roster";
constexpr const char* snapshot_file = "replica.snapshot";
constexpr const char* key_file = "kiosk.key";
constexpr const char* tpm_file = "kiosk.key.tpm";
constexpr const char* salt_file = "kiosk.salt";
constexpr std::size_t salt_size = 16;
constexpr std::uint64_t max_small_bytes = 16 << 20;
constexpr std::uint64_t max_tpm_bytes = 4'096;

/// A start by another kiosk's state would go on with its numbers.
void refuse_other_kiosk(const fs::path& state_dir, const Identity& arriving) {
    if (!fs::exists(state_dir / identity_file)) return;
    const auto here = parse_identity(read_file(state_dir / identity_file, max_small_bytes));
    if (!here || (here->organiser == arriving.organiser && here->kiosk == arriving.kiosk)) return;
    throw Fault(ExitCode::not_allowed, state_dir.string() + " belongs to the kiosk " +
                                           here->kiosk_name +
                                           " of another enrolment; export its records "
                                           "and take an empty state directory (--state)");
}

/// Where keys are; the state directory's is named if there is none.
std::vector<fs::path> find_keys(const fs::path& state_dir) {
    std::vector<fs::path> keys;
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY"))
        if (fs::path key = fs::path(credentials) / key_file; fs::exists(key)) keys.push_back(key);
    for (const char* name : {key_file, tpm_file})
        if (fs::path key = state_dir / name; fs::exists(key)) keys.push_back(key);
    if (keys.empty()) keys.push_back(state_dir / key_file);
    return keys;
}

Secret<32> open_with_tpm(const fs::path& file) {
    const auto tpm = find_tpm();
    if (!tpm)
        throw Fault(ExitCode::unavailable, file.string() +
                                               " was sealed to a TPM, and this machine shows none; "
                                               "enrol again");
    return Tpm(*tpm).unseal(read_file(file, max_tpm_bytes));
}

Secret<32> read_key(const fs::path& file) {
    if (file.filename() == tpm_file) return open_with_tpm(file);
    const SecretBytes key = read_secret_file(file, max_small_bytes);
    if (key.size() != 32)
        throw Fault(ExitCode::bad_data, file.string() + " is not a kiosk key; enrol again");
    return Secret<32>(key);
}

KioskSecrets open_own_secrets(const fs::path& state_dir) {
    const std::vector<fs::path> keys = find_keys(state_dir);
    for (const fs::path& file : keys) {
        const Secret<32> key = read_key(file);
        if (auto secrets = open_secrets(read_file(state_dir / sealed_file, max_small_bytes), key))
            return std::move(*secrets);
    }
    throw Fault(ExitCode::not_allowed,
                keys.front().string() + " does not open " + sealed_file + "; enrol again");
}

/// A salt that is there stays: the digits of an earlier enrolment open what they sealed until it is
/// sealed anew.
Bytes keep_or_make_salt(const fs::path& state_dir) {
    const fs::path file = state_dir / salt_file;
    if (fs::exists(file))
        if (Bytes salt = read_file(file, max_small_bytes); salt.size() == salt_size) return salt;
    Bytes salt = random_bytes(salt_size);
    write_file(file, salt, private_mode);
    return salt;
}

/// Puts the secrets under a new kiosk key: under the old one, too, until the new one is on the
/// disk.
void seal_anew(const fs::path& state_dir, const KioskSecrets& secrets, const KeyChoice& choice) {
    const bool by_digits = !choice.start_passphrase.empty();
    const Secret<32> key = by_digits
                               ? derive_key(choice.start_passphrase, keep_or_make_salt(state_dir))
                               : Secret<32>::random();
    const Bytes sealed = seal_secrets(secrets, key);
    const Bytes in_tpm = choice.tpm.empty() ? Bytes() : Tpm(choice.tpm).seal(key);
    if (!by_digits) {
        Bytes both = sealed;
        if (fs::exists(state_dir / sealed_file)) {
            const Bytes old = read_file(state_dir / sealed_file, max_small_bytes);
            both.insert(both.end(), old.begin(), old.end());
        }
        write_file(state_dir / sealed_file, both, private_mode);
        if (choice.tpm.empty())
            write_file(choice.key_out.empty() ? state_dir / key_file : choice.key_out, key.view(),
                       private_mode);
        else
            write_file(state_dir / tpm_file, in_tpm, private_mode);
    }
    write_file(state_dir / sealed_file, sealed, private_mode);
}

/// Keys of an earlier enrolment, which open nothing any more.
void remove_old_keys(const fs::path& state_dir, const KeyChoice& choice) {
    std::error_code ignored;  // they only mislead
    const bool by_digits = !choice.start_passphrase.empty();
    if (!by_digits) fs::remove(state_dir / salt_file, ignored);
    if (choice.tpm.empty()) fs::remove(state_dir / tpm_file, ignored);
    const bool same = fs::equivalent(state_dir / key_file, choice.key_out, ignored);
    if (by_digits || !choice.tpm.empty() || (!choice.key_out.empty() && !same))
        fs::remove(state_dir / key_file, ignored);
}

DigitLock read_digit_lock(const fs::path& state_dir) {
    DigitLock lock{read_file(state_dir / salt_file, max_small_bytes),
                   read_file(state_dir / sealed_file, max_small_bytes)};
    if (lock.salt.size() != salt_size)
        throw Fault(ExitCode::bad_data,
                    (state_dir / salt_file).string() + " is damaged; enrol again");
    return lock;
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

/// A state directory that a hudoor of before made has the list under another name.
RefusalList read_refusals(const fs::path& state_dir, const Identity& identity) {
    fs::path file = state_dir / refusals_file;
    if (!fs::exists(file)) file = state_dir / refusals_file_of_before;
    auto refusals =
        parse_refusals(read_file(file, max_bundle_bytes), identity.event, identity.organiser);
    if (!refusals) throw Fault(ExitCode::bad_data, file.string() + " is damaged; enrol again");
    return std::move(*refusals);
}

/// One that a hudoor of before made has none.
Roster read_roster(const fs::path& state_dir, const Identity& identity) {
    const fs::path file = state_dir / roster_file;
    if (!fs::exists(file)) return {};
    auto roster =
        parse_roster(read_file(file, max_bundle_bytes), identity.event, identity.organiser);
    if (!roster) throw Fault(ExitCode::bad_data, file.string() + " is damaged; enrol again");
    return std::move(*roster);
}

/// What an update brought later than the enrolment. One that is damaged leaves no guest list: the
/// one before it would admit people who were taken off since.
void add_update(Enrolment& enrolment, const fs::path& state_dir) {
    try {
        auto update = find_update(state_dir, enrolment.identity);
        if (!update || !is_older(edition_of(enrolment), update->edition)) return;
        enrolment.identity = std::move(update->identity);
        enrolment.refusals = std::move(update->refusals);
        enrolment.roster = std::move(update->roster);
        enrolment.snapshot = std::move(update->snapshot);
    } catch (const Fault& fault) {
        enrolment.snapshot.reset();
        enrolment.trouble += (enrolment.trouble.empty() ? "" : "; ") + std::string(fault.what());
    }
}

/// How new whatever can be read in this state directory is, its journal's word for it included.
Edition find_newest(const fs::path& state_dir, const Identity& identity) {
    Edition newest;
    const auto look = [&newest](const auto& read) {
        try {
            newest = newest_of(newest, read());
        } catch (const Fault& fault) {
            if (fault.exit_code() == ExitCode::try_again) throw;
            spdlog::warn("{}", fault.what());  // the enrolment replaces it
        }
    };
    if (fs::exists(state_dir / identity_file))
        look([&] { return edition_of(load_enrolment(state_dir)); });
    if (fs::exists(state_dir / snapshot_file))
        look([&] {
            const auto list = read_snapshot_header(
                read_file(state_dir / snapshot_file, max_bundle_bytes), identity.organiser);
            return Edition{.list = list ? list->revision : 0, .created = {}};
        });
    if (fs::exists(journal_file(state_dir)))
        look([&] { return StoppedJournal({.state = state_dir}, identity).newest(); });
    return newest;
}

/// Numbers only rise: an old bundle must not bring back who was taken off.
void refuse_older(const fs::path& state_dir, const EnrolmentBundle& arriving,
                  const Identity& identity) {
    const auto list = read_snapshot_header(arriving.snapshot, identity.organiser);
    const auto refusals = parse_refusals(arriving.refusals, identity.event, identity.organiser);
    const auto roster = parse_roster(arriving.roster, identity.event, identity.organiser);
    const Edition brings{.list = list ? list->revision : 0,
                         .refusals = refusals ? refusals->number : 0,
                         .roster = roster ? roster->number : 0,
                         .agenda = identity.number,
                         .created = {}};
    const std::string older = describe_older(brings, find_newest(state_dir, identity));
    if (!older.empty())
        throw Fault(ExitCode::bad_data, "The bundle is older than what is here or was: " + older +
                                            "; take a newer one or an update");
}

}  // namespace

storage::Edition edition_of(const Enrolment& enrolment) {
    std::optional<SnapshotHeader> list;
    if (enrolment.snapshot)
        list = read_snapshot_header(*enrolment.snapshot, enrolment.identity.organiser);
    return {.list = list ? list->revision : 0,
            .refusals = enrolment.refusals.number,
            .roster = enrolment.roster.number,
            .agenda = enrolment.identity.number,
            .created = list ? list->created : WallTime{}};
}

void check_start_passphrase(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != start_digits || !std::all_of(text.begin(), text.end(), is_digit))
        throw Fault(ExitCode::usage, "The start passphrase must be exactly " +
                                         std::to_string(start_digits) +
                                         " digits (0 to 9) and nothing else");
}

Identity enrol(const fs::path& bundle, std::string_view passphrase, const fs::path& state_dir,
               const KeyChoice& key) {
    if (!key.start_passphrase.empty()) check_start_passphrase(key.start_passphrase);
    return enrol(read_enrolment_bundle(bundle, passphrase), state_dir, key);
}

Identity enrol(const EnrolmentBundle& enrolment, const fs::path& state_dir, const KeyChoice& key) {
    Identity identity = parse_identity(enrolment.identity).value();
    std::error_code error;
    if (fs::create_directories(state_dir, error))
        fs::permissions(state_dir, fs::perms::owner_all, error);
    if (error)
        throw Fault(ExitCode::cannot_create,
                    "Cannot create " + state_dir.string() + ": " + error.message());
    refuse_other_kiosk(state_dir, identity);
    refuse_older(state_dir, enrolment, identity);
    seal_anew(state_dir, enrolment.secrets, key);
    write_file(state_dir / snapshot_file, enrolment.snapshot, private_mode);
    write_file(state_dir / refusals_file, enrolment.refusals, private_mode);
    write_file(state_dir / roster_file, enrolment.roster, private_mode);
    write_file(state_dir / identity_file, enrolment.identity, private_mode);
    std::error_code ignored;  // what is there under the new name is read
    fs::remove(state_dir / refusals_file_of_before, ignored);
    forget_update(state_dir);
    remove_old_keys(state_dir, key);
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
    RefusalList refusals = read_refusals(state_dir, *identity);
    Roster roster = read_roster(state_dir, *identity);
    Enrolment enrolment{.identity = std::move(*identity),
                        .secrets = {},
                        .refusals = std::move(refusals),
                        .roster = std::move(roster),
                        .snapshot = {},
                        .trouble = {},
                        .digit_lock = {}};
    enrolment.secrets =
        unless_missing([&] { return open_own_secrets(state_dir); }, enrolment.trouble);
    if (!enrolment.secrets && fs::exists(state_dir / salt_file)) {
        enrolment.trouble.clear();
        enrolment.digit_lock =
            unless_missing([&] { return read_digit_lock(state_dir); }, enrolment.trouble);
        if (enrolment.digit_lock) enrolment.trouble = "waiting for the supervisor's passphrase";
    }
    enrolment.snapshot = unless_missing(
        [&] { return read_file(state_dir / snapshot_file, max_bundle_bytes); }, enrolment.trouble);
    add_update(enrolment, state_dir);
    return enrolment;
}

std::optional<Replica> open_guest_list(const Enrolment& enrolment, const OpeningKey* reader) {
    std::string why = enrolment.trouble;
    try {
        if (reader && enrolment.snapshot)
            return Replica::open_snapshot(*enrolment.snapshot, enrolment.identity.event,
                                          enrolment.identity.organiser, *reader);
    } catch (const Fault& fault) {
        why = fault.what();
    }
    spdlog::warn("no guest list ({}): badges are checked by their signature alone", why);
    return std::nullopt;
}

std::optional<Opened> open_with_digits(const Enrolment& enrolment, std::string_view digits) {
    ENSURE(enrolment.digit_lock.has_value());
    Secret<32> key = derive_key(digits, enrolment.digit_lock->salt);
    auto secrets = open_secrets(enrolment.digit_lock->sealed, key);
    if (!secrets) return std::nullopt;
    auto replica = open_guest_list(enrolment, &secrets->opening);
    return Opened{std::move(*secrets), std::move(key), std::move(replica)};
}

bool open_with_key(Enrolment& enrolment, const Secret<32>& key) {
    ENSURE(enrolment.digit_lock.has_value());
    enrolment.secrets = open_secrets(enrolment.digit_lock->sealed, key);
    if (!enrolment.secrets) return false;
    enrolment.digit_lock.reset();
    if (enrolment.snapshot) enrolment.trouble.clear();
    return true;
}

}  // namespace hudoor::kiosk
