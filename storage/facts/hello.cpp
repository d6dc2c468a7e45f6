#include "storage/facts/hello.hpp"

#include <algorithm>
#include <tuple>

namespace hudoor::storage {

namespace {

constexpr std::uint8_t payload_version = 1;

Edition read_numbers(ByteReader& in) {
    Edition edition;
    edition.list = in.u64();
    edition.refusals = in.u64();
    edition.roster = in.u64();
    edition.agenda = in.u64();
    return edition;
}

auto numbers_of(const Edition& edition) {
    return std::tie(edition.list, edition.refusals, edition.roster, edition.agenda);
}

}  // namespace

std::string describe_older(const Edition& one, const Edition& here) {
    std::string words;
    const auto compare = [&words](const char* what, std::uint64_t number, std::uint64_t known) {
        if (number >= known) return;
        if (!words.empty()) words += ", ";
        words += what + (" " + std::to_string(number)) + " (here " + std::to_string(known) + ")";
    };
    compare("guest list", one.list, here.list);
    compare("refusal list", one.refusals, here.refusals);
    compare("roster", one.roster, here.roster);
    compare("agenda", one.agenda, here.agenda);
    return words;
}

bool is_older(const Edition& one, const Edition& other) {
    if (!describe_older(one, other).empty()) return true;
    return numbers_of(one) == numbers_of(other) && one.created < other.created;
}

Edition newest_of(const Edition& one, const Edition& other) {
    return {.list = std::max(one.list, other.list),
            .refusals = std::max(one.refusals, other.refusals),
            .roster = std::max(one.roster, other.roster),
            .agenda = std::max(one.agenda, other.agenda),
            .created = std::max(one.created, other.created)};
}

Bytes encode_edition(const Edition& edition) {
    ByteWriter out;
    out.u8(payload_version);
    for (const std::uint64_t number :
         {edition.list, edition.refusals, edition.roster, edition.agenda})
        out.u64(number);
    return out.take();
}

std::optional<Edition> read_edition(const Fact& fact) {
    ByteReader in(fact.payload);
    if (fact.kind != FactKind::act || in.u8() != payload_version) return std::nullopt;
    const Edition edition = read_numbers(in);
    return in.finished() ? std::optional(edition) : std::nullopt;
}

std::optional<Edition> find_edition(const Fact& fact) {
    if (const auto hello = read_hello(fact)) return hello->edition;
    if (fact.act != ActCode::outcome && fact.act != ActCode::update_taken &&
        fact.act != ActCode::list_accepted)
        return std::nullopt;
    return read_edition(fact);
}

Fact make_hello(const Hello& hello) {
    Fact fact;
    fact.kind = FactKind::hello;
    fact.replica_revision = hello.edition.list;
    fact.argument = hello.own_unsigned;
    fact.payload = encode_edition(hello.edition);
    fact.payload.insert(fact.payload.end(), hello.own_head.bytes.begin(),
                        hello.own_head.bytes.end());
    return fact;
}

std::optional<Hello> read_hello(const Fact& fact) {
    ByteReader in(fact.payload);
    if (fact.kind != FactKind::hello || in.u8() != payload_version) return std::nullopt;
    Hello hello{.edition = read_numbers(in), .own_unsigned = fact.argument, .own_head = {}};
    hello.own_head = in.id<Hash>();
    return in.finished() ? std::optional(hello) : std::nullopt;
}

}  // namespace hudoor::storage
