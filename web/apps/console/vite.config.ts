import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// `npm run dev` talks to a server started beside it; its address comes from the environment.
const server = process.env.BOLE_SERVER ?? 'http://127.0.0.1:8080';

/** Icons do not read their file names aloud: src/lib/silentIcon.tsx draws them all, also those inside antd. */
function silentIcons(): Plugin {
  const ours = fileURLToPath(new URL('src/lib/silentIcon.tsx', import.meta.url));
  return {
    name: 'silent-icons',
    enforce: 'pre',
    resolveId: (source, importer) => (source.endsWith('/components/AntdIconLight') && importer !== ours ? ours : null),
  };
}

export default defineConfig({
  plugins: [silentIcons(), react()],
  server: { proxy: { '/api': { target: server, changeOrigin: true } } },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
  },
});
