#include "modules/imports/imports_test.hpp"

namespace bole::imports {
namespace {

using http::Method;

TEST_P(ImportsTest, GoodRowsComeInAndBrokenOnesAreNamed) {
  auto const view = Import(Csv({{"1", "甲", "2026/1/31"},
                                {"", "乙", ""},
                                {"2", "bad", ""},
                                {"1", "丙", ""},
                                {"3", "丁", "2026-02-30"},
                                {"1.1E+17", "戊", ""},
                                {"4", "=1+1", "46053"}}));
  EXPECT_EQ(State(view), "done");
  EXPECT_EQ(Count(view, "total"), 7);
  EXPECT_EQ(Count(view, "created"), 2);
  EXPECT_EQ(Count(view, "failed"), 5);
  EXPECT_EQ(Problems(view), (std::vector<std::string>{"3A required", "4B not_allowed", "5A duplicate_in_file",
                                                      "6C bad_date", "7A scientific"}));
  EXPECT_EQ(view.at("problems").at(2).at("message").as_string(), "The same as row 2");
  EXPECT_EQ(view.at("problems").at(2).at("title").as_string(), "Code");
  EXPECT_EQ(Stored(), 2);
  auto const day = db->Read([](db::Tx& tx) {
    return tx.Scalar<std::string>({"test.day", "SELECT day FROM thing WHERE code = '4'"});
  });
  EXPECT_EQ(day, "2026-01-31");
}

TEST_P(ImportsTest, TheSameTableInEveryEncodingAndFormat) {
  std::string const text = "编号;名称\n1;甲\n2;\"乙;\n丙\"\n";
  std::string const gbk = "\xB1\xE0\xBA\xC5;\xC3\xFB\xB3\xC6\n1;\xBC\xD7\n2;\"\xD2\xD2;\n\xB1\xFB\"\n";
  std::string wide("\xFF\xFE", 2);
  for (auto const c : std::u16string(u"编号\t名称\n1\t甲\n2\t\"乙;\n丙\"\n")) {
    wide.push_back(static_cast<char>(c & 0xFF));
    wide.push_back(static_cast<char>(c >> 8));
  }
  for (auto const& file :
       {text, "\xEF\xBB\xBF" + text, gbk, wide, Book({{"1", "甲"}, {"2", "乙;\n丙"}}, {"编号", "名称"})}) {
    auto const uploaded = Upload(file);
    EXPECT_EQ(uploaded.at("file").at(0).at("field").as_string(), "code");
    EXPECT_EQ(uploaded.at("file").at(1).at("samples").at(0).as_string(), "甲");
    auto const view = Import(file);
    EXPECT_EQ(Count(view, "created"), 2) << json::serialize(view);
    EXPECT_EQ(State(Act(Id(view), "undo")), "undone");
  }
  EXPECT_EQ(Stored(), 0);
}

TEST_P(ImportsTest, ATitleAboveTheHeadingsAndStrangeHeadings) {
  auto const above = Upload("员工名册,,\n制表日期：2026年,,\n日期,编号 *,名称\n2026-01-01,1,甲\n");
  EXPECT_EQ(above.at("file").at(1).at("field").as_string(), "code");
  auto const strange = Upload("No.,What,When\n1,甲,2026-01-01\n");
  EXPECT_EQ(strange.at("file").at(0).at("field").as_string(), "");
  auto const put = [&](json::value const& mapping) {
    return CallJson(who, Method::kPut, "/imports/" + Id(strange) + "/layout",
                    json::serialize(json::object{{"mapping", mapping}, {"mode", "partial"}, {"duplicates", "skip"}}));
  };
  EXPECT_EQ(put({{{"column", "A"}, {"field", "code"}}}).error().fields.at(0),
            (FieldError{"/mapping", "column_missing", {{"column", "Name"}}}));
  EXPECT_EQ(put({{{"column", "A"}, {"field", "code"}}, {{"column", "B"}, {"field", "code"}}}).error().fields.at(0).code,
            "repeated");
  EXPECT_EQ(put({{{"column", "Z"}, {"field", "code"}}}).error().fields.at(0).code, "not_found");
  ASSERT_TRUE(put({{{"column", "A"}, {"field", "code"}}, {{"column", "B"}, {"field", "name"}}}));
  runner.RunDue();
  EXPECT_EQ(Count(Act(Id(strange), "start"), "created"), 1);
  // The next file with these headings is known.
  auto const again = Upload("No.,What,When\n2,乙,2026-01-01\n");
  EXPECT_EQ(again.at("file").at(0).at("field").as_string(), "code");
  EXPECT_TRUE(again.at("remembered").as_bool());
  who.id = "01USER0000000000000000ELSE";
  EXPECT_FALSE(Upload("No.,What,When\n2,乙,2026-01-01\n").at("remembered").as_bool()) << "by somebody else";
}

TEST_P(ImportsTest, ACheckWritesNothing) {
  auto const view = Import(Csv({{"1", "甲"}, {"2", "bad"}}), "partial", "skip", false);
  EXPECT_EQ(State(view), "checked");
  EXPECT_EQ(Count(view, "created"), 1);
  EXPECT_EQ(Count(view, "failed"), 1);
  EXPECT_EQ(Stored(), 0);
  EXPECT_EQ(State(Act(Id(view), "cancel")), "cancelled");
  EXPECT_EQ(Act(Id(view), "start").at("error").as_string(), "import.wrong_state");
}

TEST_P(ImportsTest, AllOrNothing) {
  auto const broken = Import(Csv({{"1", "甲"}, {"2", "bad"}}), "all");
  EXPECT_EQ(broken.at("error").as_string(), "import.has_problems");
  EXPECT_EQ(Stored(), 0);
  EXPECT_EQ(Count(Import(Csv({{"1", "甲"}, {"2", "乙"}}), "all"), "created"), 2);
  // What only shows when it is written: the second chunk clashes, the first is taken back.
  Rows rows;
  for (int i = 0; i < 600; ++i) rows.push_back({std::to_string(100 + i), "n" + std::to_string(i == 599 ? 0 : i)});
  auto const clash = Import(Csv(rows), "all");
  EXPECT_EQ(State(clash), "failed");
  EXPECT_EQ(Count(clash, "undone"), 599);
  EXPECT_FALSE(clash.at("batch").at("can_undo").as_bool());
  EXPECT_EQ(Stored(), 2);
}

TEST_P(ImportsTest, PartialKeepsTheRowsAroundAClash) {
  auto const view = Import(Csv({{"1", "甲"}, {"2", "甲"}, {"3", "refused"}, {"4", "乙"}}));
  EXPECT_EQ(State(view), "done");
  EXPECT_EQ(Count(view, "created"), 2);
  EXPECT_EQ(Problems(view), (std::vector<std::string>{"3 not_saved", "4B not_allowed"}));
  EXPECT_EQ(Stored(), 2) << "what the refused row had written is gone";
}

TEST_P(ImportsTest, DuplicatesAreSkippedUpdatedOrRefused) {
  Import(Csv({{"1", "甲"}}));
  auto const skip = Import(Csv({{"1", "新"}, {"2", "乙"}}));
  EXPECT_EQ(Count(skip, "skipped"), 1);
  EXPECT_EQ(Count(skip, "created"), 1);
  EXPECT_EQ(Problems(skip), (std::vector<std::string>{"2A duplicate"}));
  EXPECT_FALSE(skip.at("problems").at(0).at("blocking").as_bool());
  auto const refuse = Import(Csv({{"1", "新"}, {"3", "丙"}}), "partial", "refuse");
  EXPECT_EQ(Count(refuse, "failed"), 1);
  auto const update = Import(Csv({{"1", "新"}}), "partial", "update");
  EXPECT_EQ(Count(update, "updated"), 1);
  EXPECT_EQ(Stored(), 3);
  EXPECT_EQ(Count(Act(Id(update), "undo"), "undone"), 1);
  EXPECT_EQ(*db->Read([](db::Tx& tx) {
    return tx.Scalar<std::string>({"test.name", "SELECT name FROM thing WHERE code = '1'"});
  }),
            "甲");
}

TEST_P(ImportsTest, AKilledImportGoesOnBehindTheLastCommittedRow) {
  Rows rows;
  for (int i = 0; i < 1300; ++i) rows.push_back({std::to_string(i), "n" + std::to_string(i)});
  auto const checked = Import(Csv(rows), "partial", "skip", false);
  things.crash_after = 700;
  ASSERT_TRUE(CallJson(who, Method::kPost, "/imports/" + Id(checked) + "/start"));
  runner.RunDue();
  auto const broken = Get(Id(checked));
  EXPECT_EQ(State(broken), "running");
  EXPECT_EQ(Count(broken, "done"), 500) << "one chunk was committed, the second not";
  EXPECT_EQ(Stored(), 500);
  things.crash_after = -1;
  clock.Advance(std::chrono::hours(1));
  runner.RunDue();
  auto const done = Get(Id(checked));
  EXPECT_EQ(State(done), "done");
  EXPECT_EQ(Count(done, "created"), 1300);
  EXPECT_EQ(Stored(), 1300);
}

TEST_P(ImportsTest, AFailedImportConcernsWhatItHadWritten) {
  Rows rows;
  for (int i = 0; i < 700; ++i) rows.push_back({std::to_string(i), "n" + std::to_string(i)});
  auto const checked = Import(Csv(rows), "partial", "skip", false);
  things.crash_after = 600;
  ASSERT_TRUE(CallJson(who, Method::kPost, "/imports/" + Id(checked) + "/start"));
  runner.RunDue();
  things.crash_after = -1;
  rights.reset();
  clock.Advance(std::chrono::hours(1));
  runner.RunDue();
  auto const failed = Get(Id(checked));
  EXPECT_EQ(State(failed), "failed");
  EXPECT_EQ(Stored(), 500);
  EXPECT_TRUE(failed.at("batch").at("can_undo").as_bool());
  db->Read([&](db::Tx& tx) {
    auto const thing = *tx.Scalar<std::string>({"test.thing", "SELECT id FROM thing WHERE code = '7'"});
    auto const acts = audit::ActsOn(tx, {{"thing", thing}}, 10);
    ASSERT_EQ(acts.size(), 1U);
    EXPECT_EQ(acts[0].action, "import.finish");
  });
}

TEST_P(ImportsTest, UndoKeepsWhatWasChangedOrIsUsed) {
  auto const view = Import(Csv({{"1", "甲"}, {"2", "乙"}, {"3", "丙"}}));
  Execute("UPDATE thing SET version = 2 WHERE code = '1'");
  Execute("INSERT INTO thing_use (thing_id) VALUES ('T2')");
  auto const undone = Act(Id(view), "undo");
  EXPECT_EQ(State(undone), "undone");
  EXPECT_EQ(Count(undone, "undone"), 1);
  EXPECT_EQ(Count(undone, "kept"), 2);
  EXPECT_EQ(Problems(undone), (std::vector<std::string>{"2 kept_changed", "3 kept_in_use"}));
  EXPECT_EQ(Stored(), 2);
  EXPECT_EQ(Act(Id(view), "undo").at("error").as_string(), "import.wrong_state");
}

TEST_P(ImportsTest, OnlyWithinTheScopeAndWithTheRightsOfNow) {
  EXPECT_EQ(
      CallJson(who, Method::kPost, "/imports", Csv({{"1", "甲"}}), {{"target", "candidates"}, {"org_id", south.id}})
          .error()
          .code,
      ErrorCode::kNotFound);
  auto const view = Import(Csv({{"1", "甲"}}), "partial", "skip", false);
  auto const other = User({"thing.write"}, south.path);
  EXPECT_EQ(Call(other, Method::kGet, "/imports/" + Id(view)).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(CallJson(other, Method::kGet, "/imports")->at("items").as_array().empty());
  auto const without = User({"org.read"}, root.path);
  EXPECT_EQ(Call(without, Method::kGet, "/imports/" + Id(view)).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(
      CallJson(without, Method::kPost, "/imports", "x", {{"target", "candidates"}, {"org_id", north.id}}).error().code,
      ErrorCode::kForbidden);
  // A colleague sees that there was an import, not what is in the file.
  auto colleague = who;
  colleague.id = "01USER0000000000000000ELSE";
  auto const seen = CallJson(colleague, Method::kGet, "/imports/" + Id(view)).value();
  EXPECT_TRUE(seen.at("file").as_array().empty());
  EXPECT_EQ(Call(colleague, Method::kGet, "/imports/" + Id(view) + "/problems.xlsx").error().key, "import.not_yours");
  EXPECT_EQ(Call(colleague, Method::kPost, "/imports/" + Id(view) + "/start").error().key, "import.not_yours");
  // Rights that are gone when the job runs.
  rights.reset();
  auto const late = Act(Id(view), "start");
  EXPECT_EQ(State(late), "failed");
  EXPECT_EQ(Stored(), 0);
}

TEST_P(ImportsTest, ProblemsCanBeDownloadedWithTheirRows) {
  auto const view = Import(Csv({{"1", "甲"}, {"2", "bad", "=cmd()"}, {"", "丙"}}));
  auto const book = Call(who, Method::kGet, "/imports/" + Id(view) + "/problems.xlsx", "", {}, i18n::Locale::kZhCn);
  ASSERT_TRUE(book);
  std::vector<std::vector<std::string>> rows;
  ASSERT_TRUE(documents::ReadXlsx(std::get<std::string>(book->body), {}, [&](std::size_t, auto& cells) -> Result<> {
    auto& row = rows.emplace_back();
    for (auto const& cell : cells) row.push_back(cell.text);
    return {};
  }));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"行", "问题", "编号", "名称", "日期"}));
  EXPECT_EQ(rows[1], (std::vector<std::string>{"3", "C: 日期无效，应为 2026-11-22 这样的格式; B: 不是允许的选项", "2",
                                               "bad", "=cmd()"}));
  EXPECT_EQ(rows[2][1], "A: 必填");
}

TEST_P(ImportsTest, WhatIsNoTableIsRefused) {
  auto const refused = [&](std::string const& file) {
    return Call(who, Method::kPost, "/imports", file, {{"target", "candidates"}, {"org_id", north.id}}).error().key;
  };
  EXPECT_EQ(refused(std::string("\x7F"
                                "ELF\0\0",
                                6)),
            "import.not_a_table");
  EXPECT_EQ(refused("PK\x03\x04 broken"), "xlsx.broken");
  EXPECT_EQ(refused(""), "import.empty");
  EXPECT_EQ(refused("编号,名称\n"), "import.empty");
  EXPECT_EQ(refused("编号,名称\n\"1,甲\n"), "csv.open_quote");
}

TEST_P(ImportsTest, FilesGoAfterThirtyDaysAndActsAreEvidence) {
  auto const view = Import(Csv({{"1", "甲"}}));
  ASSERT_TRUE(blobs->Stat(Id(view)));
  api->ScheduleExpiry();
  clock.Advance(std::chrono::days(29));
  runner.RunDue();
  EXPECT_TRUE(blobs->Stat(Id(view)));
  clock.Advance(std::chrono::days(2));
  runner.RunDue();
  EXPECT_FALSE(blobs->Stat(Id(view)));
  auto const gone = Get(Id(view));
  EXPECT_TRUE(gone.at("batch").at("file_gone").as_bool());
  EXPECT_FALSE(gone.at("batch").at("can_undo").as_bool());
  for (auto const* action : {"import.upload", "import.start", "import.finish", "import.expire"})
    EXPECT_EQ(*db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::int64_t>(
          {"test.audit", "SELECT COUNT(*) FROM audit_record WHERE action = ? AND succeeded = 1"}, std::string(action));
    }),
              1)
        << action;
}

TEST_P(ImportsTest, TheTemplateCanBeReadBack) {
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs}) {
    auto const book = Call(who, Method::kGet, "/imports/template.xlsx", "", {{"target", "candidates"}}, locale);
    ASSERT_TRUE(book);
    std::vector<std::string> headings;
    ASSERT_TRUE(documents::ReadXlsx(std::get<std::string>(book->body), {}, [&](std::size_t, auto& cells) -> Result<> {
      for (auto const& cell : cells) headings.push_back(cell.text);
      return {};
    }));
    auto const uploaded = Upload(Book({{"1", "甲"}}, headings));
    for (auto const& column : uploaded.at("file").as_array()) EXPECT_NE(column.at("field").as_string(), "");
  }
}

BOLE_STORE_SUITE(ImportsTest);

}  // namespace
}  // namespace bole::imports
