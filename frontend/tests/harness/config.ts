import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A page with the pickers alone, outside of the product's build; bundled the same way. */
export function harness(outDir: string): InlineConfig {
  return {
    configFile: false,
    logLevel: 'warn',
    root: here('.'),
    publicDir: here('../../static'),
    plugins: [
      paraglideVitePlugin({
        project: here('../../project.inlang'),
        outdir: here('../../src/lib/paraglide'),
        strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
        emitTsDeclarations: true
      }),
      svelte()
    ],
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0 }
  };
}
