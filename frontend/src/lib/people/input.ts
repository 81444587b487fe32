// A draft about what somebody did, as the server takes it.
import type { Draft } from '#lib/device/drafts';
import type { MemberFragment, PublishPostInput } from '#lib/gql/graphql';
import { formInput } from './form';
import { momentOf } from './occurred';

/** Its title is made of the act, it has no photos, and it comes down when its category says; nothing while the form stops. */
export function aboutInput(draft: Draft, member: MemberFragment, contestFindings: boolean): PublishPostInput | undefined {
  const behaviour = formInput(draft.form);
  if (!behaviour) return undefined;
  return {
    clientKey: draft.clientKey,
    neighbourhood: member.neighbourhood.id,
    category: 'CONCERNING_BEHAVIOUR',
    title: '',
    body: draft.body,
    cell: draft.cell ?? null,
    occurredAt: momentOf(draft.occurred),
    signedAs: draft.signedAs ?? null,
    behaviour,
    contestFindings
  };
}
