#include <algorithm>
#include <array>
#include <numeric>

#include "platform/documents/pdf_canvas.hpp"

namespace bole::documents {
namespace {

constexpr double kCellX = 6, kCellY = 4.2;

TextStyle StyleOf(PdfText const& text) { return {text.size, text.bold, text.italic, text.colour}; }

PangoAlignment AlignOf(PdfColumn::Align align) {
  return align == PdfColumn::Align::kRight    ? PANGO_ALIGN_RIGHT
         : align == PdfColumn::Align::kCentre ? PANGO_ALIGN_CENTER
                                              : PANGO_ALIGN_LEFT;
}

struct CellBox {
  Layout layout;
  Colour colour;
  double x = 0, width = 0;
  std::optional<double> bar{};
  double bar_width = 0;
  int next_line = 0;
};

class TableFlow {
 public:
  TableFlow(PdfCanvas& canvas, PdfTable const& table) : canvas_(canvas), table_(table) {
    auto const total = std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                                       [](double sum, auto const& column) { return sum + column.width; });
    auto x = PdfCanvas::left();
    for (auto const& column : table.columns) {
      auto const width = PdfCanvas::width() * column.width / total;
      edges_.push_back({x, width});
      x += width;
    }
  }

  void Draw() {
    auto const head_height = HeightOf(HeadCells());
    double first_rows = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(table_.rows.size(), 2); ++i)
      first_rows += HeightOf(Cells(table_.rows[i]));
    canvas_.Need(std::min(head_height + first_rows, PdfCanvas::body_height() / 2));
    DrawHead();
    bool odd = false;
    for (auto const& row : table_.rows) {
      DrawRow(Cells(row), table_.zebra && odd);
      odd = !odd;
    }
    canvas_.y += 10;
  }

 private:
  struct Edge {
    double x = 0, width = 0;
  };

  std::vector<CellBox> HeadCells() const {
    std::vector<CellBox> cells;
    for (std::size_t i = 0; i < edges_.size(); ++i)
      cells.push_back(MakeCell({table_.columns[i].title, true, palette::kMuted, {}}, i, 8.3));
    return cells;
  }
  std::vector<CellBox> Cells(std::vector<PdfCell> const& row) const {
    std::vector<CellBox> cells;
    for (std::size_t i = 0; i < edges_.size(); ++i)
      cells.push_back(MakeCell(i < row.size() ? row[i] : PdfCell{}, i, 9));
    return cells;
  }
  CellBox MakeCell(PdfCell const& cell, std::size_t column, double size) const {
    auto const& edge = edges_[column];
    CellBox box{nullptr, cell.colour, edge.x + kCellX, edge.width - 2 * kCellX, cell.bar};
    if (cell.bar) {
      box.bar_width = box.width * 0.55;
      box.x += box.bar_width + 6;
      box.width -= box.bar_width + 6;
    }
    box.layout = canvas_.MakeLayout(
        cell.text, {size, cell.bold, false, cell.colour, AlignOf(table_.columns[column].align), 1.26}, box.width);
    return box;
  }
  static double HeightOf(std::vector<CellBox> const& cells) {
    double height = 0;
    for (auto const& cell : cells) height = std::max(height, PdfCanvas::HeightOf(cell.layout));
    return height + 2 * kCellY;
  }
  static bool Done(CellBox const& cell) { return cell.next_line >= pango_layout_get_line_count(cell.layout.get()); }

