#include <atomic>
#include <thread>

#include "modules/audit/api.hpp"
#include "modules/keys/columns.hpp"
#include "modules/keys/rotation.hpp"
#include "platform/app/testing.hpp"
#include "platform/crypto/random.hpp"

namespace bole::keys {
namespace {

using crypto::Algorithm;
using http::Method;

std::string const kLong(70'000, 'r');

// A program of its own over a key file, with two sealed columns; `Restart` is the next process.
class KeysTest : public bole::testing::ModuleTest {
 protected:
  KeysTest() : folder_(std::filesystem::temp_directory_path() / ("bole-rotation-" + crypto::RandomToken(9))) {
    std::filesystem::create_directories(folder_);
    config.data_dir = folder_;
  }
  ~KeysTest() override { std::filesystem::remove_all(folder_); }

  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "keys"});
    db->Write([](db::Tx& tx) {
      tx.Execute({"t", "CREATE TABLE sample (id TEXT PRIMARY KEY, secret TEXT NOT NULL, own TEXT NOT NULL)"});
      tx.Execute(
          {"t", "CREATE TABLE sample_error (list_id TEXT NOT NULL, number BIGINT NOT NULL, value TEXT NOT NULL)"});
    });
    Restart();
  }

  struct Process {
    Process(KeysTest& test, Algorithm algorithm)
        : ring(crypto::KeyRing::Load({test.folder_ / "keys.toml", "", algorithm}, test.clock).value()),
          fields(ring),
          blobs(blob::MakeLocalStore({.root = "/blobs"}, test.files, ring).value()),
          context{test.config,    test.clock,    *test.db,     test.queue, runner,      *blobs,  fields,
                  test.passwords, test.messages, test.metrics, routes,     test.events, test.bus},
          runner(*test.db, test.queue, test.clock),
          audit(audit::Register(context)),
          api(Register(context, *audit, *ring, test.columns)) {}
    std::shared_ptr<crypto::KeyRing> ring;
    crypto::FieldCipher fields;
    std::unique_ptr<blob::BlobStore> blobs;
    http::Routes routes;
    AppContext context;
    jobs::JobRunner runner;
    std::unique_ptr<audit::Log> audit;
    std::unique_ptr<Api> api;
  };
  void Restart(Algorithm algorithm = Algorithm::kAes256Gcm) {
    process.reset();
    process = std::make_unique<Process>(*this, algorithm);
  }

  void Fill(int rows) {
    db->Write([&](db::Tx& tx) {
      for (int i = 0; i < rows; ++i) {
        auto const id = "row" + std::to_string(1000 + i);
        tx.Execute({"t", "INSERT INTO sample VALUES (?, ?, ?)"}, id,
                   process->fields.Encrypt("secret " + id, "sample.secret"),
                   i % 2 == 0 ? process->fields.Encrypt("own " + id, "sample.own:" + id) : std::string());
        tx.Execute({"t", "INSERT INTO sample_error VALUES ('one list', ?, ?)"}, i,
                   process->fields.Encrypt("error", "sample_error.value"));
      }
    });
    ASSERT_TRUE(process->blobs->Put("recording", crypto::AsBytes(kLong)));
    ASSERT_TRUE(process->blobs->Create("running"));
    ASSERT_TRUE(process->blobs->Append("running", 0, crypto::AsBytes("half")));
  }
  std::string Secret(std::string const& id) {
    auto const stored = db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::string>({"t", "SELECT secret FROM sample WHERE id = ?"}, id);
    });
    return process->fields.Decrypt(stored.value_or(""), "sample.secret").value_or("unreadable");
  }
  std::int64_t Count(std::string const& sql) {
    return db->Read([&](db::Tx& tx) { return tx.Scalar<std::int64_t>({"t", sql}); }).value_or(0);
  }
  std::int64_t Records(std::string const& action) {
    return Count("SELECT COUNT(*) FROM audit_record WHERE action = '" + action + "'");
  }
  Result<Progress> Continue(
      std::function<void(Progress const&)> const& tell = [](auto const&) {}, std::stop_token const& stop = {}) {
    return process->api->Continue(who, stop, tell);
  }
  MasterKeyView Key(std::string const& id) {
    auto const status = process->api->Status().value();
    for (auto const& key : status.keys)
      if (key.id == id) return key;
    return {};
  }

  Principal const who = Principal::System("test");
  std::filesystem::path const folder_;
  SealedColumns columns{{"sample", "secret"},
                        {.table = "sample", .column = "own", .context_has_key = true},
                        {.table = "sample_error", .column = "value", .key = "list_id"}};
  std::unique_ptr<Process> process;
};

