#include "storage/guests/replica.hpp"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>

#include "config/fault.hpp"
#include "storage/base/sqlite.hpp"
#include "storage/guests/rows.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view magic = "hudoor-snapshot-1";
constexpr std::string_view image_domain = "hudoor-snapshot-image-1";
constexpr std::size_t piece_size = 64 * 1024;
constexpr std::size_t piece_overhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t stream_header_size = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t box_size = 32 + crypto_box_SEALBYTES;

constexpr const char* schema = R"(
    CREATE TABLE snapshot (event INTEGER NOT NULL, revision INTEGER NOT NULL,
                           created_ms INTEGER NOT NULL, code_key BLOB NOT NULL) STRICT;
    CREATE TABLE usher (number INTEGER PRIMARY KEY, role INTEGER NOT NULL, name TEXT NOT NULL,
                        pin_hash TEXT NOT NULL, badge BLOB) STRICT;
)";

void insert_registrations(Database& database, const std::vector<ColumnInRow>& columns,
                          const std::vector<Registration>& registrations) {
    const auto parameters = list_columns(columns, [](const ColumnInRow&) { return "?"; });
    Statement insert = database.prepare("INSERT INTO registration (" + list_columns(columns) +
                                        ") VALUES (" + parameters + ")");
    for (const Registration& one : registrations) {
        bind_row(insert, 0, one);
        insert.run();
    }
}

void make_indexes(Database& database, const std::vector<ColumnInRow>& columns) {
    for (const auto& [column, type] : columns)
        if (column.unique)
            database
                .prepare("CREATE UNIQUE INDEX registration_" + std::string(column.name) +
                         " ON registration (" + column.name + ") WHERE " + column.name +
                         " IS NOT NULL")
                .run();
    database.execute("CREATE UNIQUE INDEX usher_badge ON usher (badge) WHERE badge IS NOT NULL");
}

/// Indexes come last, so that they are built sorted and packed.
DatabaseImage build_image(const SnapshotContent& content) {
    Database database = Database::in_memory();
    database.execute("PRAGMA journal_mode=DELETE");
    Transaction transaction(database);
    database.execute(schema);
    const auto columns = columns_in_row<Registration>();
    const auto declared = list_columns(
        columns, [](const ColumnInRow& one) { return one.column.name + (" " + one.type); });
    database
        .prepare("CREATE TABLE registration (number INTEGER PRIMARY KEY, " + declared + ") STRICT")
        .run();
    database.prepare("INSERT INTO snapshot VALUES (?,?,?,?)")
        .run(content.event, content.revision, content.created.time_since_epoch().count(),
             content.code_key.view());
    insert_registrations(database, columns, content.registrations);
    Statement usher = database.prepare("INSERT INTO usher VALUES (?,?,?,?,?)");
    for (const Usher& u : content.ushers)
        usher.run(u.number, u.role, u.name, u.pin_hash, unless_zero(u.badge));
    make_indexes(database, columns);
    transaction.commit();
    return database.serialize();
}

/// What stands in front of the boxes: all of it signed.
struct Envelope {
    SnapshotHeader header;
    std::uint64_t image_size = 0;
    std::uint16_t readers = 0;
};

Bytes encode_envelope(const Envelope& envelope) {
    const SnapshotHeader& header = envelope.header;
    ByteWriter out;
    out.raw(as_bytes(magic));
    out.u16(static_cast<std::uint16_t>(header.event));
    out.u64(header.revision);
    out.i64(header.created.time_since_epoch().count());
    out.u32(header.registrations);
    out.raw(header.plaintext.bytes);
    out.u64(envelope.image_size);
    out.u16(envelope.readers);
    return out.take();
}

/// Reads the envelope and its signature; `in` stands at the first box then.
std::optional<Envelope> read_envelope(ByteReader& in, const VerifyKey& organiser) {
    if (as_text(in.raw(magic.size())) != magic) return std::nullopt;
    Envelope envelope;
    envelope.header.event = EventNumber{in.u16()};
    envelope.header.revision = in.u64();
    envelope.header.created = bounded_time(in.i64());
    envelope.header.registrations = in.u32();
    envelope.header.plaintext = in.id<Hash>();
    envelope.image_size = in.u64();
    envelope.readers = in.u16();
    const auto signature = in.id<ByteId<64, Signature>>();
    if (in.failed() || !verify(signature.bytes, encode_envelope(envelope), organiser))
        return std::nullopt;
    return envelope;
}

std::size_t pieces_of(std::size_t size) { return (size + piece_size - 1) / piece_size; }

