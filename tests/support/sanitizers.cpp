// What the sanitizers must know of libraries that are not ours and not built with them; linked into
// tests that draw, play or film.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

extern "C" {

// Mesa unloads its drivers and leaves memory behind that only their own variables point to; kept
// loaded, it is not lost.
int dlclose(void* library);
int dlclose(void*) { return 0; }

// GLib gives up its old table of names, made before main(), when it grows past 2,048 of them.
// Fontconfig keeps its configuration for the whole process and loses sight of a part of it.
const char* __lsan_default_suppressions();
const char* __lsan_default_suppressions() {
    return "leak:^g_malloc$\n"
           "leak:libfontconfig\n";
}

// GLib locks with its own futexes and Mesa with C11 mutexes: neither is seen.
const char* __tsan_default_suppressions();
const char* __tsan_default_suppressions() {
    return "mutex:libgstapp\n"
           "mutex:libgdk_pixbuf\n"
           "race:libglib-2.0.so\n"
           "race:libgobject-2.0.so\n"
           "race:libgstreamer-1.0.so\n"
           "race:libgstbase-1.0.so\n"
           "race:libgstvideo-1.0.so\n"
           "deadlock:libgstreamer-1.0.so\n"
           "called_from_lib:swrast_dri.so\n"
           "called_from_lib:libgallium\n";
}
}

#endif
