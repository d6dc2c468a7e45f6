/// Ends a process in the midst of its calls to the file system, as a kill or a crash does, or lets
/// something happen there.
#pragma once

#include <functional>
#include <string>

namespace hudoor::test {

/// Does `work` in a process of its own, of which the nth call that creates, writes, syncs, renames
/// or removes a file is not made: it ends there. Whether it got so far. Throws what the process
/// could not be started or ended for.
[[nodiscard]] bool is_cut(int nth, const std::function<void()>& work);

/// Everything that is written to files at a place of its own (as SQLite does), while it lives.
class WrittenBytes {
public:
    WrittenBytes();
    ~WrittenBytes();
    WrittenBytes(const WrittenBytes&) = delete;
    WrittenBytes& operator=(const WrittenBytes&) = delete;

    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// While it lives, `strike` is run once, before the nth of those calls of this process.
class AtCall {
public:
    AtCall(int nth, std::function<void()> strike);
    ~AtCall();
    AtCall(const AtCall&) = delete;
    AtCall& operator=(const AtCall&) = delete;
};

}  // namespace hudoor::test