void seal_image(ByteWriter& out, ByteView image, const Secret<32>& content_key) {
    crypto_secretstream_xchacha20poly1305_state state;
    std::array<std::uint8_t, stream_header_size> stream_header{};
    crypto_secretstream_xchacha20poly1305_init_push(&state, stream_header.data(),
                                                    content_key.data());
    out.raw(stream_header);
    Bytes sealed(piece_size + piece_overhead);
    while (!image.empty()) {
        const ByteView piece = image.first(std::min(image.size(), piece_size));
        image = image.subspan(piece.size());
        const std::uint8_t tag = image.empty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                               : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        crypto_secretstream_xchacha20poly1305_push(&state, sealed.data(), nullptr, piece.data(),
                                                   piece.size(), nullptr, 0, tag);
        out.raw(ByteView(sealed).first(piece.size() + piece_overhead));
    }
    sodium_memzero(&state, sizeof state);
}

[[noreturn]] void refuse(const std::string& why) {
    throw Fault(ExitCode::bad_data,
                "the guest list cannot be opened: " + why + "; bring a new one from the organiser");
}

Secret<32> open_content_key(ByteReader& in, std::uint16_t readers, const OpeningKey& reader) {
    std::optional<SecretBytes> opened;
    for (; readers > 0; --readers)
        if (const ByteView box = in.raw(box_size); !opened) opened = reader.open(box);
    if (!opened) refuse("it is not sealed to this kiosk");
    return Secret<32>(*opened);
}

/// The size was checked against the stream's, so a lying header cannot make us ask for much memory.
DatabaseImage open_image(ByteView stream, std::size_t size, const Secret<32>& content_key) {
    crypto_secretstream_xchacha20poly1305_state state;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state, stream.data(),
                                                        content_key.data()) != 0)
        refuse("its seal is damaged");
    stream = stream.subspan(stream_header_size);
    DatabaseImage image(size);
    std::uint8_t tag = 0;
    for (std::size_t done = 0; done < size;) {
        const ByteView piece = stream.first(std::min(stream.size(), piece_size + piece_overhead));
        stream = stream.subspan(piece.size());
        if (crypto_secretstream_xchacha20poly1305_pull(&state, image.data() + done, nullptr, &tag,
                                                       piece.data(), piece.size(), nullptr, 0) != 0)
            refuse("it is damaged");
        done += piece.size() - piece_overhead;
    }
    sodium_memzero(&state, sizeof state);
    if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) refuse("it is cut short");
    return image;
}

Database open_read_only(DatabaseImage image) {
    Database database = Database::from_image(std::move(image));
    sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    database.execute("PRAGMA query_only=1");
    return database;
}

/// The image's own account of itself must be the header's.
Secret<32> check_content(const Database& database, const SnapshotHeader& header) {
    Statement row = database.prepare(
        "SELECT event, revision, created_ms, code_key, (SELECT count(*) FROM registration) FROM snapshot");
    if (!row.step() || row.as<EventNumber>(0) != header.event ||
        row.as<std::uint64_t>(1) != header.revision ||
        row.integer(2) != header.created.time_since_epoch().count() || row.blob(3).size() != 32 ||
        row.integer(4) != header.registrations)
        refuse("its header does not fit its content");
    return Secret<32>(row.blob(3));
}

}  // namespace

Bytes make_snapshot(const SnapshotContent& content, const SigningKey& organiser,
                    std::span<const SealKey> readers) {
    DatabaseImage image = build_image(content);
    Envelope envelope;
    envelope.header = {.event = content.event,
                       .revision = content.revision,
                       .created = content.created,
                       .registrations = static_cast<std::uint32_t>(content.registrations.size()),
                       .plaintext = hash(image_domain, image.view())};
    envelope.image_size = image.size();
    ENSURE(readers.size() <= 0xFFFF);
    envelope.readers = static_cast<std::uint16_t>(readers.size());

    ByteWriter out;
    const Bytes head = encode_envelope(envelope);
    out.raw(head);
    out.raw(organiser.sign(head));
    const auto content_key = Secret<32>::random();
    for (const SealKey& reader : readers) out.raw(seal(content_key.view(), reader));
    seal_image(out, image.view(), content_key);
    sodium_memzero(image.data(), image.size());
    return out.take();
}

std::optional<SnapshotHeader> read_snapshot_header(ByteView snapshot, const VerifyKey& organiser) {
    ByteReader in(snapshot);
    const auto envelope = read_envelope(in, organiser);
    if (!envelope) return std::nullopt;
    return envelope->header;
}

