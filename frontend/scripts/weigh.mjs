// Compresses what the browser fetches and refuses a first load above 300 kB of compressed JavaScript.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const LIMIT_KB = 300;
const dist = new URL("../dist/", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

function withImports(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) withImports(imported, seen);
  return seen;
}

const weigh = (file) => gzipSync(readFileSync(join(dist, file))).length / 1000;
const total = (files) => [...files].reduce((sum, file) => sum + weigh(file), 0);

for (const name of readdirSync(join(dist, "assets"))) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const path = join(dist, "assets", name);
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
}

const first = withImports("src/main.tsx");
for (const [key] of Object.entries(manifest).filter(([, c]) => c.isDynamicEntry && c.file.endsWith(".js"))) {
  const own = total([...withImports(key)].filter((file) => !first.has(file)));
  console.log(`  + ${own.toFixed(0).padStart(4)} kB  ${key}`);
}
console.log(`first load: ${total(first).toFixed(0)} kB of compressed JavaScript (limit ${LIMIT_KB})`);
if (total(first) > LIMIT_KB) {
  console.error("The first load is too heavy.");
  process.exit(1);
}
