import { m } from '#lib/paraglide/messages';
import { fullDay, moments } from './time';

const DAY_MS = 86_400_000;

/** As the server tells a day: as its midnight in UTC, which is that day everywhere. */
function noonOf(iso: string): Date {
  const date = new Date(iso);
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 12);
}


/** Such a day in full. */
export const dayInFull = (iso: string): string => fullDay(noonOf(iso).toISOString());

/** The last whole day of what is over as a day begins. */
export const lastDay = (iso: string): string => dayInFull(new Date(Date.parse(iso) - 1).toISOString());

/** Such a day for the middle of a sentence: "today", "yesterday", "on Tuesday 24 November". */
export function onDay(iso: string): string {
  const ago = Math.floor(Date.now() / DAY_MS) - Math.floor(Date.parse(iso) / DAY_MS);
  if (ago <= 0) return m.time_today();
  return ago === 1 ? m.time_yesterday() : moments(noonOf(iso).getTime());
}
