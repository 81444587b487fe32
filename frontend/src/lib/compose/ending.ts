// When a notice comes down, rounded as the board does: the form, the preview and the board say the same day.

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

const roundedUp = (at: number, step: number): number => Math.ceil(at / step) * step;

/**
 * So many days from a moment on: up to the quarter of an hour, and to the day where that is a week away or more, so that
 * the end does not tell the beginning. The board leaves it as it is.
 */
export function comesDown(from: number, days: number): number {
  const end = from + days * DAY_MS;
  const quarter = roundedUp(end, QUARTER_MS);
  const begun = Math.floor(from / QUARTER_MS) * QUARTER_MS;
  return quarter - begun < 7 * DAY_MS ? quarter : roundedUp(end, DAY_MS);
}
