#include "modules/people/files.hpp"

#include "base/text.hpp"
#include "modules/people/people_test.hpp"
#include "platform/documents/docx_writer.hpp"
#include "platform/documents/pdf_writer.hpp"
#include "platform/security/personal_data.hpp"

namespace bole::people {
namespace {

using http::Method;
using std::string_literals::operator""s;

std::string const kPng = "\x89PNG\r\n\x1a\n picture";

std::string Pdf(std::string const& text = "白小米 13812341234") {
  documents::PdfWriter writer({.title = "Resume"});
  writer.Paragraph(text);
  writer.PageBreak();
  writer.Paragraph("C++");
  return writer.Finish().value();
}

TEST(CleanFileName, IsOneLineThatEndsAsTheContentDemands) {
  auto const clean = [](std::string_view name, documents::FileKind kind = documents::FileKind::pdf) {
    return CleanFileName(name, kind);
  };
  EXPECT_EQ(clean("白小米.PDF"), "白小米.pdf");
  EXPECT_EQ(clean("cv.exe"), "cv.exe.pdf");
  EXPECT_EQ(clean("C:\\users\\..\\cv.pdf"), "cv.pdf");
  EXPECT_EQ(clean("../../etc/passwd"), "passwd.pdf");
  EXPECT_EQ(clean("a\r\nSet-Cookie: x\t.pdf"), "aSet-Cookie: x.pdf");
  EXPECT_EQ(clean("cv\xE2\x80\xAE"
                  "fdp.pdf"),
            "cvfdp.pdf");
  EXPECT_EQ(clean(" .pdf"), "file.pdf");
  EXPECT_EQ(clean("photo.JPEG", documents::FileKind::jpeg), "photo.jpg");
  EXPECT_EQ(CountCodePoints(clean(std::string(500, 'a'))), 124);
}

Result<documents::FileText> ReadHere(std::string_view bytes) { return documents::ReadText(bytes); }

class FilesTest : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    RegisterFiles(context, *audits, *orgs, ReadHere);
  }
  Result<json::value> Upload(std::string const& candidate, std::string const& bytes, std::string const& name = "cv",
                             std::optional<Principal> who = {}) {
    clock.Advance(std::chrono::milliseconds(1));
    return CallJson(who.value_or(Hr(root.path)), Method::kPost, "/candidates/" + candidate + "/files", bytes,
                    {{"name", name}, {"kind", "resume"}});
  }
  std::string Id(Result<json::value> const& made) { return std::string(made->at("file").at("id").as_string()); }
  Result<http::Response> Read(Principal const& who, std::string const& candidate, std::string const& file,
                              std::string const& what = "content") {
    return Call(who, Method::kGet, "/candidates/" + candidate + "/files/" + file + "/" + what);
  }
  static std::string Bytes(http::Response const& response) {
    auto const& stream = std::get<http::StreamBody>(response.body);
    return stream.source->Read(stream.offset, 1U << 20U).value();
  }
  std::int64_t BlobCount() {
    std::int64_t out = 0;
    EXPECT_TRUE(blobs->List([&](std::string const&) { return ++out, true; }));
    return out;
  }
  std::string Key(Result<json::value> const& result) { return result ? "fine" : result.error().key; }
};

