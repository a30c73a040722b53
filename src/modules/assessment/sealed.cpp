#include "modules/assessment/sealed.hpp"

namespace bole::assessment {

SealedColumns Sealed() {
  return {{.table = "answer_analysis", .column = "signals", .key = "answer_id"},
          {.table = "answer_analysis", .column = "assessment", .key = "answer_id"},
          {.table = "answer_transcript", .column = "content", .key = "answer_id"},
          {.table = "interview_report", .column = "report", .key = "interview_id"}};
}

}  // namespace bole::assessment
