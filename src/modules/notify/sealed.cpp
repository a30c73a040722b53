#include "modules/notify/sealed.hpp"

namespace bole::notify {

SealedColumns Sealed() {
  return {{"message", "recipient"},
          {"message", "recipient_name"},
          {"message", "text_body", "message.text"},
          {"message", "html_body", "message.html"}};
}

}  // namespace bole::notify
