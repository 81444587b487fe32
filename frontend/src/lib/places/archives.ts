import { PMTiles, type RangeResponse, type Source } from 'pmtiles';
import { parentOf } from './s2.ts';

/** Maps come in one archive for each cell of this level. */
const LEVEL = 11;

/** The archives that together show some tiles: always all of them, whatever is looked at. */
export function archivesOf(tiles: readonly { token: string }[]): string[] {
  return [...new Set(tiles.map(({ token }) => parentOf(token, LEVEL)))].toSorted();
}

/** An archive read from memory. Ranges would show the server where one looks, so it is fetched whole. */
class InMemory implements Source {
  readonly #key: string;
  readonly #bytes: ArrayBuffer;

  constructor(key: string, bytes: ArrayBuffer) {
    this.#key = key;
    this.#bytes = bytes;
  }

  getKey(): string {
    return this.#key;
  }

  getBytes(offset: number, length: number): Promise<RangeResponse> {
    return Promise.resolve({ data: this.#bytes.slice(offset, offset + length) });
  }
}

/** Fetches an archive; undefined where the board has none for this cell. */
export async function fetchArchive(token: string): Promise<PMTiles | undefined> {
  const answer = await fetch(`/tiles/${token}.pmtiles`);
  return answer.ok ? new PMTiles(new InMemory(token, await answer.arrayBuffer())) : undefined;
}
