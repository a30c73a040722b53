#include "app/bench_pool.hpp"

#include <fmt/format.h>

#include <iostream>
#include <random>

#include "modules/org/api.hpp"
#include "modules/people/api.hpp"

namespace bole::app::bench {
namespace {

constexpr std::int64_t kOriginals = 50'000;  // written as the program writes them; the rest are copies under new ids
constexpr std::size_t kBatch = 10'000;
constexpr std::size_t kSample = 20'000;  // candidates whose details are opened
constexpr char const* kSurnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
                                     "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗"};
constexpr char const* kGiven[] = {"伟", "芳", "娜", "敏", "静", "秀", "强", "磊", "洋", "艳", "勇", "杰", "涛", "明",
                                  "超", "霞", "平", "刚", "桂", "英", "华", "文", "玲", "丹", "萍", "鹏", "辉", "宇"};
constexpr char const* kTags[] = {"应届生", "现金业务经验", "小微信贷", "数据分析", "英语流利"};
constexpr people::Source kSources[] = {people::Source::job_site, people::Source::referral, people::Source::campus,
                                       people::Source::career_page, people::Source::walk_in};

struct IdRow {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (id))

// Copies of the first rows with their own persons: the same names and sources again, other ids. Cheaper by far than
// encrypting a million contacts, and lists read the same columns.
void Copy(db::Database& database, std::int64_t number, std::int64_t rows) {
  // An id is 10 characters of time and 16 of chance: another time makes another id.
  auto const id = fmt::format("'00{:08}' || substr(%, 11)", number);
  auto const of = [&](char const* column) { return std::string(id).replace(id.find('%'), 1, column); };
  database.Write([&](db::Tx& tx) {
    tx.Execute({"bench.originals",
                "CREATE TABLE IF NOT EXISTS bench_original AS SELECT id AS candidate_id, person_id FROM "
                "candidate ORDER BY id DESC LIMIT " +
                    std::to_string(rows)});
    tx.Execute(
        {"bench.persons",
         "INSERT INTO person (id, name, gender, birth_date, phone, phone_index, phone_masked, email, email_index, "
         "email_masked, id_number, id_number_index, id_number_masked, created_at) SELECT " +
             of("p.id") +
             ", name, gender, birth_date, phone, phone_index, phone_masked, email, email_index, email_masked, "
             "id_number, id_number_index, id_number_masked, created_at FROM person p JOIN (SELECT * FROM "
             "bench_original LIMIT ?) o ON o.person_id = p.id"},
        rows);
    tx.Execute(
        {"bench.candidates",
         "INSERT INTO candidate (id, person_id, org_id, name_key, given_key, source, tags, job_id, locale, note, "
         "interviews, last_score, last_band, created_at, version) SELECT " +
             of("c.id") + ", " + of("c.person_id") +
             ", org_id, name_key, given_key, source, tags, job_id, locale, note, interviews, last_score, last_band, "
             "created_at, version FROM candidate c JOIN (SELECT * FROM bench_original LIMIT ?) o ON "
             "o.candidate_id = c.id"},
        rows);
    tx.Execute(
        {"bench.tags", "INSERT INTO candidate_tag (tag, candidate_id, org_id) SELECT tag, " + of("t.candidate_id") +
                           ", org_id FROM candidate_tag t JOIN (SELECT * FROM bench_original LIMIT ?) o ON "
                           "o.candidate_id = t.candidate_id"},
        rows);
  });
}

}  // namespace

std::string PoolName(std::uint64_t random) {
  return fmt::format("{}{}{}", kSurnames[random % 20], kGiven[random / 20 % 28], kGiven[random / 560 % 28]);
}

std::string PoolTag(std::uint64_t random) { return kTags[random % std::size(kTags)]; }

Result<std::vector<std::string>> FillPool(Site::Inside& inside, std::int64_t rows) {
  auto& database = *inside.platform->database;
  auto const who = Principal::System("bole bench");
  auto const nodes = database.Read([](db::Tx& tx) {
    return tx.Select<IdRow>({"bench.nodes", "SELECT id FROM org_node ORDER BY id"});
  });
  std::mt19937_64 random(7);
  auto const originals = std::min(rows, kOriginals);
  for (std::int64_t done = 0; done < originals;) {
    std::vector<people::CreateCandidate> batch(
        static_cast<std::size_t>(std::min<std::int64_t>(kBatch, originals - done)));
    for (auto& row : batch) {
      auto const dice = random();
      row.org_id = nodes[dice % nodes.size()].id;
      row.name = PoolName(dice >> 8U);
      row.phone = fmt::format("1{:010}", 3'000'000'000 + done);
      row.email = fmt::format("p{}@example.com", done);
      row.source = kSources[(dice >> 20U) % 5];
      if ((dice >> 30U) % 3 == 0) row.tags = {PoolTag(dice >> 34U)};
      ++done;
    }
    BOLE_TRY(inside.modules->people->BulkCreate(who, batch));
    std::cerr << fmt::format("\r{} of {} candidates", done, rows) << std::flush;
  }
  for (std::int64_t done = originals, number = 1; done < rows; done += originals, ++number) {
    Copy(database, number, std::min(originals, rows - done));
    std::cerr << fmt::format("\r{} of {} candidates", done, rows) << std::flush;
  }
  std::cerr << "\n";
  std::vector<std::string> ids;
  for (auto const& row : database.Read([](db::Tx& tx) {
         return tx.Select<IdRow>({"bench.seen",
                                  "SELECT c.id FROM candidate c JOIN org_node n ON n.id = c.org_id WHERE "
                                  "n.code LIKE 'BJ%' ORDER BY c.person_id LIMIT ?"},
                                 static_cast<std::int64_t>(kSample));
       }))
    ids.push_back(row.id);
  return ids;
}

}  // namespace bole::app::bench
