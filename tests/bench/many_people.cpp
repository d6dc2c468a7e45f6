#include "tests/bench/many_people.hpp"

namespace hudoor::bench {

namespace {

storage::RegistrationId id_of(std::size_t number) {
    storage::RegistrationId id;
    for (std::size_t i = 0; i < 8; ++i)
        id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

}  // namespace

std::vector<storage::NamedPerson> make_people(const feed::NameLists& lists, std::size_t count,
                                              feed::Random& random) {
    std::vector<storage::NamedPerson> people;
    people.reserve(count);
    while (people.size() < count) {
        storage::Bilingual name;
        for (int part = 0; part < 4; ++part) {
            const feed::Word& word =
                random.pick(part < 3 ? lists.given_names : lists.family_names).word;
            name.en += (part > 0 ? " " : "") + word.en;
            name.ar += (part > 0 ? " " : "") + word.ar;
        }
        people.push_back({id_of(people.size()), std::move(name)});
    }
    return people;
}

}  // namespace hudoor::bench
