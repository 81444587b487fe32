// When a notice comes down, rounded as the board does: the form, the preview and the board say the same day.

import type { Category } from '#lib/gql/graphql';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;

/** By which steps the times of a category are shown. */
const stepOf = (category: Category): number => (category === 'INCIDENT' ? HOUR_MS : QUARTER_MS);

const roundedUp = (at: number, step: number): number => Math.ceil(at / step) * step;

/**
 * So many days from a moment on: up to a step of its category, and to the day where that is a week away or more, so that
 * the end does not tell the beginning. The board leaves it as it is.
 */
export function comesDown(category: Category, from: number, days: number): number {
  const end = from + days * DAY_MS;
  const step = stepOf(category);
  const near = roundedUp(end, step);
  const begun = Math.floor(from / step) * step;
  return near - begun < 7 * DAY_MS ? near : roundedUp(end, DAY_MS);
}
