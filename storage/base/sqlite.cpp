#include "storage/base/sqlite.hpp"

#include <sqlite3.h>

#include <new>

namespace hudoor::storage {

namespace {

ExitCode exit_code_of(int code) {
    switch (code & 0xff) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_SCHEMA:
        case SQLITE_ERROR:
            return ExitCode::bad_data;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ExitCode::unavailable;
        default:
            return ExitCode::io;
    }
}

std::string describe(sqlite3* handle, std::string_view tried) {
    return std::string(tried) + ": " + sqlite3_errmsg(handle);
}

int open_flags(Database::Open how) {
    switch (how) {
        case Database::Open::existing:
            return SQLITE_OPEN_READWRITE;
        case Database::Open::create:
            return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        case Database::Open::read_only:
            return SQLITE_OPEN_READONLY;
    }
    return 0;
}

}  // namespace

DatabaseFault::DatabaseFault(int code, const std::string& what)
    : Fault(exit_code_of(code), what), code_(code) {}

DatabaseImage::DatabaseImage(std::size_t size)
    : bytes_(static_cast<std::uint8_t*>(sqlite3_malloc64(size))), size_(size) {
    if (!bytes_ && size > 0) throw std::bad_alloc();
}

void DatabaseImage::Free::operator()(std::uint8_t* bytes) const { sqlite3_free(bytes); }

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) check(code);
    return false;
}

void Statement::finish() {
    while (step()) {
    }
    reset();
}

void Statement::reset() {
    sqlite3_reset(statement_.get());  // repeats the error of the last step, which was thrown then
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return text == nullptr ? std::string() : std::string(text, size);
}

ByteView Statement::blob(int column) const {
    const auto* bytes =
        static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Statement::bind_value(int index, std::nullptr_t) {
    check(sqlite3_bind_null(statement_.get(), index + 1));
}

void Statement::bind_value(int index, std::string_view text) {
    const char* start = text.data() == nullptr ? "" : text.data();  // null would bind NULL
    check(sqlite3_bind_text64(statement_.get(), index + 1, start, text.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
}

void Statement::bind_value(int index, ByteView bytes) {
    const void* start = bytes.empty() ? static_cast<const void*>("") : bytes.data();
    check(sqlite3_bind_blob64(statement_.get(), index + 1, start, bytes.size(), SQLITE_TRANSIENT));
}

void Statement::bind_integer(int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), index + 1, value));
}

void Statement::check(int code) const {
    if (code == SQLITE_OK) return;
    sqlite3* handle = sqlite3_db_handle(statement_.get());
    throw DatabaseFault(sqlite3_extended_errcode(handle),
                        describe(handle, sqlite3_sql(statement_.get())));
}

void Statement::wrong_size(int column) const {
    throw DatabaseFault(SQLITE_MISMATCH, std::string(sqlite3_sql(statement_.get())) + ": column " +
                                             std::to_string(column) + " has the wrong size");
}

Database::Database(const std::filesystem::path& file, Open how, const char* vfs) {
    sqlite3* handle = nullptr;
    const int flags = open_flags(how) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, vfs);
    handle_.reset(handle);
    check(code, "Opening " + file.string());
}

Database Database::in_memory() { return Database(":memory:", Open::create); }

Database Database::from_image(DatabaseImage image) {
    Database database = in_memory();
    const auto size = static_cast<sqlite3_int64>(image.size());
    // SQLite frees the memory even when this fails.
    const int code =
        sqlite3_deserialize(database.handle(), "main", image.release(), size, size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    database.check(code, "Reading a database image");
    return database;
}

void Database::execute(const char* sql) {
    check(sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr), sql);
}

Statement Database::prepare(std::string_view sql) const {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v2(handle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    check(code, sql);
    return Statement(statement);
}

std::string Database::value(std::string_view sql) const {
    Statement statement = prepare(sql);
    return statement.step() ? statement.text(0) : std::string();
}

DatabaseImage Database::serialize() const {
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(handle(), "main", &size, 0);
    if (bytes == nullptr) throw std::bad_alloc();
    return {bytes, static_cast<std::size_t>(size)};
}

void Database::check(int code, std::string_view tried) const {
    if (code == SQLITE_OK) return;
    if (handle() == nullptr) throw std::bad_alloc();
    throw DatabaseFault(code, describe(handle(), tried));
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    // An error here leaves nothing to do: a transaction that SQLite rolled back by itself is one.
    if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace hudoor::storage
