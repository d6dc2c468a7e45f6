/// A thin layer over SQLite: handles that close themselves, bound parameters with types, and a
/// Fault for every error. SQL text is always a constant; data goes in by bind() only.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "config/fault.hpp"
#include "storage/base/bytes.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace hudoor::storage {

/// An error of SQLite. Its exit code is bad_data (corrupt, not a database, constraint, no such
/// table), unavailable (busy, locked) or io (everything else).
class DatabaseFault : public Fault {
public:
    DatabaseFault(int code, const std::string& what);
    [[nodiscard]] int code() const noexcept { return code_; }  ///< SQLite's extended result code

private:
    int code_;
};

/// A whole database as bytes, in memory that SQLite can take over.
class DatabaseImage {
public:
    explicit DatabaseImage(std::size_t size);  ///< not initialised; fill it by data()
    DatabaseImage(std::uint8_t* owned, std::size_t size) : bytes_(owned), size_(size) {}

    [[nodiscard]] std::uint8_t* data() { return bytes_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] ByteView view() const { return {bytes_.get(), size_}; }
    [[nodiscard]] std::uint8_t* release() { return bytes_.release(); }

private:
    struct Free {
        void operator()(std::uint8_t* bytes) const;
    };
    std::unique_ptr<std::uint8_t, Free> bytes_;
    std::size_t size_;
};

/// A prepared statement. Must not outlive its database. Parameters and columns count from 0.
class Statement {
public:
    /// Binds all parameters in order: integers, text, bytes (copied), nullptr or an empty optional.
    /// Unsigned 64-bit numbers are kept as their signed twins.
    template <typename... Values>
    Statement& bind(const Values&... values) {
        reset();
        int index = 0;
        (bind_value(index++, values), ...);
        return *this;
    }
    /// Binds one parameter of a statement that was reset.
    template <typename Value>
    void bind_one(int index, const Value& value) {
        bind_value(index, value);
    }
    /// Moves to the next row; false when there is none.
    [[nodiscard]] bool step();
    /// Binds and runs a statement that gives no rows.
    template <typename... Values>
    void run(const Values&... values) {
        bind(values...);
        finish();
    }
    void reset();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    /// For the small unsigned numbers and enums of ours; the value must have been one of them.
    template <typename Value>
    [[nodiscard]] Value as(int column) const {
        return static_cast<Value>(integer(column));
    }
    [[nodiscard]] std::string text(int column) const;
    /// Points into the row; gone at the next step().
    [[nodiscard]] ByteView blob(int column) const;
    /// A blob of exactly this id's size, else Fault(bad_data). NULL is a zero id.
    template <typename Id>
    [[nodiscard]] Id id(int column) const {
        ByteReader in(blob(column));
        const Id value = in.id<Id>();
        if (!in.finished() && !is_null(column)) wrong_size(column);
        return is_null(column) ? Id{} : value;
    }

private:
    friend class Database;
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

    template <std::integral Value>
    void bind_value(int index, Value value) {
        bind_integer(index, static_cast<std::int64_t>(value));
    }
    void bind_value(int index, std::nullptr_t);
    void bind_value(int index, std::string_view text);
    void bind_value(int index, const char* text) { bind_value(index, std::string_view(text)); }
    void bind_value(int index, const std::string& text) {
        bind_value(index, std::string_view(text));
    }
    void bind_value(int index, ByteView bytes);
    void bind_value(int index, const Bytes& bytes) { bind_value(index, ByteView(bytes)); }
    template <std::size_t Size>
    void bind_value(int index, const std::array<std::uint8_t, Size>& bytes) {
        bind_value(index, ByteView(bytes));
    }
    template <std::size_t Size, typename Tag>
    void bind_value(int index, const ByteId<Size, Tag>& id) {
        bind_value(index, ByteView(id.bytes));
    }
    template <typename Value>
    requires std::is_enum_v<Value>
    void bind_value(int index, Value value) {
        bind_integer(index, static_cast<std::int64_t>(value));
    }
    template <typename Value>
    void bind_value(int index, const std::optional<Value>& value) {
        if (value)
            bind_value(index, *value);
        else
            bind_value(index, nullptr);
    }
    void bind_integer(int index, std::int64_t value);
    void finish();
    void check(int code) const;
    [[noreturn]] void wrong_size(int column) const;

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// One connection; used by one thread at a time.
class Database {
public:
    enum class Open { existing, create, read_only };

    explicit Database(const std::filesystem::path& file, Open how = Open::existing,
                      const char* vfs = nullptr);
    [[nodiscard]] static Database in_memory();
    /// Takes the image over and may grow it. The image must have been made with
    /// journal_mode=DELETE.
    [[nodiscard]] static Database from_image(DatabaseImage image);

    /// One or more statements without parameters whose rows do not matter.
    void execute(const char* sql);
    [[nodiscard]] Statement prepare(std::string_view sql) const;
    /// The first column of the first row as text ("" for NULL or no row): for PRAGMAs and counts.
    [[nodiscard]] std::string value(std::string_view sql) const;
    [[nodiscard]] DatabaseImage serialize() const;

    /// For what this layer does not cover.
    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
    /// Throws the connection's error, `tried` first, unless code is SQLITE_OK.
    void check(int code, std::string_view tried) const;

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

/// BEGIN IMMEDIATE now, ROLLBACK at the end of the scope unless commit() succeeded.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

}  // namespace hudoor::storage
