// What the reading of a text may have found by mistake: a person can read it instead.
import type { ReasonFragment, RefusalCode } from '#lib/gql/graphql';

const FOUND: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'PLATE_FOUND',
  'PHONE_FOUND',
  'EMAIL_FOUND',
  'COORDINATES_FOUND',
  'ADDRESS_FOUND',
  'PRESENCE_ALONE',
  'ORIGIN_NAMED',
  'USE_THE_FORM',
  'GATHERING',
  'NOT_POSTABLE'
]);

/** Whether nothing else stands against it than what was found in its text. */
export const canContest = (reasons: ReasonFragment[]): boolean =>
  reasons.length > 0 && reasons.every(({ code }) => FOUND.has(code));
