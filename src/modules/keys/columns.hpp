#pragma once
#include <string>
#include <vector>

#include "platform/crypto/cipher.hpp"
#include "platform/db/database.hpp"
#include "platform/security/sealed_column.hpp"

// Sealed columns in SQL. A value is found again by its own text: its random nonce makes it unique.
namespace bole::keys::columns {

// What the values of a column were sealed with.
struct Use {
  crypto::SealedWith with;
  std::int64_t values = 0;
};
[[nodiscard]] std::vector<Use> Count(db::Tx& tx, SealedColumn const& column);

struct Batch {
  std::int64_t found = 0, written = 0;
  std::vector<std::string> unreadable{};  // as stored
  std::string last_key{};                 // where the next one goes on
};
// Seals anew up to `limit` values that are not under today's key and algorithm, from `from_key` on (`behind` it). A
// value that changed meanwhile is left alone: it was written by somebody with today's key, or is found by the next
// pass.
[[nodiscard]] Batch Reseal(db::Tx& tx, SealedColumn const& column, crypto::KeyRing const& ring,
                           crypto::FieldCipher const& fields, std::string const& from_key, bool behind, int limit);

// "table.column" of every text column of the database that holds a sealed value and is not among `known`.
[[nodiscard]] std::vector<std::string> Unregistered(db::Tx& tx, SealedColumns const& known);

}  // namespace bole::keys::columns