  void DrawHead() {
    auto const cells = HeadCells();
    auto const height = HeightOf(cells);
    canvas_.Box(PdfCanvas::left(), canvas_.y, PdfCanvas::width(), height, palette::kPaper);
    for (auto const& cell : cells) canvas_.Put(cell.layout, cell.colour, cell.x, canvas_.y + kCellY);
    canvas_.y += height;
    Edge_(palette::kMuted, 0.7);
  }
  void Edge_(Colour colour, double width) {
    canvas_.Line(PdfCanvas::left(), canvas_.y, PdfCanvas::left() + PdfCanvas::width(), canvas_.y, colour, width);
  }
  // A row moves to the next page as a whole; only one that is higher than half a page is split between lines.
  void DrawRow(std::vector<CellBox> cells, bool shaded) {
    auto const height = HeightOf(cells);
    if (height > canvas_.remaining() && (height <= PdfCanvas::body_height() / 2 || canvas_.remaining() < 60))
      Continue();
    bool first = true;
    while (true) {
      auto const room = canvas_.remaining() - 2 * kCellY;
      if (shaded && height <= canvas_.remaining())
        canvas_.Box(PdfCanvas::left(), canvas_.y, PdfCanvas::width(), height, palette::kPaper);
      double used = 0;
      for (auto& cell : cells) {
        if (first && cell.bar) DrawCellBar(cell);
        if (Done(cell)) continue;
        auto const [next, taken] =
            canvas_.PutLines(cell.layout, cell.colour, cell.x, canvas_.y + kCellY, cell.next_line, room);
        cell.next_line = next;
        used = std::max(used, taken);
      }
      canvas_.y += used + 2 * kCellY;
      Edge_(palette::kRule, 0.5);
      if (used <= 0 || std::all_of(cells.begin(), cells.end(), Done)) return;
      first = false;
      Continue();
    }
  }
  void DrawCellBar(CellBox const& cell) {
    auto const x = cell.x - cell.bar_width - 6;
    canvas_.Box(x, canvas_.y + kCellY + 3.4, cell.bar_width, 5, {0.91, 0.93, 0.95}, 2.5);
    auto const length = std::clamp(*cell.bar, 0.0, 1.0) * cell.bar_width;
    if (length > 0) canvas_.Box(x, canvas_.y + kCellY + 3.4, std::max(length, 5.0), 5, palette::kAccent, 2.5);
  }
  void Continue() {
    canvas_.NewPage();
    DrawHead();
  }

  PdfCanvas& canvas_;
  PdfTable const& table_;
  std::vector<Edge> edges_;
};

}  // namespace

void PdfWriter::Title(std::string const& text, std::string const& subtitle) {
  auto& canvas = impl_->canvas;
  impl_->outline.push_back({1, Printable(text), canvas.pages(), canvas.y});
  canvas.Flow(canvas.MakeLayout(text, {21, true, false, {}, PANGO_ALIGN_LEFT, 1.15}, PdfCanvas::width()), palette::kInk,
              PdfCanvas::left());
  canvas.y += 3;
  if (!subtitle.empty())
    canvas.Flow(canvas.MakeLayout(subtitle, {10.5}, PdfCanvas::width()), palette::kMuted, PdfCanvas::left());
  canvas.y += 8;
  canvas.Box(PdfCanvas::left(), canvas.y, 44, 2.4, palette::kAccent, 1.2);
  canvas.y += 16;
}

void PdfWriter::Heading(int level, std::string const& text) {
  static constexpr std::array<double, 3> kSizes{13.5, 11, 9.8};
  static constexpr std::array<double, 3> kBefore{14, 10, 6};
  static constexpr double kKeepWithNext = 58;
  auto& canvas = impl_->canvas;
  auto const at = static_cast<std::size_t>(std::clamp(level, 1, 3) - 1);
  auto const layout = canvas.MakeLayout(text, {kSizes[at], true, false, {}, PANGO_ALIGN_LEFT, 1.2}, PdfCanvas::width());
  auto const height = PdfCanvas::HeightOf(layout);
  canvas.Need(kBefore[at] + height + kKeepWithNext);
  if (!canvas.at_top()) canvas.y += kBefore[at];
  impl_->outline.push_back({static_cast<int>(at) + 1, Printable(text), canvas.pages(), canvas.y});
  canvas.Flow(layout, at == 0 ? palette::kAccent : palette::kInk, PdfCanvas::left());
  canvas.y += at == 0 ? 3 : 4;
  if (at == 0) {
    canvas.Line(PdfCanvas::left(), canvas.y, PdfCanvas::left() + PdfCanvas::width(), canvas.y, palette::kRule, 0.7);
    canvas.y += 8;
  }
}

void PdfWriter::Paragraph(std::string const& text, PdfText const& style) {
  auto& canvas = impl_->canvas;
  auto const x = PdfCanvas::left() + style.indent;
  canvas.Flow(canvas.MakeLayout(text, StyleOf(style), PdfCanvas::width() - style.indent), style.colour, x);
  canvas.y += style.space_after;
}

