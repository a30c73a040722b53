// Writes a .gz beside every text file (the server sends it as it is), prints what a first visit downloads and fails
// when that is heavier than the budget.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const kBudget = 150_000;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const packed = new Map();
for (const entry of readdirSync(dist, { recursive: true })) {
  if (!/\.(html|js|css|svg)$/.test(entry)) continue;
  const gzip = gzipSync(readFileSync(new URL(entry, dist)), { level: 9 });
  packed.set(entry, gzip.length);
  writeFileSync(new URL(`${entry}.gz`, dist), gzip);
}

const first = new Set(['index.html', 'icon.svg']);
const visit = (key) => {
  const chunk = manifest[key];
  if (first.has(chunk.file)) return;
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) first.add(file);
  for (const next of chunk.imports ?? []) visit(next);
};
for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key);

let total = 0;
for (const file of first) {
  const size = packed.get(file) ?? readFileSync(new URL(file, dist)).length;
  total += size;
  console.log(`${String(size).padStart(8)} B gzip  ${file}`);
}
console.log(`${String(total).padStart(8)} B gzip  first load (budget ${kBudget} B)`);
if (total > kBudget) {
  console.error('First load is over the budget.');
  process.exit(1);
}
