#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>

#include "platform/http/test_client.hpp"

namespace bole::http {
namespace {

namespace fs = std::filesystem;
using testing_support::TestServer;

class TlsTest : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() / "bole_tls_test";
    fs::create_directories(folder);
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    X509* const certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<unsigned char const*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    X509_sign(certificate, key, EVP_sha256());
    auto const write = [&](char const* name, auto put) {
      std::FILE* const file = std::fopen((folder / name).c_str(), "w");
      put(file);
      std::fclose(file);
    };
    write("cert.pem", [&](std::FILE* file) { PEM_write_X509(file, certificate); });
    write("key.pem", [&](std::FILE* file) { PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr); });
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  void TearDown() override { fs::remove_all(folder); }
  fs::path folder;
};

TEST_F(TlsTest, SpeaksTlsAndMarksCookiesSecure) {
  TestServer s;
  s.options.tls_certificate = folder / "cert.pem";
  s.options.tls_key = folder / "key.pem";
  s.routes.Raw(Method::kGet, "/x", {.permission = "public"}, {}, [](Request const&) -> Result<Response> {
    auto out = Response::Text("hello");
    out.cookies = {{.name = "a", .value = "b"}};
    return out;
  });
  s.Start();
  SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  BIO* const bio = BIO_new_ssl_connect(context);
  BIO_set_conn_hostname(bio, ("127.0.0.1:" + std::to_string(s.port())).c_str());
  ASSERT_EQ(BIO_do_handshake(bio), 1);
  for (int i = 0; i < 3; ++i) {
    ASSERT_GT(BIO_puts(bio, "GET /api/v1/x HTTP/1.1\r\nHost: x\r\n\r\n"), 0);
    std::string answer;
    char chunk[4096];
    while (!answer.ends_with("hello")) {
      int const n = BIO_read(bio, chunk, sizeof chunk);
      ASSERT_GT(n, 0) << answer;
      answer.append(chunk, static_cast<std::size_t>(n));
    }
    EXPECT_NE(answer.find("; Secure"), std::string::npos);
    EXPECT_NE(answer.find("Strict-Transport-Security"), std::string::npos);
  }
  BIO_free_all(bio);
  SSL_CTX_free(context);
}

TEST_F(TlsTest, SurvivesPlainHttpOnItsPort) {
  TestServer s;
  s.options.tls_certificate = folder / "cert.pem";
  s.options.tls_key = folder / "key.pem";
  s.Start();
  testing_support::Client client(s.port());
  EXPECT_EQ(client.Get("/healthz").status, 0);
  EXPECT_TRUE(testing_support::Client(s.port()).connected());
}

TEST_F(TlsTest, SaysWhichCertificateIsBad) {
  TestServer s;
  s.options.tls_certificate = folder / "missing.pem";
  s.options.tls_key = folder / "key.pem";
  Server server(s.options, {s.routes, s.messages, s.metrics, s.clock, s.readiness});
  auto const started = server.Start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().key, "server.bad_certificate");
}

}  // namespace
}  // namespace bole::http