TEST_P(FilesTest, AResumeIsKeptShownAndRead) {
  auto const who = Make("白小米", north.id);
  auto const bytes = Pdf();
  auto const made = Upload(who.id, bytes, "白小米.pdf");
  ASSERT_TRUE(made) << Key(made);
  auto const& file = made->at("file");
  EXPECT_EQ(file.at("name").as_string(), "白小米.pdf");
  EXPECT_EQ(file.at("media_type").as_string(), "application/pdf");
  EXPECT_EQ(file.at("pages").as_int64(), 2);
  EXPECT_EQ(file.at("bytes").as_int64(), std::ssize(bytes));
  EXPECT_TRUE(file.at("has_text").as_bool());
  EXPECT_TRUE(made->at("possible_duplicates").as_array().empty());
  EXPECT_EQ(CountAudit("candidate_file.upload"), 1);
  auto const list = CallJson(Hr(north.path), Method::kGet, "/candidates/" + who.id + "/files").value();
  ASSERT_EQ(list.at("items").as_array().size(), 1);
  EXPECT_EQ(list.at("items").at(0).at("created_by_name").as_string(), "tester");

  auto const shown = Read(Hr(north.path), who.id, Id(made));
  ASSERT_TRUE(shown);
  EXPECT_EQ(Bytes(*shown), bytes);
  EXPECT_EQ(shown->content_type, "application/pdf");
  EXPECT_EQ(shown->Header("X-Content-Type-Options"), "nosniff");
  EXPECT_NE(shown->Header("Content-Security-Policy").find("sandbox"), std::string::npos);
  EXPECT_NE(shown->Header("Content-Disposition").find("attachment"), std::string::npos);
  EXPECT_EQ(shown->Header("Cache-Control"), "private, no-store");
  auto const text = ParseJson(std::get<std::string>(Read(Hr(north.path), who.id, Id(made), "text")->body)).value();
  EXPECT_EQ(text.at("pages").as_array().size(), 2);
  EXPECT_NE(text.at("pages").at(0).as_string().find("13812341234"), json::string::npos);
  EXPECT_EQ(CountAudit("candidate_file.read"), 2) << "each reading, however soon after the other";
  auto const details = db->Read([](db::Tx& tx) {
    return *tx.Scalar<std::string>({"t", "SELECT details FROM audit_record WHERE action = 'candidate_file.read'"});
  });
  EXPECT_EQ(details, R"({"file":")" + Id(made) + R"(","purpose":"recruiting"})");
  auto const history = CallJson(Hr(north.path), Method::kGet, "/candidates/" + who.id + "/file")->at("events");
  EXPECT_EQ(history.at(0).at("kind").as_string(), "file_added");
  EXPECT_EQ(history.at(0).at("params").at("name").as_string(), "白小米.pdf");
}

TEST_P(FilesTest, ARangeIsServed) {
  auto const who = Make("白小米", north.id);
  auto const file = Id(Upload(who.id, kPng, "photo.png"));
  with_headers.emplace_back("range", "bytes=1-3");
  auto const part = Read(Hr(north.path), who.id, file);
  ASSERT_TRUE(part);
  EXPECT_EQ(part->status, 206);
  EXPECT_EQ(std::get<http::StreamBody>(part->body).length, 3);
}

TEST_P(FilesTest, TheContentDecidesNotTheName) {
  auto const who = Make("白小米", north.id);
  documents::DocxWriter word("简历", "zh-CN", clock.Now());
  word.Paragraph("白小米");
  auto const type = [&](std::string const& bytes, std::string const& name) {
    auto const made = Upload(who.id, bytes, name);
    return made ? std::string(made->at("file").at("media_type").as_string()) : made.error().key;
  };
  EXPECT_EQ(type(word.Finish().value(), "a.pdf").substr(0, 36), "application/vnd.openxmlformats-offic");
  EXPECT_EQ(type("<html><script>alert(1)</script>", "a.html"), "text/plain; charset=utf-8");
  EXPECT_EQ(type(kPng, "a.pdf"), "image/png");
  EXPECT_EQ(type("\xFF\xD8\xFF\xE0", "a"), "image/jpeg");
  EXPECT_EQ(type("MZ\x90\0\3"s, "cv.pdf"), "document.unknown_type");
  EXPECT_EQ(type("", "cv.pdf"), "document.empty");
  EXPECT_EQ(type("%PDF-1.7 nothing", "cv.pdf"), "document.broken");
  EXPECT_EQ(type("PK\3\4", "cv.docx"), "document.broken");
  EXPECT_EQ(type(std::string(kLargestFile + 1, 'x'), "cv.txt"), "document.too_large");
  EXPECT_EQ(BlobCount(), 6) << "what was refused left nothing; texts of docx and txt beside four files";
  EXPECT_EQ(CountAudit("candidate_file.upload"), 4);
}