TEST_P(KeysTest, RotationMovesEveryValueAndRecordingAndTheOldKeyCanGo) {
  Fill(700);
  EXPECT_EQ(process->api->Begin(who).value(), "k2");
  EXPECT_EQ(Key("k1").values_to_rotate, 700 + 350 + 700);
  EXPECT_EQ(Key("k1").recordings_to_rotate, 2);
  EXPECT_EQ(process->api->Retire(who, "k1").error().key, "keys.still_needed");
  auto const done = Continue();
  ASSERT_TRUE(done) << done.error().key;
  EXPECT_EQ(done->sealed_values, 1750);
  EXPECT_EQ(done->recordings, 2);
  EXPECT_EQ(done->unreadable, 0);
  EXPECT_EQ(done->total, 1752);
  EXPECT_EQ(Key("k1").values_to_rotate + Key("k1").recordings_to_rotate, 0);
  EXPECT_EQ(Key("k2").values_to_rotate + Key("k2").recordings_to_rotate, 0);
  ASSERT_TRUE(process->api->Retire(who, "k1"));
  EXPECT_EQ(Records("keys.rotation_begin"), 1);
  EXPECT_EQ(Records("keys.rotation_finish"), 1);
  EXPECT_EQ(Records("keys.retire"), 1);
  Restart();
  EXPECT_EQ(process->ring->Ids(), std::vector<std::string>{"k2"});
  EXPECT_EQ(Secret("row1000"), "secret row1000");
  EXPECT_EQ(Secret("row1699"), "secret row1699");
  EXPECT_EQ(blob::ReadAll(*process->blobs, "recording", 1 << 20).value(), kLong);
  EXPECT_EQ(process->blobs->Append("running", 1, crypto::AsBytes(" and half")).value().size, 13U);
  auto const last = process->api->Status().value().last_rotation;
  ASSERT_TRUE(last && last->finished_at);
  EXPECT_EQ(last->sealed_values, 1750);
  EXPECT_EQ(last->recordings, 2);
}

TEST_P(KeysTest, ReadingAndWritingGoOnMeanwhile) {
  Fill(600);
  ASSERT_TRUE(process->api->Begin(who));
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0, round = 0;
  {
    std::jthread const reader([&] {
      for (int i = 0; !stop; ++i)
        if (!Secret("row" + std::to_string(1000 + i % 600)).starts_with("secret row")) ++wrong;
    });
    std::jthread const writer([&] {
      while (!stop) {
        auto const id = "row" + std::to_string(1000 + (round * 37) % 600);
        db->Write([&](db::Tx& tx) {
          tx.Execute({"t", "UPDATE sample SET secret = ? WHERE id = ?"},
                     process->fields.Encrypt("secret " + id + " of round " + std::to_string(round), "sample.secret"),
                     id);
        });
        if (Secret(id) != "secret " + id + " of round " + std::to_string(round)) ++wrong;
        ++round;
      }
    });
    EXPECT_TRUE(Continue());
    while (round < 3) std::this_thread::yield();
    stop = true;
  }
  EXPECT_EQ(wrong, 0) << "a change was overwritten or could not be read";
  EXPECT_EQ(Key("k1").values_to_rotate, 0);
}

TEST_P(KeysTest, WhatWasInterruptedGoesOnInTheNextProcess) {
  Fill(700);
  ASSERT_TRUE(process->api->Begin(who));
  std::stop_source source;
  EXPECT_EQ(Continue([&](auto const&) { source.request_stop(); }, source.get_token()).error().key, "keys.stopped");
  EXPECT_EQ(Key("k1").values_to_rotate, 1750 - 300) << "one batch is done";
  EXPECT_EQ(process->api->Retire(who, "k1").error().key, "keys.still_needed");
  Restart();
  EXPECT_EQ(process->ring->ActiveId(), "k2");
  process->api->Resume();
  process->api->Resume();
  EXPECT_EQ(process->runner.RunDue(), 1);
  EXPECT_EQ(Key("k1").values_to_rotate + Key("k1").recordings_to_rotate, 0);
  EXPECT_EQ(process->api->Status()->last_rotation->sealed_values, 1750);
  EXPECT_EQ(Records("keys.rotation_begin"), 1);
  EXPECT_EQ(Records("keys.rotation_finish"), 1);
  process->api->Resume();
  EXPECT_EQ(process->runner.RunDue(), 0) << "nothing is left to do";
}