void PdfWriter::Bullets(std::vector<std::string> const& items, Colour mark, PdfText const& style) {
  auto& canvas = impl_->canvas;
  auto const x = PdfCanvas::left() + style.indent;
  for (auto const& item : items) {
    auto const layout = canvas.MakeLayout(item, StyleOf(style), PdfCanvas::width() - style.indent - 13);
    canvas.Need(style.size * 1.4 * std::min(2, pango_layout_get_line_count(layout.get())));
    canvas.Box(x + 2, canvas.y + style.size * 0.47, 4, 4, mark, 2);
    canvas.Flow(layout, style.colour, x + 13);
    canvas.y += 3.5;
  }
  canvas.y += style.space_after - 3.5;
}

void PdfWriter::Quote(std::string const& text, std::string const& source, Colour bar) {
  auto& canvas = impl_->canvas;
  auto const x = PdfCanvas::left() + 12;
  auto const beside = [&](double top, double bottom) {
    canvas.Box(PdfCanvas::left() + 2, top, 2.2, bottom - top, bar);
  };
  canvas.Flow(canvas.MakeLayout(text, {9.3, false, false, {}, PANGO_ALIGN_LEFT, 1.34}, PdfCanvas::width() - 12),
              palette::kInk, x, beside);
  if (!source.empty())
    canvas.Flow(canvas.MakeLayout(source, {7.9}, PdfCanvas::width() - 12), palette::kMuted, x, beside);
  canvas.y += 9;
}

void PdfWriter::Notice(std::string const& text, Colour colour) {
  auto& canvas = impl_->canvas;
  constexpr double kPad = 9;
  auto const layout =
      canvas.MakeLayout(text, {9.2, false, false, {}, PANGO_ALIGN_LEFT, 1.34}, PdfCanvas::width() - 2 * kPad - 3);
  auto const height = PdfCanvas::HeightOf(layout) + 2 * kPad - 3;
  if (height > PdfCanvas::body_height()) {
    Paragraph(text);
    return;
  }
  canvas.Need(height);
  canvas.Box(PdfCanvas::left(), canvas.y, PdfCanvas::width(), height, Tint(colour, 0.09), 3);
  canvas.Box(PdfCanvas::left(), canvas.y, 3, height, colour);
  canvas.Put(layout, palette::kInk, PdfCanvas::left() + kPad + 3, canvas.y + kPad - 1.5);
  canvas.y += height + 8;
}

void PdfWriter::KeyValues(std::vector<PdfPair> const& pairs, int columns) {
  auto& canvas = impl_->canvas;
  auto const count = static_cast<std::size_t>(std::clamp(columns, 1, 4));
  constexpr double kGap = 16;
  auto const width = (PdfCanvas::width() - kGap * static_cast<double>(count - 1)) / static_cast<double>(count);
  auto const label_width = std::min(width * 0.34, 92.0);
  for (std::size_t i = 0; i < pairs.size(); i += count) {
    std::vector<std::pair<Layout, Layout>> row;
    double height = 0;
    for (std::size_t k = i; k < std::min(i + count, pairs.size()); ++k) {
      row.emplace_back(canvas.MakeLayout(pairs[k].label, {8.6}, label_width - 6),
                       canvas.MakeLayout(pairs[k].value, {9.5}, width - label_width));
      height = std::max({height, PdfCanvas::HeightOf(row.back().first), PdfCanvas::HeightOf(row.back().second)});
    }
    canvas.Need(std::min(height + 5, PdfCanvas::body_height()));
    for (std::size_t k = 0; k < row.size(); ++k) {
      auto const x = PdfCanvas::left() + static_cast<double>(k) * (width + kGap);
      canvas.Put(row[k].first, palette::kMuted, x, canvas.y + 0.7);
      canvas.Put(row[k].second, palette::kInk, x + label_width, canvas.y);
    }
    canvas.y += height + 4.5;
  }
  canvas.y += 6;
}

void PdfWriter::Table(PdfTable const& table) {
  if (!table.columns.empty()) TableFlow(impl_->canvas, table).Draw();
}

void PdfWriter::Space(double points) { impl_->canvas.y += points; }
void PdfWriter::Rule() {
  auto& canvas = impl_->canvas;
  canvas.Need(12);
  canvas.Line(PdfCanvas::left(), canvas.y + 4, PdfCanvas::left() + PdfCanvas::width(), canvas.y + 4, palette::kRule);
  canvas.y += 10;
}
void PdfWriter::PageBreak() {
  if (!impl_->canvas.at_top()) impl_->canvas.NewPage();
}

}  // namespace bole::documents
