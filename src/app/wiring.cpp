#include "app/wiring.hpp"

#include <fmt/format.h>

#include <iostream>

#include "app/commands.hpp"
#include "app/engines.hpp"
#include "app/migrations.hpp"
#include "app/org_notices.hpp"
#include "app/sealed.hpp"
#include "modules/assessment/api.hpp"
#include "modules/audit/api.hpp"
#include "modules/fields/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/identity/import_target.hpp"
#include "modules/imports/api.hpp"
#include "modules/interviews/api.hpp"
#include "modules/keys/api.hpp"
#include "modules/notify/api.hpp"
#include "modules/org/api.hpp"
#include "modules/org/import_targets.hpp"
#include "modules/people/api.hpp"
#include "modules/people/files.hpp"
#include "modules/people/import_target.hpp"
#include "modules/people/team.hpp"
#include "modules/personnel/api.hpp"
#include "modules/personnel/import_target.hpp"
#include "modules/plans/api.hpp"
#include "modules/plans/import_target.hpp"
#include "modules/plans/notices.hpp"
#include "modules/privacy/api.hpp"
#include "platform/documents/isolated_reader.hpp"
#include "platform/log/log.hpp"
#include "platform/mail/mail.hpp"

namespace bole::app {

Modules::Modules(Platform& platform) : context(platform.Context()) {
  mail = mail::MakeMailSender(platform.config.mail, platform.clock);
  sms = mail::MakeSmsSender(platform.config.sms, platform.clock);
  engines = std::make_unique<media::Engines>(EngineOptionsOf(platform.config));
  assessor = std::make_unique<LazyAssessor>(*engines, platform.messages,
                                            platform.config.resource_dir / "content" / "content_model.json");
  audit = audit::Register(context);
  fields = fields::Register(context, *audit);
  org = org::Register(context, *audit, *fields);
  identity = identity::Register(context, *org, *audit);
  notify = notify::Register(context, *audit, *mail, *sms);
  RegisterOrgNotices(context, *org, *identity, *notify);
  people = people::Register(context, *audit, *org, *fields);
  people::RegisterTeams(context, *people, *identity);
  people::RegisterFiles(context, *audit, *org, documents::MakeIsolatedReader());
  personnel = personnel::Register(context, *audit, *org, *people, *fields);
  plans = plans::Register(context, *audit, *org);
  plans::RegisterNotices(
      context, *org, *notify,
      [this](db::Tx& tx, std::string const& user_id) -> std::optional<plans::Addressee> {
        auto const contact = identity->ContactOf(tx, user_id);
        if (!contact) return std::nullopt;
        return plans::Addressee{contact->name, contact->email,
                                i18n::ParseLocale(contact->locale).value_or(i18n::kDefaultLocale)};
      },
      [this](db::Tx& tx, std::string const& org_path) {
        std::vector<std::string> out;
        for (auto const& one : identity->Colleagues(tx, "plan.approve", org_path, "")) out.push_back(one.id);
        return out;
      });
  interviews = interviews::Register(context, *audit, *org, *people, *plans, *notify, CandidateEnginesOf(*engines));
  assessment = assessment::Register(context, *audit, *interviews, *plans, AnalysisEnginesOf(*engines, *assessor));
  identity->FindSubjects("candidate", [this](db::Tx& tx, std::string const& id) -> std::optional<identity::Subject> {
    if (auto const found = people->Find(tx, Scope::Everything(), id))
      return identity::Subject{
          found->org_id, "candidate.read", people->TeamOf(tx, id), {"privacy.read", "privacy.manage"}};
    return std::nullopt;
  });
  identity->FindSubjects("employee", [this](db::Tx& tx, std::string const& id) -> std::optional<identity::Subject> {
    if (auto const found = personnel->Find(tx, Scope::Everything(), id))
      return identity::Subject{found->org_id, "employee.read", {}, {"privacy.read", "privacy.manage"}};
    return std::nullopt;
  });
  identity->FindSubjects("interview", [this](db::Tx& tx, std::string const& id) -> std::optional<identity::Subject> {
    if (auto const found = interviews->View(tx, Scope::Everything(), id))
      return identity::Subject{found->org_id, "interview.read", people->TeamOf(tx, found->candidate_id)};
    return std::nullopt;
  });
  personal_data.push_back(assessment::MakePersonalData(context, *interviews));
  personal_data.push_back(interviews::MakePersonalData(context, *people));
  personal_data.push_back(notify::MakePersonalData(context));
  personal_data.push_back(fields::MakePersonalData(context));
  personal_data.push_back(imports::MakePersonalData());
  personal_data.push_back(personnel::MakePersonalData(context, *personnel));  // before the persons they are
  personal_data.push_back(people::MakePersonalData(context));
  privacy::Neighbours neighbours{*audit, *org, *identity, *people, *interviews, *plans, *notify, {}};
  for (auto const& portion : personal_data) neighbours.portions.push_back(portion.get());
  privacy = privacy::Register(context, std::move(neighbours));
  keys = keys::Register(context, *audit, *platform.keys, AllSealedColumns());

  imports = imports::Register(
      context, *audit, [this](db::Tx& tx, std::string const& user_id) { return identity->RightsOf(tx, user_id); });
  import_targets = org::MakeImportTargets(context, *org);
  import_targets.push_back(identity::MakeImportTarget(context, *identity, people::store::IsMember));
  import_targets.push_back(
      people::MakeImportTarget(context, *org, *people, [this](db::Tx& tx, std::string const& person_id) {
        return privacy->Keeps(tx, person_id) || personnel->Knows(tx, person_id);
      }));
  import_targets.push_back(personnel::MakeImportTarget(
      context, *org, *personnel,
      [this](db::Tx& tx, std::string const& person_id) { return privacy->Keeps(tx, person_id); }));
  import_targets.push_back(plans::MakeImportTarget(context, *org, *plans));
  import_targets.push_back(plans::MakePlanTarget(context, *org, *plans));
  for (auto const& target : import_targets) imports->Offer(*target);
}

Modules::~Modules() = default;

std::vector<std::shared_ptr<http::Authenticator>> Modules::Authenticators() {
  return {interviews->CandidateAuthenticator(), privacy->PersonAuthenticator(), identity->Authenticator()};
}

bool MigrateDatabase(Platform& platform) {
  auto const applied = db::Migrate(*platform.database, Migrations(), platform.clock.Now());
  if (!applied) return Complain("cannot migrate", applied.error()), false;
  for (auto const& name : *applied) log::Info("migration.applied", {{"name", name}});
  return true;
}

bool LoadContent(Platform& platform, Modules& modules) {
  if (!platform.database->Read([&](db::Tx& tx) { return modules.org->Root(tx); })) return true;
  if (auto const caught_up = modules.org->CatchUp(); !caught_up)
    return Complain("cannot bring the organisation up to date", caught_up.error()), false;
  auto const loaded = modules.plans->LoadShippedContent();
  if (!loaded) return Complain("cannot load the shipped questions and scoring models", loaded.error()), false;
  return true;
}

int Complain(std::string const& what, Error const& error) {
  std::cerr << fmt::format("bole: {}: {}", what, error.key);
  for (auto const& [key, value] : error.params) std::cerr << fmt::format(" {}={}", key, value);
  for (auto const& field : error.fields) std::cerr << fmt::format("\n  {}: {}", field.pointer, field.code);
  std::cerr << "\n";
  return 2;
}

}  // namespace bole::app
