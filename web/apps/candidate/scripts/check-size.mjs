// Prints what a first visit downloads and fails when it is heavier than the budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const kBudget = 150_000;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const files = new Set(['index.html', 'icon.svg']);
const visit = (key) => {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const asset of chunk.assets ?? []) files.add(asset);
  for (const next of chunk.imports ?? []) visit(next);
};
for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key);

let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(new URL(file, dist)), { level: 6 }).length;
  total += size;
  console.log(`${String(size).padStart(8)} B gzip  ${file}`);
}
console.log(`${String(total).padStart(8)} B gzip  first load (budget ${kBudget} B)`);
if (total > kBudget) {
  console.error('First load is over the budget.');
  process.exit(1);
}
