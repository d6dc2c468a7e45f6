#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using Of = QuestionPage::Of;

struct Asked {
    Said what;     ///< the act itself, as a question
    Said comes{};  ///< what it means for the people at the door
    IconName icon{};
};

std::string_view direction_id(storage::Direction direction) {
    switch (direction) {
        case storage::Direction::entry:
            return "ask.direction_entry";
        case storage::Direction::exit:
            return "ask.direction_exit";
        case storage::Direction::none:
            break;
    }
    return "ask.direction_both";
}

Asked words_of(const Sheet& sheet, const QuestionPage& page) {
    switch (page.of) {
        case Of::out_of_service:
            return {sheet.say("ask.service"), sheet.say("ask.service_sub"), IconName::barred};
        case Of::close:
            return {sheet.say("ask.close"), sheet.say("ask.close_sub"), IconName::cross};
        case Of::training:
            return {sheet.say("ask.training"), sheet.say("ask.training_sub"), IconName::badge};
        case Of::end_training:
            return {sheet.say("ask.end_training"), sheet.say("ask.end_training_sub"),
                    IconName::badge};
        case Of::direction:
            return {sheet.say(direction_id(page.direction)), sheet.say("ask.direction_sub"),
                    IconName::door};
        case Of::undo: {
            const Said who = sheet.of(page.who);
            return {sheet.say("ask.undo", {{"name", who.text.empty() ? sheet.say("row.unknown").text
                                                                     : who.text}}),
                    sheet.say("ask.undo_sub"), IconName::undo};
        }
        case Of::open_doors:
            break;
    }
    const auto doors = page.session ? page.session->doors : std::chrono::minutes(0);
    return {sheet.say("ask.open", {{"time", assets::time_of_day(doors)}}),
            page.session ? sheet.of(page.session->title) : Said{}, IconName::door};
}

std::string_view yes_id(Of of) {
    switch (of) {
        case Of::out_of_service:
            return "btn.ooo";
        case Of::close:
            return "ask.close_yes";
        case Of::training:
            return "ask.training_yes";
        case Of::end_training:
            return "ask.end_training_yes";
        case Of::direction:
            return "ask.direction_yes";
        case Of::undo:
            return "btn.undo";
        case Of::open_doors:
            break;
    }
    return "ask.open_yes";
}

}  // namespace

/// The safe answer is the larger one, and far from the other.
void draw_page(Sheet& sheet, const QuestionPage& page) {
    constexpr double icon = 48, apart = 60;
    const auto& colours = sheet.colours();
    const Asked asked = words_of(sheet, page);
    draw_bar(sheet, {sheet.say("ask.title")});
    const Notice notice = draw_notice(sheet);
    const double middle = notice.middle, top = notice.icon_top;
    sheet.icon(asked.icon, {middle - icon / 2, top, icon, icon}, colours.ink, colours.surface);
    const Space space{notice.card.w - 40, sheet.upright() ? 3 : 2, 22};
    const Type type{12, true, colours.ink};
    const auto lines = static_cast<double>(sheet.fit(asked.what, type, space).lines.size());
    sheet.write(asked.what, type, {middle, top + 72}, Side::middle, space);
    sheet.write(asked.comes, {7.3, false, colours.ink2},
                {middle, top + 72 + space.pitch * (lines - 1) + 18}, Side::middle,
                {notice.card.w - 40, sheet.upright() ? 2 : 1, 14});
    const Box& foot = notice.foot;
    const double gap = sheet.upright() ? 20 : apart,
                 no = (foot.w - gap) * (sheet.upright() ? 0.55 : 0.62);
    sheet.button({"cancel", sheet.say("ask.no"), {PanelAct::cancel}, {}, Button::Look::plain, 9},
                 {foot.x, foot.y, no, foot.h});
    sheet.button(
        {"yes", sheet.say(yes_id(page.of)), {PanelAct::yes}, asked.icon, Button::Look::danger, 7.3},
        {foot.x + no + gap, foot.y, foot.w - no - gap, foot.h});
}

}  // namespace hudoor::kiosk
