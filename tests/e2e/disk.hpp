/// Disks of a test's own: real file systems that can be filled, frozen and torn out. Need root.
#pragma once

#include <filesystem>
#include <fstream>

#include "tests/e2e/play.hpp"

namespace hudoor::e2e {

inline constexpr auto on_loop =
    "truncate -s 96m \"$0.image\" && mkfs.ext4 -q -F -E lazy_itable_init=0 \"$0.image\" && mount -o loop,errors=remount-ro \"$0.image\" \"$0\"";

/// A disk of its own under a folder, seen by those that are run inside only; gone with its keeper.
class Disk {
public:
    /// `mount`: shell words that mount something on $0.
    Disk(std::filesystem::path folder, const std::string& mount)
        : folder_(std::move(folder)),
          keeper_(
              {"unshare", "-m", "bash", "-c",
               "set -e; mkdir -p \"$0\"; cp -a \"$0\" \"$0.before\"; " + mount +
                   "; cp -a \"$0.before/.\" \"$0\"; rm -rf \"$0.before\"; echo mounted; exec sleep infinity",
               folder_.string()}) {
        if (keeper_.read_line(test::within(std::chrono::seconds(20))) != "mounted")
            throw std::runtime_error(
                "cannot mount a disk here: these plays need root, as in ./run test");
    }

    [[nodiscard]] std::vector<std::string> inside() const {
        return {"nsenter", "-t", std::to_string(keeper_.pid()), "-m", "--"};
    }
    Finished run_inside(const std::string& command) const {
        auto argv = inside();
        argv.insert(argv.end(), {"bash", "-c", "exec 2>/dev/null; " + command, folder_.string()});
        return run(argv);
    }
    /// To the last page.
    void fill() const {
        (void)run_inside(
            "dd if=/dev/zero of=\"$0/filler\" bs=64k; dd if=/dev/zero of=\"$0/last\" bs=4k");
    }
    /// The journal as it lies there, brought to where the test can open it.
    void bring_home(const std::filesystem::path& to) const {
        (void)run_inside("rm -rf '" + to.string() + "' && mkdir -p '" + to.string() +
                         "' && cp -a \"$0\"/journal.* '" + to.string() + "'");
    }

private:
    std::filesystem::path folder_;
    test::ChildProcess keeper_;
};

/// Holds whoever writes to a disk until it is torn out under them.
class TornDisk {
public:
    TornDisk(const Disk& disk, const std::filesystem::path& folder)
        : sign_(folder.string() + ".tear"), hand_(begin(disk, folder, sign_)) {
        if (hand_.read_line(soon()) != "frozen")
            throw std::runtime_error("cannot freeze a disk here");
    }
    ~TornDisk() {
        if (!torn_) tear();  // or it stays frozen for good
    }
    TornDisk(const TornDisk&) = delete;
    TornDisk& operator=(const TornDisk&) = delete;

    bool tear() {
        torn_ = true;
        std::ofstream(sign_).flush();
        return hand_.read_line(soon()) == "out";
    }

private:
    static MonotonicTime soon() { return test::within(std::chrono::seconds(20)); }
    static test::ChildProcess begin(const Disk& disk, const std::filesystem::path& folder,
                                    const std::filesystem::path& sign) {
        std::filesystem::remove(sign);
        auto argv = disk.inside();
        const std::string freeze = "exec 9<\"$0\"; fsfreeze --freeze \"$0\" && echo frozen; ";
        const std::string wait = "until [ -e \"$1\" ]; do sleep 0.1; done; ";
        const std::string tear =
            "umount -l \"$0\" && rmdir \"$0\"; fsfreeze --unfreeze /proc/self/fd/9 && echo out";
        argv.insert(argv.end(),
                    {"bash", "-c", freeze + wait + tear, folder.string(), sign.string()});
        return test::ChildProcess(argv);
    }

    std::filesystem::path sign_;
    test::ChildProcess hand_;
    bool torn_ = false;
};

}  // namespace hudoor::e2e
