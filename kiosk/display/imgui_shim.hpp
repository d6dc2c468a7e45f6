/// Dear ImGui 1.86 (Debian 12) and 1.90 (Debian 13) behind one face: the few calls that differ.
#pragma once

#include <imgui.h>

#include <cfloat>
#include <cstdint>

namespace hudoor::kiosk::imgui {

/// An OpenGL texture name as ImGui's draw lists want it.
[[nodiscard]] inline ImTextureID texture_id(unsigned texture) {
#if IMGUI_VERSION_NUM >= 19140
    return static_cast<ImTextureID>(texture);
#else
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a pointer is what ImGui calls it
    return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture));
#endif
}

inline void place_mouse(float x, float y) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMousePosEvent(x, y);
#else
    ImGui::GetIO().MousePos = ImVec2(x, y);
#endif
}

/// Takes the mouse off the screen: nothing is hovered.
inline void park_mouse() { place_mouse(-FLT_MAX, -FLT_MAX); }

/// The left button, or a finger.
inline void press_mouse(bool down) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, down);
#else
    ImGui::GetIO().MouseDown[ImGuiMouseButton_Left] = down;
#endif
}

}  // namespace hudoor::kiosk::imgui
