#include "storage/bundle/update_bundle.hpp"

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/bundle/frame.hpp"

namespace hudoor::storage {

namespace fs = std::filesystem;

namespace {

constexpr const char* kept_file = "update";

Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }

/// The parts of an update that concern one kiosk, still as they were signed.
struct SignedParts {
    Bytes identity;
    Bytes refusals;
    Bytes roster;  ///< empty: kept by a program of before
    Bytes snapshot;
};

Bytes encode(const SignedParts& parts) {
    ByteWriter out;
    out.block(parts.identity);
    out.block(parts.refusals);
    out.block(parts.snapshot);
    out.block(parts.roster);
    return out.take();
}

std::optional<SignedParts> decode_kept(ByteView bytes) {
    ByteReader in(bytes);
    SignedParts parts;
    parts.identity = to_bytes(in.block());
    parts.refusals = to_bytes(in.block());
    parts.snapshot = to_bytes(in.block());
    if (!in.rest().empty()) parts.roster = to_bytes(in.block());
    if (!in.finished()) return std::nullopt;
    return parts;
}

bool is_same_kiosk(const Identity& one, const Identity& other) {
    return one.event == other.event && one.kiosk == other.kiosk &&
           one.kiosk_key == other.kiosk_key && one.kiosk_seal == other.kiosk_seal;
}

/// Nothing unless every part is signed by the kiosk's organiser and for this kiosk.
std::optional<KioskUpdate> check_parts(SignedParts parts, const Identity& kiosk) {
    auto identity = parse_identity(parts.identity, kiosk.organiser);
    auto refusals = parse_refusals(parts.refusals, kiosk.event, kiosk.organiser);
    const auto list = read_snapshot_header(parts.snapshot, kiosk.organiser);
    auto roster = parts.roster.empty() ? std::optional(Roster{})
                                       : parse_roster(parts.roster, kiosk.event, kiosk.organiser);
    if (!roster || !identity || !is_same_kiosk(*identity, kiosk) || !refusals || !list ||
        list->event != kiosk.event)
        return std::nullopt;
    const Edition edition{.list = list->revision,
                          .refusals = refusals->number,
                          .roster = roster->number,
                          .agenda = identity->number,
                          .created = list->created};
    return KioskUpdate{std::move(*identity), std::move(*refusals), std::move(*roster),
                       std::move(parts.snapshot), edition};
}

Bytes encode_payload(const UpdateContent& content) {
    ByteWriter out;
    out.u32(static_cast<std::uint32_t>(content.identities.size()));
    for (const Bytes& identity : content.identities) out.block(identity);
    out.block(content.refusals);
    out.block(content.roster);
    out.block(content.snapshot);
    return out.take();
}

/// Of the identities the one that is this kiosk's; empty if there is none.
std::optional<SignedParts> decode_payload(ByteView payload, const Identity& kiosk) {
    ByteReader in(payload);
    SignedParts parts;
    for (auto left = in.u32(); left > 0 && !in.failed(); --left) {
        const ByteView bytes = in.block();
        const auto identity = parse_identity(bytes, kiosk.organiser);
        if (identity && is_same_kiosk(*identity, kiosk)) parts.identity = to_bytes(bytes);
    }
    parts.refusals = to_bytes(in.block());
    parts.roster = to_bytes(in.block());
    parts.snapshot = to_bytes(in.block());
    if (!in.finished()) return std::nullopt;
    return parts;
}

SignedParts read_parts(const fs::path& bundle, const Identity& kiosk, const OpeningKey& reader) {
    BundleReader in(bundle, BundleKind::update);
    if (!in.is_signed() || in.head().sender != kiosk.organiser || in.head().event != kiosk.event)
        in.refuse("this update is of another event");
    const auto key = open_key_part(in.head().key_part, reader);
    if (!key)
        throw Fault(ExitCode::not_allowed, bundle.string() +
                                               " is not for this kiosk: it was made before " +
                                               kiosk.kiosk_name + " was enrolled, or " +
                                               kiosk.kiosk_name + " is disabled");
    auto parts = decode_payload(in.payload(*key), kiosk);
    if (!parts || parts->identity.empty())
        in.refuse("its payload is not an update of this version");
    return std::move(*parts);
}

std::string why_older(const Edition& one, const Edition& here) {
    const std::string numbers = describe_older(one, here);
    return numbers.empty() ? "the same numbers, made earlier" : numbers;
}

}  // namespace

void write_update_bundle(const UpdateContent& content, EventNumber event,
                         const SigningKey& organiser, std::span<const SealKey> kiosks,
                         const fs::path& file) {
    const auto key = Secret<32>::random();
    write_bundle({.kind = BundleKind::update,
                  .event = event,
                  .sender = organiser.verify_key(),
                  .key_part = seal_key_for(key, kiosks),
                  .ranges = {}},
                 encode_payload(content), key, &organiser, file);
}

TakenUpdate take_update(const fs::path& bundle, const fs::path& state_dir, const Identity& kiosk,
                        const Edition& now, const OpeningKey& reader) {
    SignedParts parts = read_parts(bundle, kiosk, reader);
    const Bytes kept = encode(parts);
    auto update = check_parts(std::move(parts), kiosk);
    if (!update)
        throw Fault(ExitCode::bad_data, bundle.string() + ": what it holds is not its sender's");
    if (is_older(update->edition, now))
        throw OlderUpdate(ExitCode::bad_data, bundle.string() +
                                                  " is older than what is here or was: " +
                                                  why_older(update->edition, now) +
                                                  "; make a new one with hudoor update");
    Replica replica =
        Replica::open_snapshot(update->snapshot, kiosk.event, kiosk.organiser, reader);
    write_file(state_dir / kept_file, kept, private_mode);
    return {std::move(*update), std::move(replica)};
}

std::optional<KioskUpdate> find_update(const fs::path& state_dir, const Identity& kiosk) {
    const fs::path file = state_dir / kept_file;
    if (!fs::exists(file)) return std::nullopt;
    auto parts = decode_kept(read_file(file, max_bundle_bytes));
    auto update = parts ? check_parts(std::move(*parts), kiosk) : std::nullopt;
    if (!update)
        throw Fault(ExitCode::bad_data, file.string() + " is damaged; take the update again");
    return update;
}

void forget_update(const fs::path& state_dir) {
    std::error_code ignored;  // what is older than the enrolment is not in force
    fs::remove(state_dir / kept_file, ignored);
}

}  // namespace hudoor::storage
