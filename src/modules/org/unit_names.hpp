#pragma once
#include <string>

#include "platform/reflect/reflect.hpp"

namespace bole::org {

// What a unit is called in both languages; views of other modules carry the Chinese name only.
struct UnitName {
  std::string id, name, name_en;
};
BOOST_DESCRIBE_STRUCT(UnitName, (), (id, name, name_en))

}  // namespace bole::org
