#include "platform/crypto/jws.hpp"

#include <gtest/gtest.h>

namespace bole::crypto {
namespace {

Bytes B(std::string_view text) { return *Base64UrlDecode(text); }

// RFC 7515, appendix A.3.
constexpr char const* kX = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
constexpr char const* kY = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
constexpr char const* kEcData =
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
constexpr char const* kEcSignature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

// Made with OpenSSL over "bole.signed": 2048 bits, and 1024 bits.
constexpr char const* kModulus =
    "25y8oxDbgj92mjrbUstSFSKOvJIkUnMkYUNaRg0y4retPt1m1EzZwko7M8jU4h7ooVnPF5abJ60o7uvG0o9OCcC95G"
    "ONt4OrN270NvQmWlC1k8foxhdJQP7ESqF41KG3kzOrpYW5OjE_aR1HsTrd5JpAR7VnpeI8JLLleeY8cD1ZRBtWRM8g"
    "FEyrsjpRdXJhfJmrPVFVmsPwq9KqSDdINNkpVNtFrG-Ntm_fjYjDyEo0pnkPRFUqYcnTKvRmNkVraG86mNNWguNxWS"
    "BED9uiR_YStzaNLET5fAH1zBJlJAOfAk8akvdB2vUCZ1vDYmhH4RxktlRAXTYF1UpBKrMuEw";
constexpr char const* kRsaSignature =
    "NNuUXOVrVm-NkX1GNYitwZ3kgNImEYo_-EyZmxln_yVjDzU8ehe4GS2WnGkUAo_QKNdTtk0xmOxR2lpfNmgLw0WtFf"
    "XjUIRVwhFF1-4WsU8tV7zImXiIhqsC25ZKcIKAiEIUqls5kiAzQ--tcgxrfTxzPGSsBmF-1PUYjZrPENz6GV3YdhOj"
    "1Xdz23wc3I_uaKx8-AiOHfajulC8GLal6Nw_EPgOLf9kTMKKaQOvM15JIoO_1I84yyRksPQhrX85GQX_RuwD7etRnm"
    "TAUAwVuBhjoEImL0xqzdon37n3NN2veXspcvLOhID-giPza_HqV3pMCaClo_sIvAglQHuTfA";
constexpr char const* kWeakModulus =
    "srex-ke7rdPt-ymu82UkHLJGiuT7LCX0UwfjI9TjOLig8Q7gssv5TCgShxnMv0M4DxCY2iZyoGv-FBrFX2LsqqVcwT"
    "9kqolcw21y3ecmVG20rkqtxuc20-RNLdn3iuv8AhGco5vMG2mLS80DVg1S4jRcGCi3nRdvCm54KkeuFDM";
constexpr char const* kWeakSignature =
    "E49cqBV5rWkGnNPaY7mRdAf2_j6voBTPSuRNKTllwliWhfHrnSqQme7MPJ0F7zvwH23uOW4lHmCCod3t0dQpqMk4w1"
    "8MiARLk2pY_w2bZhgRo2Kd-ps1et-P0JPZGejla36xRj7A-gEH1wlrm9EGusvqLAdVW87cS5kNBP7s-UM";

TEST(Es256, VerifiesTheExampleOfTheRfc) {
  EXPECT_TRUE(VerifyEs256(B(kX), B(kY), kEcData, B(kEcSignature)));
  EXPECT_FALSE(VerifyEs256(B(kX), B(kY), std::string(kEcData) + "x", B(kEcSignature)));
  auto changed = B(kEcSignature);
  changed[5] ^= 1;
  EXPECT_FALSE(VerifyEs256(B(kX), B(kY), kEcData, changed));
}

TEST(Es256, RefusesBrokenKeysAndSignatures) {
  EXPECT_FALSE(VerifyEs256(B(kY), B(kX), kEcData, B(kEcSignature))) << "no point of the curve";
  EXPECT_FALSE(VerifyEs256({}, {}, kEcData, B(kEcSignature)));
  EXPECT_FALSE(VerifyEs256(B(kX), B(kY), kEcData, {}));
  EXPECT_FALSE(VerifyEs256(B(kX), B(kY), kEcData, Bytes(64, 0))) << "r = s = 0";
}

TEST(Rs256, VerifiesWhatOpenSslSigned) {
  EXPECT_TRUE(VerifyRs256(B(kModulus), B("AQAB"), "bole.signed", B(kRsaSignature)));
  EXPECT_FALSE(VerifyRs256(B(kModulus), B("AQAB"), "bole.other", B(kRsaSignature)));
  EXPECT_FALSE(VerifyRs256(B(kModulus), B("AQAB"), "bole.signed", {}));
  EXPECT_FALSE(VerifyRs256({}, B("AQAB"), "bole.signed", B(kRsaSignature)));
  EXPECT_FALSE(VerifyRs256(B(kModulus), {}, "bole.signed", B(kRsaSignature)));
}

TEST(Rs256, RefusesShortKeysEvenWithARightSignature) {
  EXPECT_FALSE(VerifyRs256(B(kWeakModulus), B("AQAB"), "bole.signed", B(kWeakSignature)));
}

}  // namespace
}  // namespace bole::crypto
