import { emptyDraft, emptyForm, type Draft } from '#lib/device/drafts';
import type { MemberFragment } from '#lib/gql/graphql';
import type { Edit } from '#lib/notice/edit.svelte';
import { WHOLE } from '#lib/places/levelMap';
import { rulesOf } from '#lib/words/category';

/** What its author was making of a notice that is gone, as the draft of a new one. Its photos went with it. */
export function draftOf({ hung, title, body, event, form }: Edit, member: MemberFragment): Draft {
  return {
    ...emptyDraft(),
    category: rulesOf(hung.category)?.category,
    title: form ? '' : title,
    body,
    cell: cellOf(hung.tile, member),
    signedAs: hung.signature,
    event: { ...event },
    form: form ? { ...form, considered: [...form.considered] } : emptyForm()
  };
}

/** Where it hung, as the form has it: a tile that hangs there too, home before the others. */
function cellOf(token: string, { homeTile, neighbourhood }: MemberFragment): string | undefined {
  if (token === homeTile.token) return undefined;
  if (token === WHOLE) return WHOLE;
  const hanging = (neighbourhood.tiles ?? []).filter((tile) => tile.selectable && [tile.token, tile.coarse.token].includes(token));
  return hanging.some((tile) => tile.token === homeTile.token) ? undefined : hanging[0]?.token;
}
