/// An environment variable that a test sets for a while.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>

namespace hudoor::test {

/// Of this process; as it was before at the end.
class WithVariable {
public:
    WithVariable(const char* name, const std::string& value) : name_(name) {
        if (const char* before = std::getenv(name)) before_ = before;
        ::setenv(name, value.c_str(), 1);
    }
    ~WithVariable() {
        if (before_)
            ::setenv(name_, before_->c_str(), 1);
        else
            ::unsetenv(name_);
    }
    WithVariable(const WithVariable&) = delete;
    WithVariable& operator=(const WithVariable&) = delete;

private:
    const char* name_;
    std::optional<std::string> before_;
};

}  // namespace hudoor::test
