// The form as the server takes it, and as its fields show it.
import type { DraftForm } from '#lib/device/drafts';
import type { BehaviourInput, ToldFragment } from '#lib/gql/graphql';
import type { Passage } from '#lib/screening/reading';

/** The fields of the form of which the server may say something. */
export const FORM_FIELDS = ['body', 'behaviour.act', 'behaviour.harm', 'behaviour.considered', 'behaviour.whyNot', 'behaviour.clothing'];

/** What it says; nothing until it is said what was done, and that nobody is in danger now. */
export function formInput({ act, harm, danger, considered, whyNot, clothing }: DraftForm): BehaviourInput | undefined {
  if (!act || danger !== false) return undefined;
  return { act, harm, dangerNow: false, considered, whyNot, clothing: clothing || null };
}

/** What its author said in it; nobody was in danger then. */
export const formOf = ({ act, harm, considered, whyNot, clothing }: ToldFragment): DraftForm => ({
  act,
  harm,
  danger: false,
  considered: [...considered],
  whyNot,
  clothing: clothing ?? ''
});

/** Everything that is written in it, in the order in which the board reads it. */
export const formPassages = (body: string, { harm, whyNot, clothing }: DraftForm): Passage[] => [
  { field: 'body', text: body },
  { field: 'behaviour.harm', text: harm },
  { field: 'behaviour.whyNot', text: whyNot },
  { field: 'behaviour.clothing', text: clothing }
];
