/// A pipe that is full and that nobody reads: what writes to it hangs.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace hudoor::test {

class HangingReader {
public:
    HangingReader() {
        if (::pipe(ends_.data()) != 0)
            throw std::system_error(errno, std::generic_category(), "pipe");
        const int flags = ::fcntl(ends_[1], F_GETFL);
        ::fcntl(ends_[1], F_SETFL, flags | O_NONBLOCK);
        const std::array<char, 4096> filler{};
        while (::write(ends_[1], filler.data(), filler.size()) > 0) {
        }
        ::fcntl(ends_[1], F_SETFL, flags);
    }
    ~HangingReader() {
        for (const int end : ends_) ::close(end);
    }
    HangingReader(const HangingReader&) = delete;
    HangingReader& operator=(const HangingReader&) = delete;

    /// Where to write; programs that are started inherit it.
    [[nodiscard]] int descriptor() const { return ends_[1]; }

private:
    std::array<int, 2> ends_{};
};

}  // namespace hudoor::test
