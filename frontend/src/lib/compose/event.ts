import type { Draft } from '#lib/device/drafts';
import type { CardFragment, EventInput } from '#lib/gql/graphql';

/** The fields of an event of which the server may say something. */
export const EVENT_FIELDS = ['event', 'event.startsAt', 'event.endsAt', 'event.placeName', 'event.capacity'];

type Fields = Draft['event'];

/** What a field for date and time holds, as a moment. */
const fromField = (value: string): string => new Date(value).toISOString();

/** A moment as a field for date and time holds it. */
function toField(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What the fields of an event say, as the server takes it; null until it has its times. */
export function eventInput({ starts, ends, place, capacity, isPublic }: Fields): EventInput | null {
  if (!starts || !ends) return null;
  return {
    startsAt: fromField(starts),
    endsAt: fromField(ends),
    placeName: place,
    capacity: capacity ? Number(capacity) : null,
    audience: isPublic ? 'PUBLIC' : 'NEIGHBOURHOOD'
  };
}

/** An event as its fields show it. */
export function eventFields(event: CardFragment['event']): Fields {
  return {
    starts: event ? toField(event.startsAt) : '',
    ends: event ? toField(event.endsAt) : '',
    place: event?.placeName ?? '',
    capacity: event?.capacity ? String(event.capacity) : '',
    isPublic: event?.audience === 'PUBLIC'
  };
}
