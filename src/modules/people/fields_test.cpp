#include "modules/people/people_test.hpp"

// What a role may see of sensitive fields, in every place that shows or finds them.
namespace bole::people {
namespace {

using http::Method;

class FieldsTest : public PeopleTest {
 protected:
  // HR of the group with these levels: everywhere, and what is raised in the north.
  Principal With(FieldLevel contact, FieldLevel id_number, std::optional<FieldLevel> contact_north = {}) {
    auto who = Hr(root.path);
    who.fields = {{FieldClass::contact, contact, root.path}, {FieldClass::id_number, id_number, root.path}};
    if (contact_north) who.fields.push_back({FieldClass::contact, *contact_north, north.path});
    return who;
  }
  std::size_t Found(Principal const& who, std::string const& q) {
    return CallJson(who, Method::kGet, "/candidates", "", {{"q", q}})->at("items").as_array().size();
  }
};

TEST_P(FieldsTest, HiddenFieldsAreEmptyInListDetailFileAndExport) {
  auto const made = Make("张三", north.id, "13812341234", "zhang@example.com", "11010519491231002X");
  auto const who = With(FieldLevel::hidden, FieldLevel::hidden);
  auto const empty = [](json::value const& view) {
    for (auto const* field : {"phone_masked", "email_masked", "id_number_masked"})
      EXPECT_EQ(view.at(field).as_string(), "") << field;
  };
  empty(*CallJson(who, Method::kGet, "/candidates/" + made.id));
  empty(CallJson(who, Method::kGet, "/candidates")->at("items").at(0));
  empty(CallJson(who, Method::kGet, "/candidates/" + made.id + "/file")->at("candidate"));
  auto const book = Call(who, Method::kGet, "/candidates/export");
  std::size_t cells_read = 0;
  ASSERT_TRUE(documents::ReadXlsx(std::get<std::string>(book->body), {}, [&](std::size_t, auto& cells) -> Result<> {
    for (auto const& cell : cells) {
      ++cells_read;
      for (auto const* trace : {"1234", "002X", "example.com"}) EXPECT_EQ(cell.text.find(trace), std::string::npos);
    }
    return {};
  }));
  EXPECT_GT(cells_read, 16U);
}

TEST_P(FieldsTest, LevelsHoldPerSubtreeAndTheHighestCounts) {
  auto const in_north = Make("张三", north.id, "13812341234");
  auto const in_south = Make("李四", south.id, "13812345678");
  auto const who = With(FieldLevel::hidden, FieldLevel::hidden, FieldLevel::masked);
  EXPECT_EQ(CallJson(who, Method::kGet, "/candidates/" + in_north.id)->at("phone_masked").as_string(), "138****1234");
  EXPECT_EQ(CallJson(who, Method::kGet, "/candidates/" + in_south.id)->at("phone_masked").as_string(), "");
}

TEST_P(FieldsTest, SearchFindsOnlyByFieldsOneMaySee) {
  Make("张三", north.id, "13812341234", "zhang@example.com", "11010519491231002X");
  Make("张三", south.id, "13812341234", "zhang@example.com");
  auto const blind = With(FieldLevel::hidden, FieldLevel::hidden);
  auto const half = With(FieldLevel::hidden, FieldLevel::masked, FieldLevel::masked);
  auto const sees = With(FieldLevel::masked, FieldLevel::masked);
  for (auto const* q : {"13812341234", "zhang@example.com"}) {
    EXPECT_EQ(Found(blind, q), 0U) << q;
    EXPECT_EQ(Found(half, q), 1U) << q << ": only in the north";
    EXPECT_EQ(Found(sees, q), 2U) << q;
  }
  EXPECT_EQ(Found(blind, "11010519491231002X"), 0U);
  EXPECT_EQ(Found(half, "11010519491231002X"), 2U) << "one person in two pools";
  EXPECT_EQ(Found(blind, "张三"), 2U) << "a name is no sensitive field";
}

TEST_P(FieldsTest, RevealGivesOnlyClassesAtThatLevel) {
  auto const made = Make("张三", north.id, "13812341234", "zhang@example.com", "11010519491231002X");
  auto const path = "/candidates/" + made.id + "/reveal";
  auto const contact = CallJson(With(FieldLevel::reveal, FieldLevel::masked), Method::kGet, path);
  EXPECT_EQ(contact->at("phone").as_string(), "+8613812341234");
  EXPECT_EQ(contact->at("id_number").as_string(), "110***********002X");
  auto const number = CallJson(With(FieldLevel::hidden, FieldLevel::reveal), Method::kGet, path);
  EXPECT_EQ(number->at("phone").as_string(), "");
  EXPECT_EQ(number->at("id_number").as_string(), "11010519491231002X");
  EXPECT_EQ(Call(With(FieldLevel::masked, FieldLevel::masked), Method::kGet, path).error().key,
            "candidate.fields_closed");
  EXPECT_EQ(CountAudit("candidate.reveal"), 2);
}

TEST_P(FieldsTest, WhatIsHiddenIsNotOverwritten) {
  auto const made = Make("张三", north.id, "13812341234", "", "11010519491231002X");
  auto const blind = With(FieldLevel::hidden, FieldLevel::hidden);
  auto const path = "/candidates/" + made.id;
  auto const refused =
      Call(blind, Method::kPatch, path, R"({"version":1,"phone":"13900000000","id_number":""})").error().fields;
  EXPECT_EQ(refused, (FieldErrors{{"/phone", "field_hidden"}, {"/id_number", "field_hidden"}}));
  ASSERT_TRUE(Call(blind, Method::kPatch, path, R"({"version":1,"note":"called"})"));
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, path + "/reveal")->at("phone").as_string(), "+8613812341234");
}

BOLE_STORE_SUITE(FieldsTest);

}  // namespace
}  // namespace bole::people
