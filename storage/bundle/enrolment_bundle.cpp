#include "storage/bundle/enrolment_bundle.hpp"

#include <sodium.h>

#include "config/fault.hpp"

namespace hudoor::storage {

namespace {

constexpr std::size_t salt_size = crypto_pwhash_SALTBYTES;

SecretBytes encode_payload(const EnrolmentBundle& bundle) {
    SecretWriter out;
    out.raw(bundle.secrets.signing.seed().view());
    out.raw(bundle.secrets.opening.secret().view());
    out.block(bundle.identity);
    out.block(bundle.refusals);
    out.block(bundle.roster);
    out.block(bundle.snapshot);
    return out.take();
}

Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }

std::optional<EnrolmentBundle> decode_payload(ByteView payload) {
    ByteReader in(payload);
    const ByteView seed = in.raw(32);
    const ByteView secret = in.raw(32);
    const ByteView identity = in.block();
    const ByteView refusals = in.block();
    const ByteView roster = in.block();
    const ByteView snapshot = in.block();
    if (!in.finished()) return std::nullopt;
    return EnrolmentBundle{to_bytes(identity),
                           to_bytes(snapshot),
                           to_bytes(refusals),
                           to_bytes(roster),
                           {SigningKey(Secret<32>(seed)), OpeningKey(Secret<32>(secret))}};
}

/// What is inside must come from whom the frame names.
void check_contents(const EnrolmentBundle& bundle, const BundleReader& reader) {
    const auto identity = parse_identity(bundle.identity, reader.head().sender);
    if (!identity || identity->event != reader.head().event)
        reader.refuse("its identity is not its sender's");
    if (!parse_refusals(bundle.refusals, reader.head().event, reader.head().sender))
        reader.refuse("its refusal list is not its sender's");
    if (!parse_roster(bundle.roster, reader.head().event, reader.head().sender))
        reader.refuse("its roster is not its sender's");
    if (identity->kiosk_key != bundle.secrets.signing.verify_key() ||
        identity->kiosk_seal != bundle.secrets.opening.seal_key())
        reader.refuse("its secrets are another kiosk's");
}

}  // namespace

void write_enrolment_bundle(const EnrolmentBundle& bundle, EventNumber event,
                            const SigningKey& organiser, const std::filesystem::path& file,
                            std::string_view passphrase) {
    BundleHead head{.kind = BundleKind::enrolment,
                    .event = event,
                    .sender = organiser.verify_key(),
                    .key_part = random_bytes(salt_size),
                    .ranges = {}};
    const Secret<32> key = derive_key(passphrase, head.key_part);
    write_bundle(std::move(head), encode_payload(bundle), key, &organiser, file);
}

EnrolmentBundle read_enrolment_bundle(const std::filesystem::path& file,
                                      std::string_view passphrase) {
    BundleReader reader(file, BundleKind::enrolment);
    if (!reader.is_signed() || reader.head().key_part.size() != salt_size)
        reader.refuse("this is no enrolment by an organiser");
    auto bundle = decode_payload(reader.payload(derive_key(passphrase, reader.head().key_part)));
    if (!bundle) reader.refuse("its payload is not an enrolment of this version");
    check_contents(*bundle, reader);
    return std::move(*bundle);
}

}  // namespace hudoor::storage
