#include "platform/documents/archive.hpp"

#include <zip.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace bole::documents {
namespace {

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

void ZipReader::Close::operator()(zip* archive) const { zip_discard(archive); }

Result<ZipReader> ZipReader::Open(std::string_view bytes) {
  if (!bytes.starts_with("PK")) return Fail(ErrorCode::kInvalid, "xlsx.not_a_zip");
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  if (source == nullptr) return Fail(ErrorCode::kInternal, "xlsx.broken");
  auto* archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (archive == nullptr) {
    zip_source_free(source);
    return Fail(ErrorCode::kInvalid, "xlsx.broken");
  }
  return ZipReader(archive, bytes.size());
}

bool ZipReader::Has(std::string const& name) const {
  return zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<void> ZipReader::Stream(std::string const& name, PartLimits const& limits,
                               std::function<Result<void>(std::string_view)> const& on_piece) const {
  auto const index = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (index < 0 || zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0)
    return Fail(ErrorCode::kInvalid, "xlsx.missing");
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    return Fail(ErrorCode::kInvalid, "xlsx.encrypted");
  std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
  if (!file) return Fail(ErrorCode::kInvalid, "xlsx.broken");
  auto const packed = std::clamp<std::uint64_t>(stat.comp_size, 1, size_);
  std::uint64_t unpacked = 0;
  std::array<char, 64U << 10> buffer;
  while (true) {
    auto const got = zip_fread(file.get(), buffer.data(), buffer.size());
    if (got < 0) return Fail(ErrorCode::kInvalid, "xlsx.broken");
    if (got == 0) return {};
    unpacked += static_cast<std::uint64_t>(got);
    if (unpacked > kRatioFloor && unpacked / packed > limits.max_ratio)
      return Fail(ErrorCode::kTooLarge, "xlsx.zip_bomb");
    if (unpacked > limits.max_bytes) return Fail(ErrorCode::kTooLarge, "xlsx.too_large");
    BOLE_TRY(on_piece(std::string_view(buffer.data(), static_cast<std::size_t>(got))));
  }
}

std::optional<std::string> WriteZip(std::vector<ZipPart> const& parts, Instant modified) {
  auto const failed = [] { return std::optional<std::string>(); };
  auto* memory = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  if (memory == nullptr) return failed();
  auto* archive = zip_open_from_source(memory, ZIP_TRUNCATE, nullptr);
  if (archive == nullptr) {
    zip_source_free(memory);
    return failed();
  }
  zip_source_keep(memory);
  std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> keep(memory, zip_source_free);
  // Zip stores local time without a zone; UTC digits keep the bytes independent of the machine's zone.
  auto const seconds = std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch().count();
  auto utc = static_cast<std::time_t>(seconds);
  std::tm parts_of_time{};
  gmtime_r(&utc, &parts_of_time);
  auto const dos_time = static_cast<zip_uint16_t>((parts_of_time.tm_hour << 11) | (parts_of_time.tm_min << 5) |
                                                  (parts_of_time.tm_sec / 2));
  auto const year = std::max(parts_of_time.tm_year - 80, 0);
  auto const dos_date =
      static_cast<zip_uint16_t>((year << 9) | ((parts_of_time.tm_mon + 1) << 5) | parts_of_time.tm_mday);
  for (auto const& part : parts) {
    auto* content = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
    auto const index = content == nullptr ? -1 : zip_file_add(archive, part.name.c_str(), content, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(content);
      zip_discard(archive);
      return failed();
    }
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), dos_time, dos_date, 0);
  }
  if (zip_close(archive) != 0) {
    zip_discard(archive);
    return failed();
  }
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_open(memory) != 0 || zip_source_stat(memory, &stat) != 0) return failed();
  std::string out(stat.size, '\0');
  auto const got = zip_source_read(memory, out.data(), out.size());
  zip_source_close(memory);
  if (got != static_cast<zip_int64_t>(out.size())) return failed();
  return out;
}

}  // namespace bole::documents
