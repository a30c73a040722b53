#pragma once
#include <vector>

#include "media/signals/signals.hpp"

namespace bole::assessment {

// The signals of an answer that was recorded in several parts (reload, lost tab), as if it were one recording: times of
// later parts move behind the earlier ones; averages are weighted by speech time or sampled frames. One part stays as
// it is. `parts` is not empty.
[[nodiscard]] media::AnswerSignals MergeParts(std::vector<media::AnswerSignals> parts);

}  // namespace bole::assessment
