// Linked into every test program. What the sanitizers are told of other libraries stands in
// tsan.supp and lsan.supp, which also reach the programs that tests start.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

// Mesa unloads its drivers and leaves memory behind that only their own variables point to; kept
// loaded, it is not lost.
extern "C" {
int dlclose(void* library);
int dlclose(void*) { return 0; }
}

#endif
