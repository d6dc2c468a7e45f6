#include "storage/bundle.hpp"

#include <sodium.h>

#include <fstream>

#include "config/fault.hpp"
#include "storage/files.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view magic = "HUDOORB\n";
constexpr std::uint8_t format_version = 1;
enum class BundleKind : std::uint8_t { enrolment = 1 };

constexpr std::string_view signature_domain = "hudoor-bundle-1";
constexpr std::string_view trailer_domain = "hudoor-bundle-trailer-1";
constexpr std::size_t salt_size = crypto_pwhash_SALTBYTES;
constexpr std::size_t stream_header_size = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t piece_size = std::size_t{64} << 10;
constexpr std::size_t piece_overhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t hash_size = std::tuple_size_v<decltype(Hash::bytes)>;
constexpr std::size_t signature_size = std::tuple_size_v<Signature>;
constexpr std::size_t open_head_size = 8 + 1 + 1 + 2 + 32 + 4;
constexpr std::size_t head_size = open_head_size + salt_size + stream_header_size + 8;
constexpr std::size_t tail_size = signature_size + hash_size;

struct Head {
    EventNumber event{};
    VerifyKey sender{};
    std::array<std::uint8_t, salt_size> salt{};
    std::array<std::uint8_t, stream_header_size> stream{};
    std::uint64_t sealed_size = 0;
};

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
    throw Fault(ExitCode::bad_data, file.string() + ": " + why);
}

Bytes encode_head(const Head& head) {
    ByteWriter out;
    out.raw(as_bytes(magic));
    out.u8(format_version);
    out.u8(static_cast<std::uint8_t>(BundleKind::enrolment));
    out.u16(static_cast<std::uint16_t>(head.event));
    out.raw(head.sender);
    out.u32(0);  // an enrolment brings no ranges of facts
    out.raw(head.salt);
    out.raw(head.stream);
    out.u64(head.sealed_size);
    return out.take();
}

template <std::size_t Size>
void copy_to(std::array<std::uint8_t, Size>& to, ByteView from) {
    std::copy(from.begin(), from.end(), to.begin());
}

Head decode_head(ByteView bytes, const std::filesystem::path& file) {
    ByteReader in(bytes);
    if (as_text(in.raw(magic.size())) != magic) refuse(file, "this is not a Hudoor bundle");
    if (in.u8() != format_version) refuse(file, "made by a newer version; update the program");
    if (in.u8() != static_cast<std::uint8_t>(BundleKind::enrolment))
        refuse(file, "this bundle does not enrol a kiosk; take NAME.kiosk");
    Head head;
    head.event = static_cast<EventNumber>(in.u16());
    copy_to(head.sender, in.raw(head.sender.size()));
    if (in.u32() != 0) refuse(file, "an enrolment with ranges of facts is none");
    copy_to(head.salt, in.raw(salt_size));
    copy_to(head.stream, in.raw(stream_header_size));
    head.sealed_size = in.u64();
    return head;
}

/// BLAKE2b-256 of a domain and what follows it piece by piece; a copy may go on by itself.
class RunningHash {
public:
    explicit RunningHash(std::string_view domain) {
        crypto_generichash_init(&state_, nullptr, 0, hash_size);
        add(as_bytes(domain));
    }
    void add(ByteView bytes) { crypto_generichash_update(&state_, bytes.data(), bytes.size()); }
    [[nodiscard]] Hash finish() {
        Hash result;
        crypto_generichash_final(&state_, result.bytes.data(), hash_size);
        return result;
    }

private:
    crypto_generichash_state state_{};
};

void wipe(Bytes& bytes) { sodium_memzero(bytes.data(), bytes.size()); }

Bytes encode_payload(const EnrolmentBundle& bundle) {
    ByteWriter out;
    out.raw(bundle.secrets.signing.seed().view());
    out.raw(bundle.secrets.opening.secret().view());
    out.block(bundle.identity);
    out.block(bundle.revocations);
    out.block(bundle.snapshot);
    return out.take();
}

Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }

