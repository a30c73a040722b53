import { defineConfig } from 'vitest/config';

// The server maps /candidate/* to dist and /i/<token> to dist/index.html, so assets need an absolute base.
export default defineConfig({
  base: '/candidate/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['es2020', 'chrome87', 'safari14', 'firefox78', 'edge88'],
    outDir: 'dist',
    manifest: true,
    assetsInlineLimit: 2048,
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