class Replica::Impl {
public:
    Impl(SnapshotHeader header, Database database)
        : header_(header),
          database_(std::move(database)),
          code_key_(check_content(database_, header_)),
          select_("SELECT " + select_columns(columns_in_row<Registration>(), database_) +
                  " FROM registration "),
          by_badge_(database_.prepare(select_ + "WHERE badge = ?")),
          by_code_(database_.prepare(select_ + "WHERE code = ?")),
          by_id_(database_.prepare(select_ + "WHERE id = ?")),
          usher_by_badge_(database_.prepare(
              "SELECT number, role, name, pin_hash, badge FROM usher WHERE badge = ?")),
          usher_by_number_(database_.prepare(
              "SELECT number, role, name, pin_hash, badge FROM usher WHERE number = ?")),
          all_(database_.prepare(select_)) {}

    [[nodiscard]] const SnapshotHeader& header() const { return header_; }
    [[nodiscard]] ByteView code_key() const { return code_key_.view(); }

    std::optional<Registration> find(BadgeNumber badge) { return find_one(by_badge_, badge); }
    std::optional<Registration> find(CodeHash code) { return find_one(by_code_, code); }
    std::optional<Registration> find(RegistrationId id) { return find_one(by_id_, id); }

    std::optional<Usher> find_usher_badge(BadgeNumber badge) {
        return find_usher_by(usher_by_badge_, badge);
    }
    std::optional<Usher> find_usher(UsherNumber number) {
        return find_usher_by(usher_by_number_, number);
    }

    void visit(const std::function<void(const Registration&)>& each) {
        while (all_.step()) each(read_row<Registration>(all_, 0));
        all_.reset();
    }

private:
    template <typename Id>
    std::optional<Registration> find_one(Statement& statement, const Id& id) {
        statement.bind(id);
        std::optional<Registration> found;
        if (statement.step()) found = read_row<Registration>(statement, 0);
        statement.reset();
        return found;
    }

    static std::optional<Usher> find_usher_by(Statement& statement, const auto& key) {
        statement.bind(key);
        std::optional<Usher> usher;
        if (statement.step())
            usher =
                Usher{.number = statement.as<UsherNumber>(0),
                      .role = statement.as<UsherRole>(1),
                      .name = statement.text(2),
                      .pin_hash = statement.text(3),
                      .badge = statement.is_null(4) ? BadgeNumber{} : statement.id<BadgeNumber>(4)};
        statement.reset();
        return usher;
    }

    SnapshotHeader header_;
    Database database_;
    Secret<32> code_key_;
    std::string select_;
    Statement by_badge_;
    Statement by_code_;
    Statement by_id_;
    Statement usher_by_badge_;
    Statement usher_by_number_;
    Statement all_;
};

Replica Replica::open_snapshot(ByteView snapshot, EventNumber event, const VerifyKey& organiser,
                               const OpeningKey& reader) {
    ByteReader in(snapshot);
    const auto envelope = read_envelope(in, organiser);
    if (!envelope) refuse("it is not signed by this event's organiser");
    if (envelope->header.event != event) refuse("it is of another event");
    const Secret<32> content_key = open_content_key(in, envelope->readers, reader);

    const ByteView stream = in.rest();
    const std::uint64_t size = envelope->image_size;
    if (in.failed() || size == 0 || size > stream.size() ||
        stream.size() != stream_header_size + size + pieces_of(size) * piece_overhead)
        refuse("it is cut short");
    DatabaseImage image = open_image(stream, size, content_key);
    if (hash(image_domain, image.view()) != envelope->header.plaintext)
        refuse("its content is not what the organiser signed");
    return Replica(std::make_unique<Impl>(envelope->header, open_read_only(std::move(image))));
}

Replica::Replica(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Replica::~Replica() = default;
Replica::Replica(Replica&&) noexcept = default;
Replica& Replica::operator=(Replica&&) noexcept = default;

const SnapshotHeader& Replica::header() const { return impl_->header(); }
ByteView Replica::code_key() const { return impl_->code_key(); }
std::optional<Registration> Replica::find(BadgeNumber badge) const { return impl_->find(badge); }
std::optional<Registration> Replica::find(CodeHash code) const { return impl_->find(code); }
std::optional<Registration> Replica::find(RegistrationId id) const { return impl_->find(id); }
std::optional<Usher> Replica::find_usher_badge(BadgeNumber badge) const {
    return impl_->find_usher_badge(badge);
}
std::optional<Usher> Replica::find_usher(UsherNumber number) const {
    return impl_->find_usher(number);
}
void Replica::visit(const std::function<void(const Registration&)>& each) const {
    impl_->visit(each);
}

}  // namespace hudoor::storage
