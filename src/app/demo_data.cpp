#include "app/demo_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/commands.hpp"
#include "app/local_client.hpp"
#include "app/wiring.hpp"
#include "modules/interviews/views.hpp"

namespace bole::app {

Result<std::string> ReadTextFile(std::filesystem::path const& file) {
  std::ifstream in(file);
  if (!in) return Fail(ErrorCode::kInvalid, "demo.unreadable", {{"file", file.filename().string()}});
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string MakeIdNumber(std::string const& area, Date const& birth, int serial) {
  auto out = fmt::format("{}{:04}{:02}{:02}{:03}", area, int(birth.value.year()), unsigned(birth.value.month()),
                         unsigned(birth.value.day()), serial);
  static constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (out[i] - '0') * kWeights[i];
  return out + "10X98765432"[sum % 11];
}

json::object Edited(json::object document, json::object const& edits) {
  for (auto const& [name, value] : edits) {
    if (name != "stages" && name != "dimensions") {
      document[name] = value;
      continue;
    }
    auto& items = document[name].as_array();
    for (auto const& [key, members] : value.as_object()) {
      auto const same_key = [&](json::value const& item) { return item.at("key").as_string() == key; };
      auto item = std::find_if(items.begin(), items.end(), same_key);
      if (item == items.end()) item = items.insert(items.end(), json::object{{"key", key}});
      for (auto const& [member, edit] : members.as_object()) item->as_object()[member] = edit;
    }
  }
  return document;
}

std::string DemoPassword(Platform& platform, std::string const& user_name) {
  // Capital, small and sign: the rule for passwords holds whatever the eight hexadecimal digits are.
  return "Demo-" + platform.fields.BlindIndex(user_name, "demo.password").substr(0, 8);
}

Result<> RememberDemoLink(Platform& platform, std::string const& interview_id) {
  std::ofstream out(platform.config.InData("demo-interview"));
  out << interview_id;
  if (!out.flush()) return Fail(ErrorCode::kUnavailable, "storage.io");
  return {};
}

std::string DemoInterviewId(Platform& platform) {
  std::ifstream in(platform.config.InData("demo-interview"));
  std::string id;
  in >> id;
  return id;
}

int DemoInfo(Platform& platform) {
  Modules const modules(platform);
  auto const users = ReadDemoFile<DemoUsers>(platform.config.resource_dir / "content/demo/users.json");
  if (!users) return Complain("cannot read the demonstration", users.error());
  std::cout << fmt::format("\nBole 伯乐   {}\n\nSign in as\n", platform.config.PublicUrl());
  for (auto const& user : users->users) {
    std::string roles;
    for (auto const& grant : user.grants)
      roles += fmt::format("{}{} ({})", roles.empty() ? "" : ", ", grant.role, grant.org_code);
    std::cout << fmt::format("  {:<16} {:<16} {}\n", user.user_name, DemoPassword(platform, user.user_name), roles);
  }
  auto const id = DemoInterviewId(platform);
  if (id.empty()) return 0;
  auto const link =
      LocalClient(platform.routes)
          .Send(Principal::System("bole demo info"), {http::Method::kGet, "/interviews/{id}/link", {{"id", id}}});
  if (!link) return Complain("cannot read the candidate's link", link.error());
  if (auto const view = FromJsonText<interviews::LinkView>(*link))
    std::cout << fmt::format(
        "\nCandidate's link (open it on a phone or in another browser; codes appear in the console "
        "under Messages)\n  {}\n\n",
        view->url);
  return 0;
}

}  // namespace bole::app
