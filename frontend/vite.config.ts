import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { groups } from './scripts/chunks.ts';
import { proxy } from './scripts/dev-proxy.ts';
import { sourceHash } from './scripts/source-hash.ts';

/** SvelteKit's route announcer hides itself with this one style attribute. */
const ANNOUNCER = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
      emitTsDeclarations: true,
      isServer: 'false'
    }),
    sveltekit({
      adapter: adapter({ fallback: 'index.html', precompress: true }),
      version: { name: sourceHash(), pollInterval: 0 },
      serviceWorker: { register: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-hashes', ANNOUNCER],
          'img-src': ['self', 'blob:', 'data:'],
          'connect-src': ['self'],
          'worker-src': ['self'],
          'manifest-src': ['self'],
          'base-uri': ['none'],
          'form-action': ['self']
        }
      }
    })
  ],
  build: { assetsInlineLimit: 0, rolldownOptions: { output: { codeSplitting: { groups } } } },
  server: { fs: { allow: ['../schema'] }, proxy: proxy(process.env.PALIER ?? 'http://127.0.0.1:8080') }
});