TEST_P(KeysTest, AnotherAlgorithmTakesOverOldData) {
  Fill(10);
  Restart(Algorithm::kSm4Gcm);
  EXPECT_EQ(process->api->Status()->algorithm, "sm4-gcm");
  EXPECT_EQ(Key("k1").values_to_rotate, 25);
  EXPECT_EQ(Key("k1").recordings_to_rotate, 2);
  EXPECT_EQ(Secret("row1000"), "secret row1000");
  ASSERT_TRUE(Continue());
  EXPECT_EQ(Key("k1").values_to_rotate, 0);
  EXPECT_EQ(Key("k1").recordings_to_rotate, 1) << "what still grows keeps its algorithm";
  EXPECT_EQ(process->blobs->ProtectionOf("recording")->algorithm, "sm4-gcm");
  EXPECT_EQ(blob::ReadAll(*process->blobs, "recording", 1 << 20).value(), kLong);
  ASSERT_TRUE(process->blobs->Seal("running"));
  ASSERT_TRUE(Continue());
  EXPECT_EQ(Key("k1").recordings_to_rotate, 0);
  EXPECT_EQ(blob::ReadAll(*process->blobs, "running", 1 << 20).value(), "half");
  Restart(Algorithm::kAes256Gcm);
  EXPECT_EQ(Secret("row1009"), "secret row1009");
  EXPECT_EQ(Key("k1").values_to_rotate, 25) << "and back";
}

TEST_P(KeysTest, AKeyThatIsNeededStays) {
  Fill(2);
  EXPECT_EQ(process->api->Retire(who, "k1").error().key, "keys.active");
  EXPECT_EQ(process->api->Retire(who, "k9").error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(process->api->Begin(who));
  auto const refused = process->api->Retire(who, "k1");
  EXPECT_EQ(refused.error().key, "keys.still_needed");
  EXPECT_EQ(refused.error().params.at("values"), "5");
  EXPECT_EQ(refused.error().params.at("recordings"), "2");
  EXPECT_EQ(Records("keys.retire"), 0);
  EXPECT_TRUE(process->ring->Has("k1"));
}

TEST_P(KeysTest, AColumnThatNobodyRegisteredIsFound) {
  Fill(2);
  columns.erase(columns.begin());
  Restart();
  ASSERT_TRUE(process->api->Begin(who));
  ASSERT_TRUE(Continue());
  EXPECT_EQ(process->api->Status()->unregistered, std::vector<std::string>{"sample.secret"});
  EXPECT_EQ(process->api->Retire(who, "k1").error().key, "keys.unregistered");
}

TEST_P(KeysTest, WhatCannotBeOpenedIsKeptAndTold) {
  Fill(5);
  auto const foreign = process->fields.Encrypt("moved from elsewhere", "another.column");
  db->Write([&](db::Tx& tx) {
    for (int i = 0; i < 400; ++i)
      tx.Execute({"t", "INSERT INTO sample VALUES (?, ?, '')"}, "a" + std::to_string(1000 + i),
                 process->fields.Encrypt("moved", "another.column"));
    tx.Execute({"t", "UPDATE sample SET secret = ? WHERE id = 'row1001'"}, foreign);
    tx.Execute({"t", "UPDATE sample SET secret = 'b1:looks like it' WHERE id = 'row1002'"});
  });
  ASSERT_TRUE(process->api->Begin(who));
  auto const done = Continue();
  ASSERT_TRUE(done) << done.error().key;
  EXPECT_EQ(done->unreadable, 402);
  EXPECT_EQ(Secret("row1003"), "secret row1003");
  EXPECT_EQ(Key("k1").values_to_rotate, 401);
  EXPECT_EQ(process->api->Retire(who, "k1").error().key, "keys.still_needed");
}

TEST_P(KeysTest, TwoProcessesDoNotWorkAtOnce) {
  Fill(2);
  ASSERT_TRUE(process->api->Begin(who));
  Process other(*this, Algorithm::kAes256Gcm);
  std::string second;
  ASSERT_TRUE(Continue([&](auto const&) {
    auto const tried = other.api->Continue(who, {}, [](auto const&) {});
    second = tried ? "" : tried.error().key;
  }));
  EXPECT_EQ(second, "keys.busy");
}

TEST_P(KeysTest, TheConsoleSeesCountsOnly) {
  Fill(2);
  http::Router const router(process->routes.all());
  auto const match = router.Find(Method::kGet, http::PatternSegments("/api/v1/security/encryption"));
  ASSERT_TRUE(match.route);
  EXPECT_EQ(match.route->doc.permission, "security.read");
  http::Request request;
  auto const body = std::get<std::string>(match.route->handler(request)->body);
  EXPECT_EQ(ParseJson(body)->at("algorithm"), "aes-256-gcm");
  EXPECT_EQ(ParseJson(body)->at("keys").at(0).at("id"), "k1");
  EXPECT_EQ(body.find("secret"), std::string::npos);
}

BOLE_STORE_SUITE(KeysTest);

}  // namespace
}  // namespace bole::keys
