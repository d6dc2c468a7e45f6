/// What the other threads have for the UI.
#pragma once

#include "config/mailbox.hpp"
#include "kiosk/chores/thread.hpp"
#include "kiosk/desk/desk.hpp"
#include "kiosk/desk/search_thread.hpp"
#include "scanner/camera/camera.hpp"
#include "scanner/scan.hpp"

namespace hudoor::kiosk {

/// What became of digits that were tried.
struct UnlockNews {
    bool opened = false;
    std::optional<WallTime> list_created{};
    std::map<storage::SessionId, std::uint32_t> registered{};
};

/// A newer list was taken: what of it the screens show.
struct ListNews {
    storage::Identity identity;
    WallTime created;
    std::map<storage::SessionId, std::uint32_t> registered;
};

/// `wake` is called after every put.
struct Inbox {
    explicit Inbox(const std::function<void()>& wake)
        : answers(1'024, wake),
          hints(8, wake),
          previews(1, wake),
          camera(16, wake),
          storage(16, wake),
          unlocks(4, wake),
          news(1'024, wake),
          found(1, wake),
          files(64, wake),
          lists(4, wake) {}

    Mailbox<Answer> answers;
    Mailbox<scanner::Hint> hints;
    Mailbox<scanner::Preview> previews;
    Mailbox<scanner::CameraNews> camera;
    Mailbox<StorageStatus> storage;
    Mailbox<UnlockNews> unlocks;
    Mailbox<DeskNews> news;
    Mailbox<SearchResult> found;  ///< the newest
    Mailbox<FilesNews> files;     ///< without an update: that went to the desk
    Mailbox<ListNews> lists;
};

}  // namespace hudoor::kiosk
