#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "app/platform.hpp"
#include "platform/http/hooks.hpp"

namespace bole::audit {
class Log;
}
namespace bole::org {
class Api;
}
namespace bole::fields {
class Api;
}
namespace bole::imports {
class Api;
class Target;
}  // namespace bole::imports
namespace bole::identity {
class Api;
}
namespace bole::notify {
class Api;
}
namespace bole::people {
class Api;
}
namespace bole::personnel {
class Api;
}
namespace bole::plans {
class Api;
}
namespace bole::interviews {
class Api;
}
namespace bole::assessment {
class Api;
}
namespace bole::privacy {
class Api;
}
namespace bole::keys {
class Api;
}
namespace bole {
class PersonalData;
}
namespace bole::mail {
class MailSender;
class SmsSender;
}  // namespace bole::mail
namespace bole::media {
class Engines;
}

namespace bole::app {

class LazyAssessor;

// All modules of one process, wired together. The only place that names every module.
class Modules {
 public:
  explicit Modules(Platform& platform);
  ~Modules();

  [[nodiscard]] std::vector<std::shared_ptr<http::Authenticator>> Authenticators();

  AppContext context;  // modules keep references to it
  std::unique_ptr<mail::MailSender> mail;
  std::unique_ptr<mail::SmsSender> sms;
  std::unique_ptr<media::Engines> engines;
  std::unique_ptr<LazyAssessor> assessor;
  std::unique_ptr<audit::Log> audit;
  std::unique_ptr<fields::Api> fields;
  std::unique_ptr<org::Api> org;
  std::unique_ptr<identity::Api> identity;
  std::unique_ptr<notify::Api> notify;
  std::unique_ptr<people::Api> people;
  std::unique_ptr<personnel::Api> personnel;
  std::unique_ptr<plans::Api> plans;
  std::unique_ptr<interviews::Api> interviews;
  std::unique_ptr<assessment::Api> assessment;
  std::vector<std::unique_ptr<imports::Target>> import_targets;
  std::unique_ptr<imports::Api> imports;
  std::vector<std::unique_ptr<PersonalData>> personal_data;
  std::unique_ptr<privacy::Api> privacy;
  std::unique_ptr<keys::Api> keys;
};

// Applies pending migrations and prints their names; false with a message when it cannot.
bool MigrateDatabase(Platform& platform);

// Questions, dimensions and scoring models that Bole ships, into the group; nothing before the group exists.
bool LoadContent(Platform& platform, Modules& modules);

}  // namespace bole::app