std::optional<EnrolmentBundle> decode_payload(ByteView payload) {
    ByteReader in(payload);
    const ByteView seed = in.raw(32);
    const ByteView secret = in.raw(32);
    const ByteView identity = in.block();
    const ByteView revocations = in.block();
    const ByteView snapshot = in.block();
    if (!in.finished()) return std::nullopt;
    return EnrolmentBundle{to_bytes(identity), to_bytes(snapshot), to_bytes(revocations),
                           {SigningKey(Secret<32>(seed)), OpeningKey(Secret<32>(secret))}};
}

std::uint64_t sealed_size_of(std::uint64_t payload_size) {
    const std::uint64_t pieces = std::max<std::uint64_t>(1, (payload_size + piece_size - 1) / piece_size);
    return payload_size + pieces * piece_overhead;
}

Bytes seal_payload(ByteView payload, Head& head, const Secret<32>& key) {
    crypto_secretstream_xchacha20poly1305_state state;
    crypto_secretstream_xchacha20poly1305_init_push(&state, head.stream.data(), key.data());
    head.sealed_size = sealed_size_of(payload.size());
    Bytes bound = encode_head(head);
    Bytes sealed(head.sealed_size);
    std::size_t at = 0;
    do {
        const ByteView piece = payload.first(std::min(piece_size, payload.size()));
        payload = payload.subspan(piece.size());
        const std::uint8_t tag = payload.empty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                 : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        crypto_secretstream_xchacha20poly1305_push(&state, sealed.data() + at, nullptr, piece.data(),
                                                   piece.size(), bound.data(), bound.size(), tag);
        at += piece.size() + piece_overhead;
        bound.clear();
    } while (!payload.empty());
    sodium_memzero(&state, sizeof state);
    return sealed;
}

void add_tail(Bytes& bundle, const SigningKey& organiser) {
    const Hash signed_hash = hash(signature_domain, bundle);
    const Signature signature = organiser.sign(signed_hash.bytes);
    bundle.insert(bundle.end(), signature.begin(), signature.end());
    const Hash trailer = hash(trailer_domain, bundle);
    bundle.insert(bundle.end(), trailer.bytes.begin(), trailer.bytes.end());
}

/// A bundle file read front to back, twice: once for its frame, once for its payload.
class BundleFile {
public:
    explicit BundleFile(const std::filesystem::path& file) : file_(file), in_(file, std::ios::binary) {
        std::error_code error;
        size_ = std::filesystem::file_size(file, error);
        if (!in_ || error)
            throw Fault(ExitCode::no_input, "Cannot read the bundle " + file.string());
        if (size_ < head_size + tail_size) refuse(file, "cut short; copy it again");
        if (size_ > max_bundle_bytes) refuse(file, "larger than a bundle may be");
    }

    /// The head, once trailer and signature fit.
    Head check_frame() {
        const Bytes head_bytes = read(head_size);
        RunningHash signed_part(signature_domain);
        RunningHash whole(trailer_domain);
        signed_part.add(head_bytes);
        whole.add(head_bytes);
        for (std::uint64_t left = size_ - head_size - tail_size; left > 0;) {
            const Bytes piece = read(std::min<std::uint64_t>(left, piece_size));
            left -= piece.size();
            signed_part.add(piece);
            whole.add(piece);
        }
        const Bytes signature_bytes = read(signature_size);
        whole.add(signature_bytes);
        const Bytes trailer = read(hash_size);
        if (ByteReader(trailer).id<Hash>() != whole.finish()) refuse(file_, "damaged or cut short; copy it again");
        const Head head = decode_head(head_bytes, file_);
        check_sizes_and_signature(head, signature_bytes, signed_part.finish());
        head_bytes_ = head_bytes;
        return head;
    }

    Bytes open_payload(const Head& head, const Secret<32>& key) {
        in_.clear();
        in_.seekg(static_cast<std::streamoff>(head_size));
        crypto_secretstream_xchacha20poly1305_state state;
        if (crypto_secretstream_xchacha20poly1305_init_pull(&state, head.stream.data(), key.data()) != 0)
            refuse(file_, "its seal is damaged");
        Bytes payload;
        std::uint8_t tag = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        for (std::uint64_t left = head.sealed_size; left > 0;) {
            const Bytes sealed = read(std::min<std::uint64_t>(left, piece_size + piece_overhead));
            left -= sealed.size();
            open_piece(state, sealed, payload, tag);
            payload.reserve(head.sealed_size);  // now that its writer knew the passphrase
        }
        sodium_memzero(&state, sizeof state);
        if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) refuse(file_, "its end is missing");
        return payload;
    }

