#pragma once
#include "base/result.hpp"
#include "platform/http/response.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::http {

// The only place that knows which status an error has.
[[nodiscard]] int StatusOf(Error const& error);

// RFC 9457 in the request's language:
// {type,title,status,code,detail,errors:[{pointer,code,message}],request_id,params}. title = message `title.<status>`,
// detail = `error.<key>`, field messages = `field.<code>`.
[[nodiscard]] Response Problem(Error const& error, Request const& request, i18n::Messages const& messages);

}  // namespace bole::http