TEST_P(FilesTest, TheSameFileAndTooManyAreRefused) {
  auto const who = Make("白小米", north.id);
  ASSERT_TRUE(Upload(who.id, "first", "first.txt"));
  auto const again = Upload(who.id, "first", "second.txt");
  EXPECT_EQ(Key(again), "candidate.file_known");
  EXPECT_EQ(again.error().params.at("name"), "first.txt");
  for (std::size_t i = 1; i < kMostFiles; ++i) ASSERT_TRUE(Upload(who.id, "file " + std::to_string(i)));
  EXPECT_EQ(Key(Upload(who.id, "one more")), "candidate.file_limit");
}

TEST_P(FilesTest, ScopeAndHiddenContactHold) {
  auto const who = Make("白小米", north.id);
  auto const file = Id(Upload(who.id, Pdf()));
  auto const path = "/candidates/" + who.id + "/files";
  auto const other = Hr(south.path);
  EXPECT_EQ(Call(other, Method::kGet, path).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Upload(who.id, "text", "a", other).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Read(other, who.id, file).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Read(other, who.id, file, "text").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Call(other, Method::kDelete, path + "/" + file).error().code, ErrorCode::kNotFound);
  auto const mine = Make("李雷", south.id);
  EXPECT_EQ(Read(other, mine.id, file).error().code, ErrorCode::kNotFound) << "by way of another candidate";
  EXPECT_EQ(Call(other, Method::kDelete, "/candidates/" + mine.id + "/files/" + file).error().code,
            ErrorCode::kNotFound);

  auto reader = User({"candidate.read", "candidate.reveal"}, north.path);
  reader.fields = {{FieldClass::contact, FieldLevel::masked, north.path}};
  EXPECT_TRUE(Call(reader, Method::kGet, path));
  EXPECT_EQ(Read(reader, who.id, file).error().key, "candidate.file_closed");
  EXPECT_EQ(Read(reader, who.id, file, "text").error().key, "candidate.file_closed");
  EXPECT_EQ(Read(User({"candidate.read"}, north.path), who.id, file).error().code, ErrorCode::kForbidden);
  with_headers.clear();
  EXPECT_EQ(Read(Hr(north.path), who.id, file).error().key, "purpose.required");
  EXPECT_EQ(Read(Hr(north.path), who.id, file, "text").error().key, "purpose.required");
  EXPECT_EQ(CountAudit("candidate_file.read"), 0);
}

TEST_P(FilesTest, TheSameFileOfSomebodyElseIsHintedAtWithinTheScope) {
  auto const first = Make("白小米", north.id, "13812341234"), second = Make("白晓米", north.id);
  auto const elsewhere = Make("李雷", south.id);
  auto const bytes = Pdf();
  ASSERT_TRUE(Upload(first.id, bytes));
  auto const hints = [&](std::string const& id, Principal const& who) {
    auto const made = Upload(id, bytes, "cv.pdf", who);
    return made ? ToText(made->at("possible_duplicates")) : made.error().key;
  };
  EXPECT_EQ(hints(elsewhere.id, Hr(south.path)), "[]") << "not even that it exists";
  EXPECT_EQ(hints(second.id, Hr(north.path)),
            R"([{"candidate_id":")" + first.id + R"(","name":"白小米","org_name":"BJ"}])");
  auto const same = Make("白小米", south.id, "13812341234");
  ASSERT_EQ(same.person_id, first.person_id);
  EXPECT_EQ(hints(same.id, Hr(root.path)).find(first.id), std::string::npos) << "the same person is no duplicate";
}

