/// The codec of what the organiser signs for kiosks: every value of a struct is a numbered field
/// with its length before it, so that a program of before reads what it knows and skips the rest.
///
///   struct  = field*           fields in rising order; a missing one keeps its default
///   field   = number u16 | length u32 | value
///   value   = number, big-endian | text or struct, its length u32 before it | list, its count u32
///   before
///
/// One description of a struct serves both directions: `describe(io, value)` names its members in
/// their order, which are their numbers from 1; members are added at the end and never taken out.
/// What is added after version 2 was in the field is named by `later`: it is written only where it
/// is not empty, so that what was signed before still is the one encoding of its value.
/// Version 1 of the identity had the same members without numbers and lengths: PositionalReader
/// reads it.
#pragma once

#include <chrono>
#include <limits>
#include <map>
#include <type_traits>

#include "config/fault.hpp"
#include "storage/base/bytes.hpp"

namespace hudoor::storage {

/// `Value` is const for a writer.
template <typename Value, typename Struct>
concept Is = std::is_same_v<std::remove_const_t<Value>, Struct>;

namespace fields {

template <typename Value>
concept Number = std::is_enum_v<Value> || std::is_integral_v<Value>;

template <Number Value>
void put(ByteWriter& out, Value value) {
    const auto wide = static_cast<std::uint64_t>(value);
    for (std::size_t byte = sizeof(Value); byte-- > 0;)
        out.u8(static_cast<std::uint8_t>(wide >> (8 * byte)));
}

/// Says no more than a value without this member.
template <typename Value>
bool is_empty(const Value& value) {
    if constexpr (requires { value.empty(); })
        return value.empty();
    else
        return value == Value{};
}

inline std::uint32_t count_of(std::size_t size) {
    ENSURE(size <= std::numeric_limits<std::uint32_t>::max());
    return static_cast<std::uint32_t>(size);
}

}  // namespace fields

class FieldWriter {
public:
    template <typename... Values>
    void operator()(const Values&... values) {
        (put_field(values), ...);
    }
    /// Members that version 1 did not have.
    template <typename... Values>
    void newer(const Values&... values) {
        (*this)(values...);
    }
    /// One that values of before do not have.
    template <typename Value>
    void later(const Value& value) {
        if (fields::is_empty(value))
            ++number_;
        else
            put_field(value);
    }
    [[nodiscard]] Bytes take() { return out_.take(); }

private:
    template <typename Value>
    void put_field(const Value& value) {
        ByteWriter inner;
        put(inner, value);
        out_.u16(++number_);
        out_.block(inner.bytes());
    }

    template <fields::Number Value>
    static void put(ByteWriter& out, Value value) {
        fields::put(out, value);
    }
    static void put(ByteWriter& out, const std::string& text) { out.text(text); }
    template <std::size_t Size>
    static void put(ByteWriter& out, const std::array<std::uint8_t, Size>& bytes) {
        out.raw(bytes);
    }
    template <std::size_t Size, typename Tag>
    static void put(ByteWriter& out, const ByteId<Size, Tag>& id) {
        out.raw(id.bytes);
    }
    template <typename Rep, typename Period>
    static void put(ByteWriter& out, const std::chrono::duration<Rep, Period>& span) {
        out.i64(span.count());
    }
    template <typename Duration>
    static void put(ByteWriter& out, const std::chrono::sys_time<Duration>& time) {
        put(out, time.time_since_epoch());
    }
    template <typename Value>
    static void put(ByteWriter& out, const std::vector<Value>& values) {
        out.u32(fields::count_of(values.size()));
        for (const Value& value : values) put(out, value);
    }
    template <typename Name, typename Value>
    static void put(ByteWriter& out, const std::map<Name, Value>& values) {
        out.u32(fields::count_of(values.size()));
        for (const auto& [name, value] : values) {
            put(out, name);
            put(out, value);
        }
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    static void put(ByteWriter& out, const Struct& value) {
        FieldWriter inner;
        describe(inner, value);
        out.block(inner.out_.bytes());
    }

    ByteWriter out_;
    std::uint16_t number_ = 0;
};

/// How single values are read; Self says how a struct is.
template <typename Self>
class ValueReader {
protected:
    template <fields::Number Value>
    void get(ByteReader& in, Value& value) {
        std::uint64_t wide = 0;
        for (std::size_t byte = 0; byte < sizeof(Value); ++byte) wide = wide << 8 | in.u8();
        value = static_cast<Value>(wide);
    }
    void get(ByteReader& in, std::string& text) { text = in.text(); }
    template <std::size_t Size>
    void get(ByteReader& in, std::array<std::uint8_t, Size>& bytes) {
        const ByteView part = in.raw(Size);
        std::copy(part.begin(), part.end(), bytes.begin());
    }
    template <std::size_t Size, typename Tag>
    void get(ByteReader& in, ByteId<Size, Tag>& id) {
        get(in, id.bytes);
    }
    template <typename Rep, typename Period>
    void get(ByteReader& in, std::chrono::duration<Rep, Period>& span) {
        span = bounded<std::chrono::duration<Rep, Period>>(in.i64());
    }
    template <typename Duration>
    void get(ByteReader& in, std::chrono::sys_time<Duration>& time) {
        Duration since{};
        get(in, since);
        time = std::chrono::sys_time<Duration>(since);
    }
    template <typename Value>
    void get(ByteReader& in, std::vector<Value>& values) {
        values.clear();
        for (auto left = in.u32(); left > 0 && !in.failed(); --left) get(in, values.emplace_back());
    }
    template <typename Name, typename Value>
    void get(ByteReader& in, std::map<Name, Value>& values) {
        values.clear();
        for (auto left = in.u32(); left > 0 && !in.failed(); --left) {
            Name name{};
            get(in, name);
            get(in, values[name]);
        }
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    void get(ByteReader& in, Struct& value) { static_cast<Self&>(*this).get_struct(in, value); }
};

class FieldReader : ValueReader<FieldReader> {
public:
    /// `skipped` becomes true where a field was met that the description does not have.
    FieldReader(ByteView bytes, bool& skipped) : in_(bytes), skipped_(skipped) { next(); }

