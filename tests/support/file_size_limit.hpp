/// A disk that is full for every file that grows beyond a size, as long as this lives.
#pragma once

#include <sys/resource.h>

#include <csignal>

#include "config/fault.hpp"

namespace hudoor::test {

class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : on_signal_(std::signal(SIGXFSZ, SIG_IGN)) {
        ENSURE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        const rlimit now{bytes, before_.rlim_max};
        ENSURE(::setrlimit(RLIMIT_FSIZE, &now) == 0);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        (void)std::signal(SIGXFSZ, on_signal_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
    void (*on_signal_)(int);
};

}  // namespace hudoor::test
