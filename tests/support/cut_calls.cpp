// These definitions stand before those of the C library for everything linked with them, SQLite and
// the C++ library included.

#include "tests/support/cut_calls.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace {

constexpr int cut_exit_code = 99, failed_exit_code = 98;
std::atomic<int> calls_left = 0;
std::string* written = nullptr;
std::function<void()> strike;  ///< in place of the end

/// At once, all threads: a sanitizer's own _exit would let the others go on for a second.
[[noreturn]] void leave(int code) {
    ::syscall(SYS_exit_group, code);
    __builtin_unreachable();
}

void count_call() {
    if (calls_left <= 0 || --calls_left > 0) return;
    if (!strike) leave(cut_exit_code);
    strike();
}

template <typename... Arguments>
auto make_call(long number, Arguments... arguments) {
    count_call();
    return ::syscall(number, arguments...);
}

}  // namespace

extern "C" {
int rename(const char* from, const char* to) noexcept {
    return static_cast<int>(make_call(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to));
}
int unlink(const char* path) noexcept {
    return static_cast<int>(make_call(SYS_unlinkat, AT_FDCWD, path, 0));
}
int remove(const char* path) noexcept {
    const int removed = unlink(path);
    return removed != 0 && errno == EISDIR ? ::rmdir(path) : removed;
}
int mkdir(const char* path, mode_t mode) noexcept {
    return static_cast<int>(make_call(SYS_mkdirat, AT_FDCWD, path, mode));
}
int fsync(int descriptor) { return static_cast<int>(make_call(SYS_fsync, descriptor)); }
int fdatasync(int descriptor) { return static_cast<int>(make_call(SYS_fdatasync, descriptor)); }
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
    if (written != nullptr) written->append(static_cast<const char*>(bytes), size);
    return make_call(SYS_pwrite64, descriptor, bytes, size, at);
}
}

namespace hudoor::test {

bool is_cut(int nth, const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        calls_left = nth;
        try {
            work();
        } catch (...) {  // or the child would go on with the parent's test
            leave(failed_exit_code);
        }
        leave(0);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child)
        throw std::system_error(errno, std::generic_category(), "fork");
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code != 0 && code != cut_exit_code)
        throw std::runtime_error("the process to be cut failed by itself");
    return code == cut_exit_code;
}

WrittenBytes::WrittenBytes() { written = &bytes_; }
WrittenBytes::~WrittenBytes() { written = nullptr; }

AtCall::AtCall(int nth, std::function<void()> at) {
    strike = std::move(at);
    calls_left = nth;
}

AtCall::~AtCall() {
    calls_left = 0;
    strike = nullptr;
}

}  // namespace hudoor::test
