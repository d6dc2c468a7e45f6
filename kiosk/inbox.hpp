/// What the other threads have for the UI.
#pragma once

#include "config/mailbox.hpp"
#include "kiosk/chores/thread.hpp"
#include "kiosk/desk/desk.hpp"
#include "kiosk/desk/search_thread.hpp"
#include "scanner/camera/camera.hpp"
#include "scanner/scan.hpp"

namespace hudoor::kiosk {

/// The start passphrase that was tried is not the right one.
struct WrongDigits {};

/// `wake` is called after every put.
struct Inbox {
    explicit Inbox(const std::function<void()>& wake)
        : answers(16, wake),
          again(64, wake),
          hints(8, wake),
          held(1, wake),
          previews(1, wake),
          camera(16, wake),
          storage(16, wake),
          in_force(4, wake),
          wrong_digits(4, wake),
          news(1'024, wake),
          found(1, wake),
          chores(64, wake) {}

    Mailbox<Answer> answers;
    Mailbox<scanner::ScannedCode> again;  ///< not decided, see DeskThread
    Mailbox<scanner::Hint> hints;
    Mailbox<scanner::StillHeld> held;
    Mailbox<scanner::Preview> previews;
    Mailbox<scanner::CameraNews> camera;
    Mailbox<StorageStatus> storage;
    Mailbox<storage::InForcePtr> in_force;  ///< what the desk decides by
    Mailbox<WrongDigits> wrong_digits;
    Mailbox<DeskNews> news;
    Mailbox<SearchResult> found;  ///< the newest
    Mailbox<ChoreNews> chores;
};

}  // namespace hudoor::kiosk
