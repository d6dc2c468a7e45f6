#include "kiosk/usher/keyboard.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>  // for the key numbers; nothing of it is linked

namespace hudoor::kiosk {

PanelTouch touch_of_key(const KeyPress& press, const FieldText* field) {
    switch (press.key) {
        case GLFW_KEY_BACKSPACE:
            return {PanelAct::erase};
        case GLFW_KEY_ESCAPE:
            return {PanelAct::back};
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER:
            return field ? PanelTouch{PanelAct::none} : PanelTouch{PanelAct::enter};
        case GLFW_KEY_HOME:
            return {PanelAct::caret, 0};
        case GLFW_KEY_END:
            return field ? PanelTouch{PanelAct::caret, static_cast<int>(field->text.size())}
                         : PanelTouch{};
        default:
            break;
    }
    if (field)
        return press.letter != 0 ? PanelTouch{PanelAct::letter, static_cast<int>(press.letter)}
                                 : PanelTouch{};
    if (press.key >= GLFW_KEY_0 && press.key <= GLFW_KEY_9)
        return {PanelAct::digit, press.key - GLFW_KEY_0};
    if (press.key >= GLFW_KEY_KP_0 && press.key <= GLFW_KEY_KP_9)
        return {PanelAct::digit, press.key - GLFW_KEY_KP_0};
    return {};
}

}  // namespace hudoor::kiosk