    template <typename... Values>
    void operator()(Values&... values) {
        (get_field(values), ...);
    }
    template <typename... Values>
    void newer(Values&... values) {
        (*this)(values...);
    }
    template <typename Value>
    void later(Value& value) {
        get_field(value);
    }
    /// After all members: nothing was malformed.
    [[nodiscard]] bool finished() {
        while (is_there_ && !failed_) {
            skipped_ = true;
            next();
        }
        return !failed_;
    }

private:
    friend ValueReader<FieldReader>;

    /// The header of the next field; none at the end.
    void next() {
        is_there_ = !in_.rest().empty();
        if (!is_there_) return;
        const std::uint16_t before = found_;
        found_ = in_.u16();
        field_ = in_.block();
        failed_ = failed_ || in_.failed() || found_ <= before;
    }

    template <typename Value>
    void get_field(Value& value) {
        ++number_;
        if (failed_ || !is_there_ || found_ != number_) return;
        ByteReader field(field_);
        get(field, value);
        failed_ = failed_ || !field.finished();
        next();
    }

    template <typename Struct>
    void get_struct(ByteReader& in, Struct& value) {
        FieldReader inner(in.block(), skipped_);
        describe(inner, value);
        failed_ = !inner.finished() || failed_;
    }

    ByteReader in_;
    bool& skipped_;
    ByteView field_;
    std::uint16_t found_ = 0;  ///< number of field_
    std::uint16_t number_ = 0;
    bool is_there_ = false;
    bool failed_ = false;
};

/// The same members one after another, as version 1 wrote them.
class PositionalReader : ValueReader<PositionalReader> {
public:
    explicit PositionalReader(ByteReader& in) : in_(in) {}
    template <typename... Values>
    void operator()(Values&... values) {
        (get(in_, values), ...);
    }
    template <typename... Values>
    void newer(Values&...) {}
    template <typename Value>
    void later(Value&) {}

private:
    friend ValueReader<PositionalReader>;

    template <typename Struct>
    void get_struct(ByteReader& in, Struct& value) {
        PositionalReader inner(in);
        describe(inner, value);
    }

    ByteReader& in_;
};

/// The version and the fields of a struct.
template <typename Struct>
[[nodiscard]] Bytes encode_fields(std::uint8_t version, const Struct& value) {
    FieldWriter writer;
    describe(writer, value);
    Bytes bytes = writer.take();
    bytes.insert(bytes.begin(), version);
    return bytes;
}

/// Nothing unless the bytes are one such value. Without fields that only newer programs know, only
/// the one encoding of a value is accepted: a flag that is 2, names out of order or a field left
/// out is refused.
template <typename Struct>
[[nodiscard]] std::optional<Struct> decode_fields(std::uint8_t version, ByteView bytes) {
    if (bytes.empty() || bytes.front() != version) return std::nullopt;
    Struct value{};
    bool skipped = false;
    FieldReader reader(bytes.subspan(1), skipped);
    describe(reader, value);
    if (!reader.finished()) return std::nullopt;
    if (!skipped && !std::ranges::equal(encode_fields(version, value), bytes)) return std::nullopt;
    return value;
}

}  // namespace hudoor::storage
