#pragma once
#include "platform/reflect/reflect.hpp"

// What the API shows of the evidence log.
namespace bole::audit {

struct AuditRecordView {
  std::string id;
  Instant at{};
  std::string actor_kind, actor_id, actor_name, action, subject_kind, subject_id;
  std::optional<std::string> org_id;
  bool succeeded = false;
  json::object details;
  std::optional<std::int64_t> leaf_index;  // absent: waits for the next round
};
BOOST_DESCRIBE_STRUCT(AuditRecordView, (),
                      (id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, org_id, succeeded,
                       details, leaf_index))

struct AuditHeadView {
  std::string id;
  std::int64_t size = 0;
  std::string root;
  Instant at{};
  std::string key_id, signature, signed_text;
  bool valid = false;  // the signature, checked by the server
};
BOOST_DESCRIBE_STRUCT(AuditHeadView, (), (id, size, root, at, key_id, signature, signed_text, valid))

// RFC 9162 §2.1.3: hashes in hex, from the leaf upwards.
struct AuditInclusionView {
  std::int64_t leaf_index = 0, tree_size = 0;
  std::vector<std::string> path;
  AuditHeadView head;
};
BOOST_DESCRIBE_STRUCT(AuditInclusionView, (), (leaf_index, tree_size, path, head))

struct AuditRecordDetail {
  AuditRecordView record;
  std::string suite;                        // hash and signature of the log
  std::string canonical;                    // the bytes that are hashed
  std::string leaf_hash;                    // of `canonical`
  bool intact = true;                       // the tree holds the same leaf hash
  std::optional<AuditInclusionView> proof;  // absent: no signed head covers it yet
};
BOOST_DESCRIBE_STRUCT(AuditRecordDetail, (), (record, suite, canonical, leaf_hash, intact, proof))

// RFC 9162 §2.1.4: the smaller tree is the beginning of the larger one.
struct AuditConsistencyView {
  AuditHeadView from, to;
  std::vector<std::string> path;
  bool consistent = false;  // checked by the server
};
BOOST_DESCRIBE_STRUCT(AuditConsistencyView, (), (from, to, path, consistent))

struct AuditKeyView {
  std::string id, suite, public_key, pem;  // SubjectPublicKeyInfo: base64, and as a file
  Instant created_at{};
  bool active = false;
};
BOOST_DESCRIBE_STRUCT(AuditKeyView, (), (id, suite, public_key, pem, created_at, active))

struct AuditStatus {
  std::string log_id, suite;
  std::int64_t size = 0, waiting = 0;  // waiting: counted up to 10,000
  std::optional<AuditHeadView> head;
  bool anchored_to_file = false, anchored_to_url = false;
};
BOOST_DESCRIBE_STRUCT(AuditStatus, (), (log_id, suite, size, waiting, head, anchored_to_file, anchored_to_url))

// `actor` is the exact name as recorded; from and to: instants, to not included.
struct RecordQuery {
  std::optional<std::string> actor, actor_id, action, subject_kind, subject_id, org_id;
  std::optional<Instant> from, to;
  std::optional<bool> succeeded;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(RecordQuery, (),
                      (actor, actor_id, action, subject_kind, subject_id, org_id, from, to, succeeded, limit, cursor))

struct HeadQuery {
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(HeadQuery, (), (limit, cursor))

struct ConsistencyQuery {
  std::int64_t from = 0, to = 0;
};
BOOST_DESCRIBE_STRUCT(ConsistencyQuery, (), (from, to))

}  // namespace bole::audit

namespace bole {
template <>
inline constexpr auto kRules<audit::RecordQuery> =
    std::tuple{Field<&audit::RecordQuery::actor>{{.max_length = 200}},
               Field<&audit::RecordQuery::actor_id>{{.max_length = 26}},
               Field<&audit::RecordQuery::action>{{.max_length = 60}},
               Field<&audit::RecordQuery::subject_kind>{{.max_length = 40}},
               Field<&audit::RecordQuery::subject_id>{{.max_length = 60}},
               Field<&audit::RecordQuery::org_id>{{.max_length = 26}},
               Field<&audit::RecordQuery::limit>{{.min = 1, .max = 200}},
               Field<&audit::RecordQuery::cursor>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<audit::HeadQuery> = std::tuple{Field<&audit::HeadQuery::limit>{{.min = 1, .max = 200}},
                                                            Field<&audit::HeadQuery::cursor>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<audit::ConsistencyQuery> =
    std::tuple{Field<&audit::ConsistencyQuery::from>{{.min = 1, .max = 1e15, .required = true}},
               Field<&audit::ConsistencyQuery::to>{{.min = 1, .max = 1e15, .required = true}}};
}  // namespace bole
