// Months as the server names them, such as 2026-10: those of UTC.
import { m } from '#lib/paraglide/messages';

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

const named = (year: number, month: number): string => new Date(Date.UTC(year, month)).toISOString().slice(0, 7);

/** So many months later; before, where that is less than nothing. */
export function later(month: string, by: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return named(year, number - 1 + by);
}

/** The last one that is over. */
export const lastMonth = (now: number): string => later(new Date(now).toISOString().slice(0, 7), -1);

/** What somebody asked for in an address, where that is a month that is over. */
export const monthIn = (text: string | null, now: number): string | undefined =>
  text && MONTH.test(text) && text <= lastMonth(now) ? text : undefined;

/** "October 2026". */
export function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${m.time_months().split(' ')[Number(number) - 1] ?? number} ${year}`;
}
