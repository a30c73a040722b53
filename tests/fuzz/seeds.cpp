// fuzz_seeds DIR: the seeds that are not text, made by our own writers.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "media/synthetic/recording.hpp"
#include "platform/documents/docx_writer.hpp"
#include "platform/documents/pdf_writer.hpp"
#include "platform/documents/xlsx_writer.hpp"

namespace {

namespace fs = std::filesystem;

void Write(fs::path const& file, std::string_view bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// The last byte says what tests/fuzz/media.cpp does with the rest.
bool WriteMedia(fs::path const& folder) {
  for (std::string const container : {"webm", "mp4", "mp4-moov-last"}) {
    bole::media::RecordingSpec spec{.container = container, .width = 64, .height = 48, .fps = 5};
    for (int i = 0; i < 8000; ++i) spec.audio.push_back(static_cast<float>(0.3 * std::sin(i * 0.17)));
    auto const made = bole::media::MakeRecording(spec);
    if (!made) return false;
    for (char const way : {'\0', '\1', '\2'})
      Write(folder / (container + static_cast<char>('0' + way)),
            std::string(reinterpret_cast<char const*>(made->data()), made->size()) + way);
  }
  std::string wav("RIFF\x24\x01\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\0\1\0\0", 44);
  for (int i = 0; i < 256; ++i) wav += static_cast<char>(i);
  Write(folder / "wav0", wav + '\0');
  return true;
}

bool WriteWorkbook(fs::path const& folder) {
  bole::documents::XlsxWriter writer("Fuzz", {});
  writer.AddSheet({.name = "人员", .columns = {{.title = "姓名"}, {.title = "Born"}, {.title = "Years"}}});
  writer.AddRow({std::string("白小米"), bole::Date{}, 3.5});
  writer.AddRow({std::string("=1+1"), std::monostate{}, true});
  auto const made = writer.Finish();
  if (made) Write(folder / "workbook", *made);
  return made.has_value();
}

bool WriteDocument(fs::path const& folder) {
  bole::documents::DocxWriter writer("Fuzz", "zh-CN", {});
  writer.Title("白小米");
  writer.Paragraph("C++ & SQL");
  writer.Table({.head = {"年份", "公司"}, .rows = {{"2020", "银行"}}, .widths = {1, 1}});
  auto const made = writer.Finish();
  if (made) Write(folder / "document", *made);
  return made.has_value();
}

bool WritePdf(fs::path const& folder) {
  bole::documents::PdfWriter writer({.title = "Fuzz"});
  writer.Title("白小米");
  writer.Table({.columns = {{.title = "年份"}, {.title = "Years"}}, .rows = {{{"2020"}, {"3"}}}});
  writer.PageBreak();
  writer.Paragraph("C++");
  auto const made = writer.Finish();
  if (made) Write(folder / "pages", *made);
  return made.has_value();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("fuzz_seeds DIR\n", stderr), 2;
  fs::path const root(arguments[1]);
  return WriteMedia(root / "media") && WriteWorkbook(root / "xlsx") && WriteDocument(root / "docx") &&
                 WritePdf(root / "pdf")
             ? 0
             : 1;
}
