/// How much work one frame may still cost: every step that could grow with what is in view takes
/// from it before it begins, so that no picture stalls the reader.
#pragma once

#include <cstdint>

namespace hudoor::scanner {

/// In looks: one look at one place between four pixels, about 4 ns.
class Effort {
public:
    explicit Effort(std::int64_t looks) : left_(looks) {}

    /// False, and nothing taken, where less than `looks` are left.
    [[nodiscard]] bool take(std::int64_t looks) {
        ran_out_ = ran_out_ || looks > left_;
        if (looks > left_) return false;
        left_ -= looks;
        return true;
    }
    /// For what has to be done anyhow.
    void spend(std::int64_t looks) { left_ -= looks; }
    [[nodiscard]] std::int64_t left() const { return left_; }
    /// Whether something was left undone.
    [[nodiscard]] bool ran_out() const { return ran_out_; }

private:
    bool ran_out_ = false;
    std::int64_t left_;
};

}  // namespace hudoor::scanner
