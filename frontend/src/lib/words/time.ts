// Times as people say them: "this morning", "Thursday", "on 12 December". Never a count of minutes.
import { m } from '#lib/paraglide/messages';
import { getLocale } from '#lib/paraglide/runtime';

const DAY_MS = 86_400_000;

const tag = (): string => (getLocale() === 'fr' ? 'fr-FR' : 'en-GB');

/** Making one takes far longer than using it, and a board says some hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(tag(), options);
  formats.set(key, made);
  return made.format(date);
}

/** The first one reads the tables of a language, some 20 ms on a phone: worth doing while an answer is awaited. */
export const readyTimes = (): unknown => weekday(new Date());

const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** How many days lie between two dates as a calendar counts them. */
const daysFrom = (from: Date, to: Date): number => Math.round((midnight(to) - midnight(from)) / DAY_MS);

/** After a week the server tells the day only, as its midnight in UTC: it is that day everywhere. */
function moment(iso: string): Date {
  const date = new Date(iso);
  const isDay = date.getTime() % DAY_MS === 0 && Date.now() - date.getTime() > 6 * DAY_MS;
  return isDay ? new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 12) : date;
}

const day = (date: Date): string => format(date, { day: 'numeric', month: 'long' });
const weekday = (date: Date): string => format(date, { weekday: 'long' });
const longDay = (date: Date): string => format(date, { weekday: 'long', day: 'numeric', month: 'long' });

/** 18 h 30 or 18:30. */
export function clock(date: Date): string {
  const [hour, minute] = format(date, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).split(':');
  if (getLocale() !== 'fr') return `${hour}:${minute}`;
  return minute === '00' ? `${Number(hour)}\u00a0h` : `${Number(hour)}\u00a0h\u00a0${minute}`;
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
    weekday: format(date, { weekday: 'short' }),
    day: format(date, { day: 'numeric' }),
    month: format(date, { month: 'short' })
  };
}

/** A day on which something comes down, to choose from. */
export const dayIn = (days: number): string => longDay(new Date(Date.now() + days * DAY_MS));

/** A day in full. */
export const fullDay = (iso: string): string => format(new Date(iso), { day: 'numeric', month: 'long', year: 'numeric' });

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

/** What a field for date and time holds, as a moment. */
export const fromField = (value: string): string => new Date(value).toISOString();

/** A moment as a field for date and time holds it. */
export function toField(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
