/** A stretch of a text in UTF-16 units, as JavaScript counts. */
interface Range {
  start: number;
  end: number;
}

/** A text cut into what was found and what lies between; ranges may touch, overlap or reach beyond the end. */
export function marked(text: string, ranges: readonly Range[]): { piece: string; found: boolean }[] {
  const pieces: { piece: string; found: boolean }[] = [];
  let at = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    if (from >= end || from >= text.length) continue;
    if (from > at) pieces.push({ piece: text.slice(at, from), found: false });
    pieces.push({ piece: text.slice(from, end), found: true });
    at = Math.min(end, text.length);
  }
  if (at < text.length) pieces.push({ piece: text.slice(at), found: false });
  return pieces;
}
