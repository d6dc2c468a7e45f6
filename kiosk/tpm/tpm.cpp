#include "kiosk/tpm/tpm.hpp"

#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "config/fault.hpp"

namespace hudoor::kiosk {

using namespace storage;

namespace {

constexpr const char* kernel_device = "/dev/tpmrm0";
constexpr std::string_view sealed_magic = "hudoor-tpm";
constexpr std::uint8_t sealed_version = 1;
/// Of those that TCG leaves to the machine's owner.
constexpr TPM2_HANDLE counter_index = 0x0184'7564;
constexpr std::uint16_t counter_size = 8;

/// What the library gives out is freed by it; secrets among it are wiped.
template <typename Value>
struct EsysFree {
    void operator()(Value* value) const {
        ::explicit_bzero(value, sizeof(Value));
        Esys_Free(value);
    }
};
template <typename Value>
using Given = std::unique_ptr<Value, EsysFree<Value>>;

[[noreturn]] void fail(const char* tried, TSS2_RC code, ExitCode exit_code) {
    throw Fault(exit_code, std::string("The TPM: ") + tried + ": " + Tss2_RC_Decode(code));
}

void check(TSS2_RC code, const char* tried, ExitCode exit_code = ExitCode::unavailable) {
    if (code != TSS2_RC_SUCCESS) fail(tried, code, exit_code);
}

/// The key of the TPM's own under which ours lies: made anew each time, and the same each time, out
/// of the TPM's seed and exactly this.
TPM2B_PUBLIC parent_template() {
    TPM2B_PUBLIC made{};
    TPMT_PUBLIC& area = made.publicArea;
    area.type = TPM2_ALG_ECC;
    area.nameAlg = TPM2_ALG_SHA256;
    area.objectAttributes = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
                            TPMA_OBJECT_SENSITIVEDATAORIGIN | TPMA_OBJECT_USERWITHAUTH |
                            TPMA_OBJECT_NODA | TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT;
    TPMS_ECC_PARMS& curve = area.parameters.eccDetail;
    curve.symmetric.algorithm = TPM2_ALG_AES;
    curve.symmetric.keyBits.aes = 128;
    curve.symmetric.mode.aes = TPM2_ALG_CFB;
    curve.scheme.scheme = TPM2_ALG_NULL;
    curve.curveID = TPM2_ECC_NIST_P256;
    curve.kdf.scheme = TPM2_ALG_NULL;
    return made;
}

TPM2B_PUBLIC sealed_template() {
    TPM2B_PUBLIC made{};
    TPMT_PUBLIC& area = made.publicArea;
    area.type = TPM2_ALG_KEYEDHASH;
    area.nameAlg = TPM2_ALG_SHA256;
    area.objectAttributes = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
                            TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA;
    area.parameters.keyedHashDetail.scheme.scheme = TPM2_ALG_NULL;
    return made;
}

TPM2B_NV_PUBLIC counter_template() {
    TPM2B_NV_PUBLIC made{};
    made.nvPublic.nvIndex = counter_index;
    made.nvPublic.nameAlg = TPM2_ALG_SHA256;
    made.nvPublic.attributes = TPMA_NV_AUTHREAD | TPMA_NV_AUTHWRITE | TPMA_NV_NO_DA |
                               (TPM2_NT_COUNTER << TPMA_NV_TPM2_NT_SHIFT);
    made.nvPublic.dataSize = counter_size;
    return made;
}

struct SealedParts {
    TPM2B_PRIVATE secret{};
    TPM2B_PUBLIC open{};
};

Bytes encode(const SealedParts& parts) {
    Bytes bytes(sizeof(SealedParts));
    std::size_t size = 0;
    check(Tss2_MU_TPM2B_PRIVATE_Marshal(&parts.secret, bytes.data(), bytes.size(), &size),
          "writing the sealed key down");
    check(Tss2_MU_TPM2B_PUBLIC_Marshal(&parts.open, bytes.data(), bytes.size(), &size),
          "writing the sealed key down");
    bytes.resize(size);
    ByteWriter out;
    out.raw(as_bytes(sealed_magic));
    out.u8(sealed_version);
    out.raw(bytes);
    return out.take();
}

SealedParts decode(ByteView sealed) {
    const std::size_t header = sealed_magic.size() + 1;
    const bool ours = sealed.size() > header &&
                      std::memcmp(sealed.data(), sealed_magic.data(), sealed_magic.size()) == 0 &&
                      sealed[header - 1] == sealed_version;
    SealedParts parts;
    std::size_t at = header;
    if (!ours ||
        Tss2_MU_TPM2B_PRIVATE_Unmarshal(sealed.data(), sealed.size(), &at, &parts.secret) !=
            TSS2_RC_SUCCESS ||
        Tss2_MU_TPM2B_PUBLIC_Unmarshal(sealed.data(), sealed.size(), &at, &parts.open) !=
            TSS2_RC_SUCCESS ||
        at != sealed.size())
        throw Fault(ExitCode::bad_data, "The key sealed to the TPM is damaged; enrol again");
    return parts;
}

}  // namespace

/// The connection, and what of ours lies in the chip while it is used.
class Tpm::Chip {
public:
    explicit Chip(const std::string& tcti);
    ~Chip();
    Chip(const Chip&) = delete;
    Chip& operator=(const Chip&) = delete;

