// What can be wrong, in words.
import type { ReportReason } from '#lib/gql/graphql';
import { m } from '#lib/paraglide/messages';

const REASON_NAMES: Record<ReportReason, () => string> = {
  ABOUT_SOMEBODY: m.report_about_somebody,
  ORIGIN_OR_GROUP: m.report_origin,
  GIVES_AWAY: m.report_gives_away,
  HARASSMENT: m.report_harassment,
  DANGER: m.report_danger,
  ADVERTISING: m.report_advertising,
  ILLEGAL_CONTENT: m.report_illegal,
  SOMETHING_ELSE: m.report_else,
  IN_PICTURE: m.report_in_picture
};

/** Those that one chooses from; that one is in a picture is said at the picture. */
export const REASONS = (Object.keys(REASON_NAMES) as ReportReason[]).filter((reason) => reason !== 'IN_PICTURE');

/** The schema may grow: what has no name here is called by its own. */
export const reasonName = (reason: ReportReason): string => REASON_NAMES[reason]?.() ?? reason;
