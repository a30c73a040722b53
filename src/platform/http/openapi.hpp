#pragma once
#include <string>

#include "platform/http/routes.hpp"

namespace bole::http {

// The OpenAPI 3.1 document of all routes: schemas by struct name, problem responses, cookie security. Equal routes give
// equal bytes (paths and schemas are sorted), so that a committed copy can be compared.
[[nodiscard]] json::object OpenApi(Routes const& routes);
[[nodiscard]] std::string OpenApiText(Routes const& routes);

// "GET /api/v1/jobs/{id}" → "get_jobs_by_id" (the prefix is left out).
[[nodiscard]] std::string OperationId(Method method, std::string_view pattern_below_prefix);

}  // namespace bole::http
