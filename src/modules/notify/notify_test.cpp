#include "modules/notify/outbox.hpp"
#include "modules/org/api.hpp"
#include "platform/app/testing.hpp"
#include "platform/mail/mail.hpp"

namespace bole::notify {
namespace {

using http::Method;

struct FakeMail final : mail::MailSender {
  Result<> Send(mail::Message const& message) override {
    sent.push_back(message);
    if (next.empty()) return {};
    auto const error = next.front();
    next.erase(next.begin());
    return tl::unexpected<Error>(error);
  }
  std::vector<mail::Message> sent;
  std::vector<Error> next;
};
struct FakeSms final : mail::SmsSender {
  Result<> Send(mail::Sms const& sms) override { return sent.push_back(sms), Result<>{}; }
  std::vector<mail::Sms> sent;
};

class NotifyTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "notify"});
    root = Node(std::nullopt, "HQ");
    north = Node(root.id, "BJ");
    south = Node(root.id, "SZ");
  }
  org::OrgNodeView Node(std::optional<std::string> parent, std::string const& code) {
    return orgs
        ->CreateNode(Principal::System("test"),
                     {parent, code, code, code, org::OrgKind::branch, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  Message Invitation() {
    return {Channel::email,
            "zhang@example.com",
            "张三",
            i18n::Locale::kEnUs,
            "invitation",
            {{"candidate_name", "<script>alert(1)</script>"},
             {"company", "Ruihe & Co"},
             {"branch", "Beijing"},
             {"job", "Teller\r\nBcc: x@y.cn"},
             {"plan", "First interview"},
             {"link", "https://i.example/i/tok"},
             {"expires", "2025-11-29"},
             {"minutes", "12"},
             {"contact", "hr@example.com"}},
            north.id,
            "interview-1"};
  }
  std::string Queue(Message const& message) {
    return db->Write([&](db::Tx& tx) { return api->Send(tx, message); }).value();
  }
  Delivery Only(std::string const& related = "interview-1") {
    auto const all = db->Read([&](db::Tx& tx) { return api->DeliveriesOf(tx, {related}); });
    if (all.size() != 1) throw std::runtime_error("deliveries: " + std::to_string(all.size()));
    return all[0];
  }

  FakeMail mail;
  FakeSms sms;
  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<org::Api> orgs = org::Register(context, *audits);
  std::unique_ptr<Api> api = Register(context, *audits, mail, sms);
  org::OrgNodeView root, north, south;
};

TEST_P(NotifyTest, AMessageIsWrittenWithItsCauseAndSentOnce) {
  (void)db->Write([&](db::Tx& tx) -> Result<> {
    (void)api->Send(tx, Invitation());
    return Fail(ErrorCode::kConflict, "test");
  });
  EXPECT_EQ(runner.RunDue(), 0) << "rolled back with what caused it";
  auto const id = Queue(Invitation());
  EXPECT_EQ(Only().state, MessageState::queued);
  EXPECT_EQ(Only().to_masked, "z***@example.com");
  runner.RunDue();
  ASSERT_EQ(mail.sent.size(), 1U);
  EXPECT_EQ(mail.sent[0].to, "zhang@example.com");
  EXPECT_EQ(mail.sent[0].id, id);
  EXPECT_EQ(Only().state, MessageState::sent);
  runner.RunDue();
  EXPECT_EQ(mail.sent.size(), 1U);
}

TEST_P(NotifyTest, TextOfPeopleStaysTextInHtmlAndHeaders) {
  Queue(Invitation());
  runner.RunDue();
  auto const& sent = mail.sent.at(0);
  EXPECT_EQ(sent.html.find("<script>"), std::string::npos);
  EXPECT_NE(sent.html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(sent.html.find("Ruihe &amp; Co"), std::string::npos);
  EXPECT_NE(sent.html.find("href=\"https://i.example/i/tok\""), std::string::npos);
  EXPECT_EQ(sent.subject.find_first_of("\r\n"), std::string::npos);
  EXPECT_NE(sent.text.find("https://i.example/i/tok"), std::string::npos);
  EXPECT_EQ(sent.text.find('{'), std::string::npos) << "a placeholder was not filled";
}

TEST_P(NotifyTest, ALinkThatIsNoWebAddressIsNotMadeOne) {
  auto message = Invitation();
  message.params["link"] = "javascript:alert(1)";
  EXPECT_EQ(Render(messages, message).html.find("href"), std::string::npos);
}

TEST_P(NotifyTest, TemporaryFailuresAreTriedAgainPermanentOnesAreNot) {
  mail.next = {Error{ErrorCode::kUnavailable, "mail.unreachable"}, Error{ErrorCode::kTooMany, "mail.deferred"}};
  Queue(Invitation());
  runner.RunDue();
  EXPECT_EQ(Only().state, MessageState::queued);
  EXPECT_EQ(Only().error, "mail.unreachable");
  for (int i = 0; i < 2; ++i) {
    clock.Advance(std::chrono::minutes(10));
    runner.RunDue();
  }
  EXPECT_EQ(Only().state, MessageState::sent);
  EXPECT_EQ(mail.sent.size(), 3U);
  auto refused = Invitation();
  refused.related_id = "interview-2";
  mail.next = {Error{ErrorCode::kInvalid, "mail.rejected"}};
  Queue(refused);
  runner.RunDue();
  EXPECT_EQ(Only("interview-2").state, MessageState::failed);
  EXPECT_EQ(Only("interview-2").error, "mail.rejected");
}

TEST_P(NotifyTest, AServerThatStaysAwayFailsInTheEnd) {
  mail.next.assign(20, Error{ErrorCode::kUnavailable, "mail.unreachable"});
  Queue(Invitation());
  for (int i = 0; i < 12; ++i) {
    runner.RunDue();
    clock.Advance(std::chrono::minutes(10));
  }
  EXPECT_EQ(Only().state, MessageState::failed);
  EXPECT_EQ(mail.sent.size(), 8U);
}

TEST_P(NotifyTest, WithoutAServerTheTextCanBeReadByThoseWhoMay) {
  mail.next = {Error{ErrorCode::kUnsupported, "mail.not_configured"}};
  Queue(Invitation());
  runner.RunDue();
  EXPECT_EQ(Only().state, MessageState::not_configured);
  auto const list = [&](Principal const& who) {
    return CallJson(who, Method::kGet, "/messages").value().at("items").as_array();
  };
  auto const reader = list(User({"message.read"}, north.path));
  ASSERT_EQ(reader.size(), 1U);
  EXPECT_NE(std::string_view(reader[0].at("body").as_string()).find("https://i.example/i/tok"), std::string_view::npos);
  auto const interviewer = list(User({"interview.read"}, north.path));
  ASSERT_EQ(interviewer.size(), 1U);
  EXPECT_FALSE(interviewer[0].as_object().contains("body"));
  EXPECT_TRUE(list(User({"message.read", "interview.read"}, south.path)).empty());
  EXPECT_TRUE(list(User({"org.read"}, root.path)).empty());
}

TEST_P(NotifyTest, ACodeThatWasSentIsNotShownToStaff) {
  Message const code{Channel::sms, "+8613812341234",
                     "",           i18n::Locale::kZhCn,
                     "code",       {{"company", "瑞禾银行"}, {"code", "482913"}, {"minutes", "5"}},
                     north.id,     "interview-3"};
  Queue(code);
  runner.RunDue();
  ASSERT_EQ(sms.sent.size(), 1U);
  EXPECT_NE(sms.sent[0].text.find("482913"), std::string::npos);
  auto const items =
      CallJson(User({"message.read"}, root.path), Method::kGet, "/messages").value().at("items").as_array();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_FALSE(items[0].as_object().contains("body"));
  EXPECT_EQ(items[0].at("to_masked").as_string(), "138****1234");
}

TEST_P(NotifyTest, RecipientAndTextAreEncryptedAtRest) {
  auto const id = Queue(Invitation());
  auto const row = db->Read([&](db::Tx& tx) {
    return *tx.One<MessageRow>({"test.row", "SELECT " + db::Columns<MessageRow>() + " FROM message WHERE id = ?"}, id);
  });
  for (auto const& stored : {row.recipient, row.recipient_name, row.text_body, row.html_body})
    EXPECT_EQ(stored.find("example"), std::string::npos);
}

TEST_P(NotifyTest, EveryTemplateHasItsTexts) {
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs})
    for (auto const* key : {"invitation", "reminder", "code", "result"})
      for (auto const* part : {".subject", ".text", ".sms"})
        EXPECT_TRUE(messages.Has(locale, std::string("notify.") + key + part)) << key << part;
}

BOLE_STORE_SUITE(NotifyTest);

}  // namespace
}  // namespace bole::notify
