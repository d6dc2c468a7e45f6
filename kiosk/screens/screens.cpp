#include "kiosk/screens/screens.hpp"

#include "kiosk/screens/mark_row.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/pictogram.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;

constexpr double dimmed_to = 0.3;

/// Nothing of a verdict's colour where it is no news.
Rgb field_of(const VerdictScreen& verdict, const Appearance& appearance) {
    if (!verdict.answer.seen_again) return verdict_field(verdict, appearance);
    return appearance.theme == Theme::light ? colours::light.paper : colours::high_contrast.paper;
}

/// What is drawn under everything, without what fades or dims it.
Rgb plain_ground(const View& view) {
    const auto& palette =
        view.appearance.theme == Theme::light ? colours::light : colours::high_contrast;
    if (const auto* verdict = std::get_if<VerdictScreen>(&view.screen))
        return field_of(*verdict, view.appearance);
    return std::holds_alternative<OutOfServiceScreen>(view.screen) ? palette.hatch : palette.paper;
}

double opacity(const View& view) {
    return (view.fade ? view.fade->part : 1) * (view.dimmed ? dimmed_to : 1);
}

struct DrawScreen {
    Painter& painter;
    const View& view;

    Intent operator()(const IdleScreen& idle) const { return draw_idle(painter, view, idle); }
    Intent operator()(const VerdictScreen& verdict) const {
        if (verdict.answer.seen_again) return draw_seen_again(painter, view, verdict);
        return draw_verdict(painter, view, verdict);
    }
    Intent operator()(const OutOfServiceScreen& screen) const {
        const Intent intent = draw_out_of_service(painter, screen);
        draw_small_marks(painter, other_marks(), 15);
        return intent;
    }
    Intent operator()(const PassphraseScreen& screen) const {
        const Intent intent = draw_passphrase(painter, view, screen);
        draw_marks_in_lines(painter, view.marks);
        return intent;
    }

    /// But for the one the whole screen says.
    std::vector<Mark> other_marks() const {
        std::vector<Mark> others = view.marks;
        std::erase_if(others,
                      [](const Mark& mark) { return mark.kind == MarkKind::out_of_service; });
        return others;
    }
};

}  // namespace

std::uint32_t ground_colour(const View& view) {
    Rgb ground = plain_ground(view);
    if (view.fade)
        ground = mix(field_of(view.fade->from, view.appearance), ground, view.fade->part);
    return view.dimmed ? mix(colours::black, ground, dimmed_to) : ground;
}

void warm_up(Window& window, Painter& painter) {
    using storage::Reason;
    using storage::VerdictKind;
    const std::pair<VerdictKind, Reason> results[] = {
        {VerdictKind::admitted, Reason::ok},
        {VerdictKind::already_in, Reason::already_in},
        {VerdictKind::refused, Reason::wrong_session},
        {VerdictKind::see_usher, Reason::session_full}};
    for (const auto& [kind, reason] : results) {
        View view;
        VerdictScreen result;
        result.answer.verdict.kind = kind;
        result.answer.verdict.reason = reason;
        result.answer.name = {painter.words("ok.word").ar, painter.words("ok.word").en};
        result.answer.since = std::chrono::minutes(0);
        result.answer.session = SessionWords{};
        view.screen = result;
        window.begin_frame(ground_colour(view));
        (void)draw(painter, view);
        window.drop_frame();
    }
    painter.keep_textures();
}

Intent draw(Painter& painter, const View& view) {
    if (!view.preview) painter.forget_preview();
    painter.shift(view.shift);
    painter.begin(view.appearance, opacity(view));
    const Intent intent = std::visit(DrawScreen{painter, view}, view.screen);
    painter.end();
    return intent;
}

}  // namespace hudoor::kiosk
