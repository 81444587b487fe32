// Times as people say them: "this morning", "Thursday", "on 12 December". Never a count of minutes.
import { m } from '#lib/paraglide/messages';
import { getLocale } from '#lib/paraglide/runtime';

const DAY_MS = 86_400_000;

const list = (words: string, at: number): string => words.split(' ')[at] ?? '';

const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** How many days lie between two dates as a calendar counts them. */
const daysFrom = (from: Date, to: Date): number => Math.round((midnight(to) - midnight(from)) / DAY_MS);

/** After a week the server tells the day only, as its midnight in UTC: it is that day everywhere. */
function moment(iso: string): Date {
  const date = new Date(iso);
  const isDay = date.getTime() % DAY_MS === 0 && Date.now() - date.getTime() > 6 * DAY_MS;
  return isDay ? new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 12) : date;
}

// The words are messages, not Intl's: its first answer costs a phone a tenth of a second, and its French knows no 1er.
const weekday = (date: Date): string => list(m.time_weekdays(), date.getDay());
const dayOfMonth = (date: Date): string => (date.getDate() === 1 && getLocale() === 'fr' ? '1er' : String(date.getDate()));
const day = (date: Date): string => `${dayOfMonth(date)} ${list(m.time_months(), date.getMonth())}`;
const longDay = (date: Date): string => `${weekday(date)} ${day(date)}`;
const twoDigits = (part: number): string => String(part).padStart(2, '0');

/** 18 h 30 or 18:30. */
export function clock(date: Date): string {
  const [hour, minute] = [date.getHours(), twoDigits(date.getMinutes())];
  if (getLocale() !== 'fr') return `${twoDigits(hour)}:${minute}`;
  return minute === '00' ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${minute}`;
}

function partOfDay(date: Date): string {
  if (date.getHours() < 12) return m.time_this_morning();
  return date.getHours() < 18 ? m.time_this_afternoon() : m.time_this_evening();
}

/** When something went up. */
export function posted(iso: string): string {
  const date = moment(iso);
  const ago = daysFrom(date, new Date());
  if (ago <= 0) return partOfDay(date);
  if (ago === 1) return m.time_yesterday();
  return ago < 7 ? weekday(date) : day(date);
}

/** When something will be, for the end of a sentence. */
export function until(iso: string): string {
  const date = new Date(iso);
  const ahead = daysFrom(new Date(), date);
  if (ahead <= 0) return date.getHours() < 18 ? m.time_today() : m.time_this_evening();
  if (ahead === 1) return m.time_tomorrow();
  return ahead < 7 ? m.time_on_weekday({ day: weekday(date) }) : m.time_on_day({ day: day(date) });
}

/** When one may again, to the minute if it is soon. */
export function again(iso: string): string {
  const date = new Date(iso);
  return daysFrom(new Date(), date) <= 0 ? m.time_at({ time: clock(date) }) : m.time_on_day({ day: longDay(date) });
}

/** From when to when an event is. */
export function span(startIso: string, endIso: string): string {
  const [start, end] = [new Date(startIso), new Date(endIso)];
  const from = `${longDay(start)}, ${clock(start)}`;
  return daysFrom(start, end) === 0 ? `${from} – ${clock(end)}` : `${from} – ${longDay(end)}, ${clock(end)}`;
}

/** An event's day as a leaf of a calendar. */
export function leaf(iso: string): { weekday: string; day: string; month: string } {
  const date = new Date(iso);
  return {
    weekday: list(m.time_weekdays_short(), date.getDay()),
    day: dayOfMonth(date),
    month: list(m.time_months_short(), date.getMonth())
  };
}

/** A day on which something comes down, to choose from. */
export const dayAt = (at: number): string => longDay(new Date(at));

/** A day in full. */
export function fullDay(iso: string): string {
  const date = new Date(iso);
  return `${day(date)} ${date.getFullYear()}`;
}

/** The hour and, if it was another day, the day. */
export function moments(at: number): string {
  const date = new Date(at);
  return daysFrom(date, new Date()) === 0 ? m.time_at({ time: clock(date) }) : m.time_on_day({ day: longDay(date) });
}

export type Section = 'recent' | 'week' | 'earlier';

/** Under which heading of the board a notice stands. */
export function section(iso: string): Section {
  const ago = daysFrom(moment(iso), new Date());
  if (ago <= 1) return 'recent';
  return ago < 7 ? 'week' : 'earlier';
}
