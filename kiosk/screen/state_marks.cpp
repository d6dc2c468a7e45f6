// What is in force, as the marks and bands of the screen's state.
#include "kiosk/screen/state.hpp"

namespace hudoor::kiosk {

namespace {

constexpr std::size_t bands_at_once = 2;

}  // namespace

void ScreenState::look_for_marks(MonotonicTime now, WallTime wall) {
    new_marks_ = marks_seen(marks(wall), now) != marks_seen_;
    change_if(new_marks_);
    change_if(takes_turns(wall) && turn_at(now) != turn_at(viewed_at_));
}

bool ScreenState::takes_turns(WallTime wall) const {
    return marks(wall).size() > marks_at_once || bands().size() > bands_at_once;
}

std::vector<Mark> ScreenState::marks(WallTime wall) const {
    return marks_in_force(
        {*facts_.in_force, door_, storage_.state == storage::StorageState::reduced}, wall);
}

std::vector<Band> ScreenState::bands() const {
    using scanner::CameraState;
    std::vector<Band> bands;
    const auto add_if = [&](bool holds, Band band) {
        if (holds) bands.push_back(band);
    };
    const bool reduced = storage_.state == storage::StorageState::reduced;
    add_if(facts_.in_force->training, Band::training);
    add_if(camera_ == CameraState::lost || !sees_, Band::camera_lost);
    add_if(reduced, storage_.on_mirror ? Band::on_mirror : Band::without_mirror);
    add_if(rolled_back_, Band::rolled_back);
    add_if(!facts_.in_force->list, Band::signature_only);
    add_if(facts_.in_force->list && list_stale_ && !rolled_back_, Band::list_stale);
    add_if(unsigned_copied_.has_value(), Band::unsigned_copied);
    return bands;
}

void ScreenState::add_bands(View& view, MonotonicTime now) const {
    const auto seen = take_turns(bands(), bands_at_once, turn_at(now),
                                 [](Band band) { return band == Band::training; });
    if (!seen.empty()) view.band = seen.front();
    if (seen.size() > 1) view.other_band = seen.back();
}

void ScreenState::add_list_day(View& view, WallTime wall) const {
    const auto& list = facts_.in_force->list;
    if (!list) return;
    const When made = describe_when(list->created, wall, identity().agenda);
    view.list_of = made.of_day;
    view.list_day = made.day;
}

}  // namespace hudoor::kiosk
