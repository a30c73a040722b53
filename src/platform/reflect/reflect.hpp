#pragma once
// The whole of reflection in one include: JSON, rules and schemas of described structs, pages.
#include "platform/reflect/json.hpp"
#include "platform/reflect/page.hpp"
#include "platform/reflect/schema.hpp"
