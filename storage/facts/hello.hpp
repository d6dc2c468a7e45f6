/// What the first fact of a start says besides that it is the first: how new everything in force
/// was, and which unsigned facts before it the same program wrote.
#pragma once

#include <optional>
#include <string>

#include "storage/facts/fact.hpp"

namespace hudoor::storage {

/// How new what a kiosk knows is. The numbers only rise; 0: there is none, or it is older than
/// numbers.
struct Edition {
    std::uint64_t list = 0;      ///< revision of the guest list
    std::uint64_t refusals = 0;  ///< number of the refusal list
    std::uint64_t roster = 0;
    std::uint64_t agenda = 0;  ///< number of the identity
    WallTime created{};        ///< when the guest list was made; not in a fact

    bool operator==(const Edition&) const = default;
};

/// Lists only rise: an older one would bring back who was taken off. Any lower number makes it
/// older, and with the same numbers an earlier list.
[[nodiscard]] bool is_older(const Edition& one, const Edition& other);
/// Which numbers are older, and than what: "guest list 5 (here 6), refusal list 2 (here 4)"; empty:
/// none is.
[[nodiscard]] std::string describe_older(const Edition& one, const Edition& here);
/// Number by number; the later list.
[[nodiscard]] Edition newest_of(const Edition& one, const Edition& other);

struct Hello {
    Edition edition{};
    /// The end of the unsigned epoch before, where the program that wrote it has its key since: its
    /// facts are proved by this hello.
    std::uint32_t own_unsigned = 0;
    Hash own_head{};  ///< of the last of them; zero: none
};

/// data.md: u8 1 | list, refusals, roster, agenda u64 | own head 32; the count is the argument.
[[nodiscard]] Fact make_hello(const Hello& hello);
/// Nothing for a hello of before, whose payload is empty, or one that is malformed.
[[nodiscard]] std::optional<Hello> read_hello(const Fact& fact);

/// The same numbers alone, as an act says them that brings newer ones.
[[nodiscard]] Bytes encode_edition(const Edition& edition);
[[nodiscard]] std::optional<Edition> read_edition(const Fact& fact);
/// What is in force from this fact on, where it says so: a hello, the end of an update, a
/// supervisor who takes an older list.
[[nodiscard]] std::optional<Edition> find_edition(const Fact& fact);

}  // namespace hudoor::storage