private:
    void check_sizes_and_signature(const Head& head, ByteView signature_bytes, const Hash& signed_hash) {
        if (head.sealed_size != size_ - head_size - tail_size) refuse(file_, "its lengths do not fit");
        Signature signature{};
        copy_to(signature, signature_bytes);
        if (!verify(signature, signed_hash.bytes, head.sender))
            refuse(file_, "its signature is not its sender's");
    }

    /// The first piece opens with the right key only: everything else was checked before.
    void open_piece(crypto_secretstream_xchacha20poly1305_state& state, const Bytes& sealed,
                    Bytes& payload, std::uint8_t& tag) {
        const bool first = payload.empty();
        if (sealed.size() < piece_overhead) refuse(file_, "its last piece is cut");
        Bytes plain(sealed.size() - piece_overhead);
        if (crypto_secretstream_xchacha20poly1305_pull(
                &state, plain.data(), nullptr, &tag, sealed.data(), sealed.size(),
                first ? head_bytes_.data() : nullptr, first ? head_bytes_.size() : 0) != 0) {
            if (!first) refuse(file_, "its payload is damaged");
            throw Fault(ExitCode::not_allowed, "The passphrase does not open " + file_.string());
        }
        payload.insert(payload.end(), plain.begin(), plain.end());
        wipe(plain);
    }

    Bytes read(std::uint64_t size) {
        Bytes bytes(size);
        in_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
        if (static_cast<std::uint64_t>(in_.gcount()) != size)
            throw Fault(ExitCode::io, "Cannot read all of " + file_.string());
        return bytes;
    }

    std::filesystem::path file_;
    std::ifstream in_;
    std::uint64_t size_ = 0;
    Bytes head_bytes_;
};

/// What is inside must come from whom the frame names.
void check_contents(const EnrolmentBundle& bundle, const Head& head, const std::filesystem::path& file) {
    const auto identity = parse_identity(bundle.identity, head.sender);
    if (!identity || identity->event != head.event) refuse(file, "its identity is not its sender's");
    if (!parse_revocations(bundle.revocations, head.event, head.sender))
        refuse(file, "its revocation list is not its sender's");
    if (identity->kiosk_key != bundle.secrets.signing.verify_key() ||
        identity->kiosk_seal != bundle.secrets.opening.seal_key())
        refuse(file, "its secrets are another kiosk's");
}

}  // namespace

void write_enrolment_bundle(const EnrolmentBundle& bundle, EventNumber event,
                            const SigningKey& organiser, const std::filesystem::path& file,
                            std::string_view passphrase) {
    Head head;
    head.event = event;
    head.sender = organiser.verify_key();
    copy_to(head.salt, random_bytes(salt_size));
    Bytes payload = encode_payload(bundle);
    const Bytes sealed = seal_payload(payload, head, derive_key(passphrase, head.salt));
    wipe(payload);
    Bytes framed = encode_head(head);
    framed.insert(framed.end(), sealed.begin(), sealed.end());
    add_tail(framed, organiser);
    if (framed.size() > max_bundle_bytes) refuse(file, "the guest list is too large for one bundle");
    write_file(file, framed, private_mode);
    if (BundleFile(file).check_frame().sender != head.sender) refuse(file, "read back differently");
}

EnrolmentBundle read_enrolment_bundle(const std::filesystem::path& file, std::string_view passphrase) {
    BundleFile bundle_file(file);
    const Head head = bundle_file.check_frame();
    Bytes payload = bundle_file.open_payload(head, derive_key(passphrase, head.salt));
    auto bundle = decode_payload(payload);
    wipe(payload);
    if (!bundle) refuse(file, "its payload is not an enrolment of this version");
    check_contents(*bundle, head, file);
    return std::move(*bundle);
}

}  // namespace hudoor::storage
