import { defineConfig } from 'vite';

/** Static files and nothing else: no inlined data, no outside address, nothing that a strict policy would refuse. */
export default defineConfig({
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, emptyOutDir: true },
  // For work on the pages: `npx vite apps/console` beside a running gateway.
  server: { proxy: { '/admin': process.env.GATEWAY_URL ?? 'http://127.0.0.1:8081' } },
});
