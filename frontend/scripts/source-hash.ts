import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';

const SOURCES = ['src/**/*.*', 'messages/*.json', 'static/*.*', '../schema/{kept,lexicon}.json', 'package-lock.json'];

/** The version of the app: the hash of what it is built from, so that the same sources are the same version. */
export function sourceHash(): string {
  const hash = createHash('sha256');
  for (const path of globSync(SOURCES).toSorted()) {
    if (path.includes('paraglide')) continue;
    hash.update(path).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}