    [[nodiscard]] SealedParts seal(const Secret<32>& key);
    [[nodiscard]] Secret<32> unseal(const SealedParts& parts);
    [[nodiscard]] std::optional<std::uint64_t> counter();
    std::uint64_t raise_counter();

private:
    /// Something in the chip, which has room for three; out again at the end.
    class Loaded {
    public:
        explicit Loaded(ESYS_CONTEXT* context) : context_(context) {}
        ~Loaded() {
            if (handle_ != ESYS_TR_NONE) Esys_FlushContext(context_, handle_);
        }
        Loaded(const Loaded&) = delete;
        Loaded& operator=(const Loaded&) = delete;
        ESYS_TR* put() { return &handle_; }
        [[nodiscard]] ESYS_TR get() const { return handle_; }

    private:
        ESYS_CONTEXT* context_;
        ESYS_TR handle_ = ESYS_TR_NONE;
    };

    void load_parent(Loaded& parent);
    void begin_session(const Loaded& parent, Loaded& session);
    [[nodiscard]] ESYS_TR find_counter();

    TSS2_TCTI_CONTEXT* tcti_ = nullptr;
    ESYS_CONTEXT* context_ = nullptr;
};

Tpm::Chip::Chip(const std::string& tcti) {
    check(Tss2_TctiLdr_Initialize(tcti.c_str(), &tcti_),
          ("opening " + tcti + " (is this user in the group tss?)").c_str());
    if (const TSS2_RC code = Esys_Initialize(&context_, tcti_, nullptr); code != TSS2_RC_SUCCESS) {
        Tss2_TctiLdr_Finalize(&tcti_);
        fail("beginning to talk", code, ExitCode::unavailable);
    }
}

Tpm::Chip::~Chip() {
    Esys_Finalize(&context_);
    Tss2_TctiLdr_Finalize(&tcti_);
}

void Tpm::Chip::load_parent(Loaded& parent) {
    const TPM2B_SENSITIVE_CREATE nothing{};
    const TPM2B_PUBLIC form = parent_template();
    const TPM2B_DATA outside{};
    const TPML_PCR_SELECTION none{};
    check(Esys_CreatePrimary(context_, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE,
                             ESYS_TR_NONE, &nothing, &form, &outside, &none, parent.put(), nullptr,
                             nullptr, nullptr, nullptr),
          "making its storage key");
}

/// What goes over the wires of the board between here and the chip is encrypted.
void Tpm::Chip::begin_session(const Loaded& parent, Loaded& session) {
    TPMT_SYM_DEF cipher{};
    cipher.algorithm = TPM2_ALG_AES;
    cipher.keyBits.aes = 128;
    cipher.mode.aes = TPM2_ALG_CFB;
    check(Esys_StartAuthSession(context_, parent.get(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE,
                                ESYS_TR_NONE, nullptr, TPM2_SE_HMAC, &cipher, TPM2_ALG_SHA256,
                                session.put()),
          "beginning a session");
    constexpr TPMA_SESSION wanted =
        TPMA_SESSION_DECRYPT | TPMA_SESSION_ENCRYPT | TPMA_SESSION_CONTINUESESSION;
    check(Esys_TRSess_SetAttributes(context_, session.get(), wanted, 0xff), "beginning a session");
}

SealedParts Tpm::Chip::seal(const Secret<32>& key) {
    Loaded parent(context_);
    load_parent(parent);
    Loaded session(context_);
    begin_session(parent, session);
    const Given<TPM2B_SENSITIVE_CREATE> content(
        static_cast<TPM2B_SENSITIVE_CREATE*>(std::calloc(1, sizeof(TPM2B_SENSITIVE_CREATE))));
    ENSURE(content != nullptr);
    TPM2B_SENSITIVE_DATA& data = content->sensitive.data;
    data.size = static_cast<UINT16>(key.view().size());
    std::memcpy(data.buffer, key.data(), data.size);
    const TPM2B_PUBLIC form = sealed_template();
    const TPM2B_DATA outside{};
    const TPML_PCR_SELECTION none{};
    TPM2B_PRIVATE* secret = nullptr;
    TPM2B_PUBLIC* open = nullptr;
    check(Esys_Create(context_, parent.get(), session.get(), ESYS_TR_NONE, ESYS_TR_NONE,
                      content.get(), &form, &outside, &none, &secret, &open, nullptr, nullptr,
                      nullptr),
          "sealing the kiosk key");
    const Given<TPM2B_PRIVATE> secret_given(secret);
    const Given<TPM2B_PUBLIC> open_given(open);
    return {*secret, *open};
}

Secret<32> Tpm::Chip::unseal(const SealedParts& parts) {
    Loaded parent(context_);
    load_parent(parent);
    Loaded session(context_);
    begin_session(parent, session);
    Loaded sealed(context_);
    check(Esys_Load(context_, parent.get(), session.get(), ESYS_TR_NONE, ESYS_TR_NONE,
                    &parts.secret, &parts.open, sealed.put()),
          "the sealed key is another TPM's, or this one was cleared since; enrol again",
          ExitCode::not_allowed);
    TPM2B_SENSITIVE_DATA* given = nullptr;
    check(Esys_Unseal(context_, sealed.get(), session.get(), ESYS_TR_NONE, ESYS_TR_NONE, &given),
          "opening the kiosk key");
    const Given<TPM2B_SENSITIVE_DATA> data(given);
    if (data->size != 32)
        throw Fault(ExitCode::bad_data, "What the TPM opened is not a kiosk key; enrol again");
    return Secret<32>(ByteView(data->buffer, data->size));
}

/// ESYS_TR_NONE if there is none.
ESYS_TR Tpm::Chip::find_counter() {
    ESYS_TR index = ESYS_TR_NONE;
    const TSS2_RC code = Esys_TR_FromTPMPublic(context_, counter_index, ESYS_TR_NONE, ESYS_TR_NONE,
                                               ESYS_TR_NONE, &index);
    if (code == (TPM2_RC_HANDLE | TPM2_RC_1)) return ESYS_TR_NONE;
    check(code, "looking for its counter");
    return index;
}

std::optional<std::uint64_t> Tpm::Chip::counter() {
    const ESYS_TR index = find_counter();
    if (index == ESYS_TR_NONE) return std::nullopt;
    TPM2B_MAX_NV_BUFFER* given = nullptr;
    const TSS2_RC code = Esys_NV_Read(context_, index, index, ESYS_TR_PASSWORD, ESYS_TR_NONE,
                                      ESYS_TR_NONE, counter_size, 0, &given);
    if (code == TPM2_RC_NV_UNINITIALIZED) return std::nullopt;
    check(code, "reading its counter");
    const Given<TPM2B_MAX_NV_BUFFER> data(given);
    ByteReader in(ByteView(data->buffer, data->size));
    return in.u64();
}

std::uint64_t Tpm::Chip::raise_counter() {
    ESYS_TR index = find_counter();
    if (index == ESYS_TR_NONE) {
        const TPM2B_AUTH no_password{};
        const TPM2B_NV_PUBLIC form = counter_template();
        check(Esys_NV_DefineSpace(context_, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE,
                                  ESYS_TR_NONE, &no_password, &form, &index),
              "making its counter");
    }
    check(Esys_NV_Increment(context_, index, index, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE),
          "raising its counter");
    return counter().value();
}

std::optional<std::string> find_tpm() {
    if (const char* given = std::getenv("HUDOOR_TCTI"))
        return *given == '\0' ? std::nullopt : std::optional<std::string>(given);
    if (!std::filesystem::exists(kernel_device)) return std::nullopt;
    return std::string("device:") + kernel_device;
}

Tpm::Tpm(const std::string& tcti) : chip_(std::make_unique<Chip>(tcti)) {}
Tpm::~Tpm() = default;
Bytes Tpm::seal(const Secret<32>& key) { return encode(chip_->seal(key)); }
Secret<32> Tpm::unseal(ByteView sealed) { return chip_->unseal(decode(sealed)); }
std::optional<std::uint64_t> Tpm::counter() { return chip_->counter(); }
std::uint64_t Tpm::raise_counter() { return chip_->raise_counter(); }

}  // namespace hudoor::kiosk