TEST_P(FilesTest, DeletingDestroysTheContent) {
  auto const who = Make("白小米", north.id);
  auto const file = Id(Upload(who.id, Pdf(), "cv.pdf"));
  EXPECT_EQ(BlobCount(), 2);
  auto const path = "/candidates/" + who.id + "/files/" + file;
  ASSERT_TRUE(Call(Hr(north.path), Method::kDelete, path));
  EXPECT_EQ(BlobCount(), 0);
  EXPECT_EQ(Call(Hr(north.path), Method::kDelete, path).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(CountAudit("candidate_file.delete"), 1);
  EXPECT_TRUE(Upload(who.id, Pdf(), "cv.pdf")) << "and can be added again";
}

TEST_P(FilesTest, WhoAskedForRestrictionGetsNoNewFiles) {
  auto const who = Make("白小米", north.id);
  db->Write([&](db::Tx& tx) { api->SetRestricted(tx, who.person_id, true); });
  EXPECT_EQ(Key(Upload(who.id, "text")), "candidate.restricted");
}

TEST_P(FilesTest, WhatAFailureLeavesIsSweptAfterADay) {
  auto const who = Make("白小米", north.id);
  Files service(context, *audits, *orgs, ReadHere);
  store::FileRow left;
  left.id = NewUlid(clock.Now()), left.candidate_id = who.id, left.name = "cv.pdf", left.has_text = true;
  left.created_at = clock.Now();
  db->Write([&](db::Tx& tx) { store::Insert(tx, left); });
  ASSERT_TRUE(blobs->Create(left.id));
  auto const kept = Id(Upload(who.id, "kept"));
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, "/candidates/" + who.id + "/files")->at("items").as_array().size(),
            1);
  EXPECT_EQ(Read(Hr(root.path), who.id, left.id).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(service.RemoveUnfinished());
  EXPECT_EQ(BlobCount(), 3) << "an upload may still be running";
  clock.Advance(std::chrono::hours(25));
  ASSERT_TRUE(service.RemoveUnfinished());
  EXPECT_EQ(BlobCount(), 2);
  EXPECT_TRUE(Read(Hr(root.path), who.id, kept));
}

TEST_P(FilesTest, AFullDiskLeavesNoFile) {
  auto const who = Make("白小米", north.id);
  files.capacity = 0;
  auto const made = Upload(who.id, "text");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kStorageFull);
  files.capacity = UINT64_MAX;
  EXPECT_TRUE(Upload(who.id, "text"));
}

TEST_P(FilesTest, FilesArePartOfThePersonsCopyAndErasure) {
  auto const who = Make("白小米", north.id);
  auto const file = Id(Upload(who.id, Pdf(), "cv.pdf"));
  DataSubject const subject{who.person_id, {who.id}, {}};
  auto const held = MakePersonalData(context);
  std::vector<std::string> gone;
  db->Write([&](db::Tx& tx) {
    auto const copy = held->Export(tx, subject).value();
    ASSERT_EQ(copy.files.size(), 1);
    EXPECT_EQ(copy.files[0].name, "files/" + file + "/cv.pdf");
    EXPECT_EQ(copy.files[0].blob_ids, std::vector{file});
    EXPECT_NE(ToText(copy.document).find("cv.pdf"), std::string::npos);
    EXPECT_TRUE(held->Blobs(tx, subject, DataKind::recordings).empty());
    gone = held->Blobs(tx, subject, DataKind::profile);
    EXPECT_EQ(held->Erase(tx, subject, DataKind::profile).at("candidate_file"), 1);
    EXPECT_TRUE(store::AllFiles(tx, who.id).empty());
  });
  EXPECT_EQ(gone, (std::vector{file, file + "_text"})) << "everything that was stored";
  EXPECT_EQ(BlobCount(), 2);
}

BOLE_STORE_SUITE(FilesTest);

}  // namespace
}  // namespace bole::people
