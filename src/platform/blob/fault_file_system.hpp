#pragma once
#include <algorithm>
#include <map>
#include <mutex>
#include <random>

#include "platform/blob/file_system.hpp"

// For tests: files in memory that can run full, fail to sync, and lose in a power cut what was not synced.
namespace bole::blob {

class FaultFileSystem final : public FileSystem {
 public:
  using Bytes = std::vector<std::uint8_t>;

  std::uint64_t capacity = UINT64_MAX;  // of all files together
  int failing_syncs = 0;                // that many next calls of Sync fail
  int failing_truncates = 0;

  // Every 512-byte sector that was written since the last sync is either there or not; so is every new directory entry.
  void PowerCut(std::mt19937& random) {
    std::lock_guard const lock(mutex_);
    auto const coin = [&] { return (random() & 1U) != 0; };
    for (auto it = nodes_.begin(); it != nodes_.end();) {
      auto& node = *it->second;
      if (!node.entry_synced && coin()) {
        it = nodes_.erase(it);
        continue;
      }
      Bytes after = coin() ? node.synced : node.content;
      if (node.content.size() > node.synced.size() && coin())
        after.resize(node.synced.size() + random() % (node.content.size() - node.synced.size() + 1));
      for (std::size_t at = 0; at < after.size(); at += kSector) {
        auto const& source = coin() ? node.content : node.synced;
        for (std::size_t i = at; i < std::min(at + kSector, after.size()); ++i)
          after[i] = i < source.size() ? source[i] : 0;
      }
      node.content = node.synced = after;
      node.entry_synced = true;
      ++it;
    }
  }

  Bytes& Content(std::filesystem::path const& path) { return nodes_.at(path)->content; }
  [[nodiscard]] std::size_t Count() const { return nodes_.size(); }
  [[nodiscard]] std::filesystem::path Only() const { return nodes_.begin()->first; }
  [[nodiscard]] bool Contains(std::filesystem::path const& path) const { return nodes_.contains(path); }

  Result<std::unique_ptr<File>> Open(std::filesystem::path const& path, Mode mode) override {
    std::lock_guard const lock(mutex_);
    if (!nodes_.contains(path)) {
      if (mode == Mode::kExisting) return NotFound("file");
      nodes_[path] = std::make_shared<Node>();
    }
    return std::make_unique<MemoryFile>(*this, nodes_[path]);
  }
  Result<> Remove(std::filesystem::path const& path) override {
    std::lock_guard const lock(mutex_);
    if (nodes_.erase(path) == 0) return NotFound("file");
    return {};
  }
  // As a journal does it: in order, and not torn by a power cut.
  Result<> Rename(std::filesystem::path const& from, std::filesystem::path const& to) override {
    std::lock_guard const lock(mutex_);
    auto const found = nodes_.find(from);
    if (found == nodes_.end()) return NotFound("file");
    auto node = found->second;
    nodes_.erase(found);
    node->entry_synced = true;
    nodes_[to] = std::move(node);
    return {};
  }
  Result<> MakeDirectory(std::filesystem::path const&) override { return {}; }
  Result<> SyncDirectory(std::filesystem::path const& path) override {
    std::lock_guard const lock(mutex_);
    for (auto& [name, node] : nodes_)
      if (name.parent_path() == path) node->entry_synced = true;
    return {};
  }
  Result<> List(std::filesystem::path const& directory, std::function<bool(std::string const&)> const& visit) override {
    std::vector<std::string> names;  // the visitor may come back for the files
    {
      std::lock_guard const lock(mutex_);
      for (auto const& [name, node] : nodes_)
        if (name.parent_path() == directory) names.push_back(name.filename());
    }
    for (auto const& name : names)
      if (!visit(name)) break;
    return {};
  }

 private:
  static constexpr std::size_t kSector = 512;
  struct Node {
    Bytes content, synced;
    bool entry_synced = false;
  };

  class MemoryFile final : public File {
   public:
    MemoryFile(FaultFileSystem& system, std::shared_ptr<Node> node) : system_(system), node_(std::move(node)) {}

    Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::uint8_t> out) override {
      std::lock_guard const lock(system_.mutex_);
      auto const& content = node_->content;
      if (offset >= content.size()) return std::size_t{0};
      auto const count = std::min<std::size_t>(out.size(), content.size() - offset);
      std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(offset), count, out.begin());
      return count;
    }
    Result<> WriteAt(std::uint64_t offset, std::span<std::uint8_t const> data) override {
      std::lock_guard const lock(system_.mutex_);
      std::uint64_t others = 0;
      for (auto const& [path, node] : system_.nodes_) others += node == node_ ? 0 : node->content.size();
      auto const room = system_.capacity > others ? system_.capacity - others : 0;
      auto const end =
          std::min<std::uint64_t>(offset + data.size(), std::max<std::uint64_t>(room, node_->content.size()));
      auto const count = end > offset ? end - offset : 0;  // like the kernel: what fits is written
      if (offset + count > node_->content.size()) node_->content.resize(offset + count);
      std::copy_n(data.begin(), count, node_->content.begin() + static_cast<std::ptrdiff_t>(offset));
      if (count < data.size()) return Fail(ErrorCode::kStorageFull, "storage.full");
      return {};
    }
    Result<> Truncate(std::uint64_t size) override {
      std::lock_guard const lock(system_.mutex_);
      if (system_.failing_truncates > 0 && system_.failing_truncates-- > 0)
        return Fail(ErrorCode::kUnavailable, "storage.io", {{"op", "truncate"}});
      node_->content.resize(size);
      return {};
    }
    Result<> Sync() override {
      std::lock_guard const lock(system_.mutex_);
      if (system_.failing_syncs > 0 && system_.failing_syncs-- > 0)
        return Fail(ErrorCode::kUnavailable, "storage.io", {{"op", "sync"}});
      node_->synced = node_->content;
      return {};
    }
    Result<std::uint64_t> Size() override {
      std::lock_guard const lock(system_.mutex_);
      return node_->content.size();
    }

   private:
    FaultFileSystem& system_;
    std::shared_ptr<Node> node_;
  };

  std::mutex mutex_;
  std::map<std::filesystem::path, std::shared_ptr<Node>> nodes_;
};

}  // namespace bole::blob
