// Where somebody moderates: where they live, or where they help out.
import type { HelpingFragment, MemberFragment } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export type Office = MemberFragment | HelpingFragment;

/** Everywhere somebody moderates, where they live first. */
export const offices = (): Office[] => [...(session.me?.memberships.filter(({ moderator }) => moderator) ?? []), ...session.helping];

/** What of it is in this neighbourhood. */
export const officeAt = (slug: string): Office | undefined => offices().find(({ neighbourhood }) => neighbourhood.slug === slug);

/** Until when they help out there, and under which name; nothing where they live. */
export const helpingAt = (office: Office): HelpingFragment | undefined => ('until' in office ? office : undefined);
