/// Who is who: facts name a person by registration, by badge number or by imported code, and that
/// two of these are one person may become known later. A pure function of what was told, in any
/// order.
#pragma once

#include <array>
#include <cstring>
#include <vector>

#include "storage/decide/flat_map.hpp"
#include "storage/facts/fact.hpp"

namespace hudoor::storage {

/// A person as facts name one: the registration; without one (no guest list, not on it) the badge
/// number; without that the imported code. All zero is nobody, of whom nothing is known.
struct Person {
    RegistrationId registration;
    BadgeNumber badge;
    CodeHash code;

    auto operator<=>(const Person&) const = default;
};

/// Whom a fact names: nobody by the number of a badge that was not proved.
[[nodiscard]] Person named_in(const Fact& fact);

/// One of these names.
struct Alias {
    enum class By : std::uint8_t { nothing, registration, badge, code };
    By by = By::nothing;
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Alias&) const = default;
    [[nodiscard]] bool is_nobody() const { return by == By::nothing; }
    /// Of this name alone.
    [[nodiscard]] Person person() const;
};

[[nodiscard]] Alias alias_of(const RegistrationId& registration);
[[nodiscard]] Alias alias_of(const BadgeNumber& badge);
[[nodiscard]] Alias alias_of(const CodeHash& code);

struct AliasHash {
    std::size_t operator()(const Alias& alias) const noexcept {
        std::uint64_t parts[2];
        std::memcpy(parts, alias.bytes.data(), sizeof parts);
        return static_cast<std::size_t>(parts[0] ^ parts[1] ^ static_cast<std::uint64_t>(alias.by));
    }
};

class WhoIsWho {
public:
    /// A fact names these together. Two registrations with one badge or code are a mistake
    /// elsewhere: the smaller one has it.
    void learn(const Person& named) { name(named, learnt_); }
    /// The guest list names these together, and outranks facts.
    void tell(const Person& listed) { name(listed, told_); }
    void forget_list() { told_ = {}; }

    /// The name by which everything of this person is found.
    [[nodiscard]] Alias resolve(const Person& person) const;
    /// The badges and codes that resolve to this registration; none for another name.
    [[nodiscard]] std::vector<Alias> names_of(const Alias& registration) const;

private:
    using Owners = FlatMap<Alias, RegistrationId>;
    /// Of names_, the last one of somebody.
    struct Newest {
        std::uint32_t number = ~std::uint32_t{0};
        [[nodiscard]] bool is_none() const { return number == ~std::uint32_t{0}; }
    };
    struct Name {
        Alias name;
        Newest before;
    };
    [[nodiscard]] Alias owner_of(const Alias& name) const;
    void name(const Person& person, Owners& owners);
    void remember(const RegistrationId& person, const Alias& name);

    Owners learnt_;
    Owners told_;
    /// By registration, whatever was ever named together with it.
    FlatMap<RegistrationId, Newest> named_;
    std::vector<Name> names_;
};

}  // namespace hudoor::storage
