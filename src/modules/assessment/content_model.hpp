#pragma once
#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "modules/assessment/scoring_model.hpp"

namespace bole::assessment {

// One input of the content scorer: mapped to 0..1 and added with a weight that is never negative.
struct ContentTerm {
  std::string feature;
  double from = 0, to = 1, weight = 0;
};
BOOST_DESCRIBE_STRUCT(ContentTerm, (), (feature, from, to, weight))

// Weights of the content scorer, fitted by tools/fit_content_model.py and kept readable:
// share/content/content_model.json. Monotone and bounded by construction: more of any feature never lowers the score.
struct ContentModel {
  std::string name;
  int version = 1;
  double bias = 0;                        // score 0..10 without any match
  double cosine_from = 0, cosine_to = 1;  // where a cosine begins and ends to speak for a rubric point
  std::vector<ContentTerm> terms;         // weights in points of 0..10
};
BOOST_DESCRIBE_STRUCT(ContentModel, (), (name, version, bias, cosine_from, cosine_to, terms))

[[nodiscard]] Result<ContentModel> ReadContentModel(std::string_view json_text);

}  // namespace bole::assessment
