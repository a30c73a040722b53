#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bole {

// One page of a list, newest first. `next_cursor` is absent on the last page; counting stops at kCountLimit.
inline constexpr std::int64_t kCountLimit = 10'000;

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next_cursor;
  std::int64_t total = 0;
  bool total_exact = true;
  BOOST_DESCRIBE_CLASS(Page, (), (items, next_cursor, total, total_exact), (), ())
};

// A short list that is always whole.
template <class T>
struct Items {
  std::vector<T> items;
  BOOST_DESCRIBE_CLASS(Items, (), (items), (), ())
};

}  // namespace bole
