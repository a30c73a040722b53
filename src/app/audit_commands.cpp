#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "app/cli_groups.hpp"
#include "app/commands.hpp"
#include "app/migrations.hpp"
#include "app/settings.hpp"
#include "app/wiring.hpp"
#include "modules/audit/api.hpp"
#include "modules/audit/check.hpp"
#include "modules/audit/export.hpp"

namespace bole::app {
namespace {

constexpr std::size_t kShownProblems = 50;

struct Arguments {
  std::string file;
  std::vector<std::string> keys;
  std::string anchors;
};

std::unique_ptr<Platform> OpenMigrated(std::string const& config_file) {
  auto config = LoadSettings(config_file);
  if (!config) return nullptr;
  auto platform = Platform::Open(*std::move(config));
  if (!platform) return Complain("cannot start", platform.error()), nullptr;
  if (!db::Pending(*(*platform)->database, Migrations()).empty())
    return Complain("run `bole migrate` first", {ErrorCode::kConflict, "migration.pending"}), nullptr;
  return *std::move(platform);
}

int Export(std::string const& config_file, std::string const& file) {
  auto const platform = OpenMigrated(config_file);
  if (!platform) return 2;
  Modules const modules(*platform);
  platform->database->Write([&](db::Tx& tx) {
    modules.audit->Record(tx, Principal::System("bole audit export"), {"audit.export", "audit", ""});
  });
  if (auto const sealed = modules.audit->Seal(); !sealed) return Complain("cannot seal the log", sealed.error());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  audit::ExportStream stream(*platform->database, Scope::Everything(), {}, platform->clock.Now());
  for (;;) {
    auto const piece = stream.Next();
    if (!piece) return Complain("cannot read the log", piece.error());
    if (piece->empty()) break;
    out << *piece;
  }
  if (!out.flush()) return Complain("cannot write " + file, {ErrorCode::kUnavailable, "storage.io"});
  std::cout << fmt::format("The evidence log was written to {}. Check it anywhere: bole audit verify {}\n", file, file);
  return 0;
}

char const* Explain(audit::ProblemKind kind) {
  using enum audit::ProblemKind;
  switch (kind) {
    case record_edited:
      return "edited: its content does not give the hash in the tree";
    case record_moved:
      return "moved: this content belongs to another place";
    case record_missing:
      return "removed: the tree has a place for it, the log has no record";
    case record_added:
      return "added: no place in the tree belongs to it";
    case record_backdated:
      return "backdated: it is older than a head that was signed before it came";
    case tile_wrong:
      return "a stored hash of the tree is not what its records give";
    case head_signature:
      return "the signature of this head is wrong";
    case head_key:
      return "signed with a key that is unknown, not trusted, or was not made by this installation";
    case head_root:
      return "the root of this head is not the root over its records";
    case head_beyond:
      return "this head covers more records than there are";
    case concerned_changed:
      return "the list of those whom this act concerned was changed";
    case anchor_differs:
      return "a head in the anchor file says something else";
    case file_broken:
      return "the file is cut or not readable here";
  }
  return "";
}

int Report(audit::Findings const& found) {
  if (found.waiting > 0)
    std::cout << fmt::format("{} records wait for the next round and are not proved yet.\n", found.waiting);
  if (found.problems_total == 0) {
    std::cout << fmt::format("{} records and {} signed heads: nothing was changed.\n", found.records, found.heads);
    return 0;
  }
  std::cout << fmt::format("{} records, {} signed heads, {} problems\n", found.records, found.heads,
                           found.problems_total);
  std::size_t shown = 0;
  for (auto const& problem : found.problems) {
    if (++shown > kShownProblems) break;
    std::string where = boost::describe::enum_to_string(problem.kind, "");
    if (problem.index) where += fmt::format(" {}", *problem.index);
    if (!problem.record_id.empty()) where += " " + problem.record_id;
    if (!problem.what.empty()) where += " (" + problem.what + ")";
    std::cout << where << ": " << Explain(problem.kind) << "\n";
  }
  if (shown > kShownProblems) std::cout << "…\n";
  return 1;
}

int Verify(std::string const& config_file, Arguments const& in) {
  audit::CheckOptions options{in.keys, in.anchors};
  if (!in.file.empty()) {
    std::ifstream file(in.file, std::ios::binary);
    auto const found = audit::CheckFile(file, options);
    return found ? Report(*found) : Complain("cannot check " + in.file, found.error());
  }
  auto const platform = OpenMigrated(config_file);
  if (!platform) return 2;
  auto const& anchor_file = platform->config.audit.anchor_file;
  if (options.anchors.empty() && !anchor_file.empty() && std::filesystem::exists(platform->config.InData(anchor_file)))
    options.anchors = platform->config.InData(anchor_file);
  auto const found = audit::CheckDatabase(*platform->database, platform->fields, options);
  return found ? Report(*found) : Complain("cannot check the log", found.error());
}

int Keys(std::string const& config_file) {
  auto const platform = OpenMigrated(config_file);
  if (!platform) return 2;
  for (auto const& key : platform->database->Read([](db::Tx& tx) { return audit::store::Keys(tx); }))
    std::cout << fmt::format("{} {} since {}\n{}", key.id, key.suite, FormatInstant(key.created_at),
                             crypto::PublicKeyPem(crypto::Base64Decode(key.public_key).value_or(crypto::Bytes())));
  return 0;
}

int RotateKey(std::string const& config_file) {
  auto const platform = OpenMigrated(config_file);
  if (!platform) return 2;
  Modules const modules(*platform);
  auto const id = modules.audit->RotateKey(Principal::System("bole audit rotate-key"));
  if (!id) return Complain("cannot make a key", id.error());
  std::cout << fmt::format("Heads are signed with key {} from now on. Give its public half away: bole audit keys\n",
                           *id);
  return 0;
}

}  // namespace

void AddAuditCommands(CLI::App& app, std::string const& config_file, int& status) {
  auto* group = app.add_subcommand("audit", "The evidence log");
  group->require_subcommand(1);
  auto const in = std::make_shared<Arguments>();
  auto* exported = group->add_subcommand("export", "Write the whole log as JSON lines");
  exported->add_option("file", in->file)->required();
  exported->callback([&, in] { status = Export(config_file, in->file); });
  auto* verify = group->add_subcommand("verify", "Check an export, or the log of this installation; 1: changed");
  verify->add_option("file", in->file, "an export: needs neither database nor keys")->check(CLI::ExistingFile);
  verify->add_option("--key", in->keys, "trust only heads of this key id (may be repeated)");
  verify->add_option("--anchors", in->anchors, "compare with this anchor file")->check(CLI::ExistingFile);
  verify->callback([&, in] { status = Verify(config_file, *in); });
  group->add_subcommand("keys", "Print the public keys")->callback([&] { status = Keys(config_file); });
  group->add_subcommand("rotate-key", "Sign with a new key from now on")->callback([&] {
    status = RotateKey(config_file);
  });
}

}  // namespace bole::app
