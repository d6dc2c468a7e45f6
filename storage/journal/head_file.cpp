#include "storage/journal/head_file.hpp"

#include "config/fault.hpp"
#include "storage/base/files.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view domain = "hudoor-head-1";

std::filesystem::path head_file(const std::filesystem::path& directory) {
    return directory / "head";
}

Bytes encode(const JournalHead& head) {
    ByteWriter out;
    out.u16(static_cast<std::uint16_t>(head.kiosk));
    out.u32(static_cast<std::uint32_t>(head.epoch));
    out.u64(head.seq);
    out.raw(head.hash.bytes);
    out.u64(head.facts);
    out.u64(head.starts);
    return out.take();
}

}  // namespace

HeadKey make_head_key(const SigningKey& signing) {
    return std::make_shared<const Secret<32>>(derive_key_for(domain, signing.seed()));
}

void write_head(const std::filesystem::path& directory, const JournalHead& head,
                const Secret<32>& key) {
    ByteWriter out;
    const Bytes encoded = encode(head);
    out.raw(encoded);
    out.raw(authenticate(domain, encoded, key).bytes);
    write_file(head_file(directory), out.bytes(), private_mode);
}

FoundHead read_head(const std::filesystem::path& directory, const Secret<32>& key) {
    if (!std::filesystem::exists(head_file(directory))) return NoHead{};
    constexpr std::uint64_t most = 4'096;
    Bytes bytes;
    try {
        bytes = read_file(head_file(directory), most);
    } catch (const Fault& fault) {
        if (fault.exit_code() == ExitCode::io) throw;
        return ForgedHead{};
    }
    ByteReader in(bytes);
    JournalHead head;
    head.kiosk = static_cast<KioskId>(in.u16());
    head.epoch = static_cast<Epoch>(in.u32());
    head.seq = in.u64();
    head.hash = in.id<Hash>();
    head.facts = in.u64();
    head.starts = in.u64();
    const auto mac = in.id<Hash>();
    if (!in.finished() || mac != authenticate(domain, encode(head), key)) return ForgedHead{};
    return head;
}

}  // namespace hudoor::storage
