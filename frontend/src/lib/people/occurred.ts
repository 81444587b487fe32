// When something happened, as coarsely as it is told: the day, and about which hour.
import type { Draft } from '#lib/device/drafts';
import { m } from '#lib/paraglide/messages';
import { clock, dayAt, posted } from '#lib/words/time';

const DAY_MS = 86_400_000;
/** The board takes what is no older than thirty days, to the hour. */
const DAYS = 30;

const twoDigits = (part: number): string => String(part).padStart(2, '0');
const keyOf = (date: Date): string => `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;

/** The days to choose from, today first, with what they are called. */
export function days(now: number): { day: string; name: string }[] {
  const today = new Date(now);
  return Array.from({ length: DAYS }, (_, ago) => {
    const noon = new Date(today.getFullYear(), today.getMonth(), today.getDate() - ago, 12);
    return { day: keyOf(noon), name: dayAt(noon.getTime()) };
  });
}

/** The hours of a day that are not to come, with what they are called. */
export function hours(day: string, now: number): { hour: string; name: string }[] {
  const today = new Date(now);
  const most = day === keyOf(today) ? today.getHours() : 23;
  return Array.from({ length: most + 1 }, (_, hour) => ({ hour: String(hour), name: clock(new Date(2000, 0, 1, hour)) }));
}

/** As the server takes it; null until both are said. */
export function momentOf({ day, hour }: Draft['occurred']): string | null {
  return day && hour ? new Date(`${day}T${hour.padStart(2, '0')}:00`).toISOString() : null;
}

/** "Thursday at about 22:00"; after a week the server tells the day alone. */
export function around(iso: string): string {
  const at = Date.parse(iso);
  const isDay = at % DAY_MS === 0 && Date.now() - at > 6 * DAY_MS;
  return isDay ? posted(iso) : m.occurred_around({ day: posted(iso), time: clock(new Date(at)) });
}
