// What a camera may read: any text, with the shapes of imported codes and without.
#include "storage/badge/code.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace hudoor::storage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<CodeShape> shapes{{8, 40, "", "", "checkin_secret", 0},
                                               {4, 100, "K", "", "", '/'}};
    static const Bytes key(32, 1);
    const std::string_view text = as_text({data, size});
    const bool ours = may_be_ours(text, shapes);
    if (ours != !std::holds_alternative<OtherCode>(recognise(text, shapes, key))) std::abort();
    if (const auto badge = parse_badge(text);
        badge && check_badge(*badge, {}) != BadgeCheck::unknown_key)
        std::abort();
    if (const auto number = parse_typed_code(text);
        number && parse_typed_code(typed_code(*number)) != number)
        std::abort();
    return 0;
}
