#include "kiosk/enrol/digits.hpp"

namespace hudoor::kiosk {

void Digits::add(char digit) {
    if (!complete()) digits_.data()[size_++] = static_cast<std::uint8_t>(digit);
}

void Digits::remove_last() {
    if (size_ > 0) digits_.data()[--size_] = 0;
}

std::string_view Digits::view() const {
    return {reinterpret_cast<const char*>(digits_.data()), size_};
}

}  // namespace hudoor::kiosk
