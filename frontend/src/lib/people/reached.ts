// How far somebody got in the form: what the steps show, and what is counted of them.
import { act } from '#lib/api/client';
import type { Draft } from '#lib/device/drafts';
import { CountFormStepDocument, type FormStep } from '#lib/gql/graphql';

/** The steps that are done on the device, in their order, each with whether it is. */
export const stepsOf = ({ form, body, occurred }: Draft): readonly [FormStep, boolean][] => [
  ['ACT', form.act !== undefined && body.trim() !== ''],
  ['WHEN', occurred.day !== '' && occurred.hour !== ''],
  ['HARM', form.harm.trim() !== ''],
  ['DANGER', form.danger === false],
  ['ORDINARY', form.considered.length > 0 && form.whyNot.trim() !== '']
];

/** The last step before the first that is not done; undefined: none is. */
export function furthest(draft: Draft): FormStep | undefined {
  const steps = stepsOf(draft);
  const open = steps.findIndex(([, done]) => !done);
  return steps[(open < 0 ? steps.length : open) - 1]?.[0];
}

const ORDER: readonly FormStep[] = ['ACT', 'WHEN', 'HARM', 'DANGER', 'ORDINARY', 'SENT'];
const place = (step: FormStep | undefined): number => (step ? ORDER.indexOf(step) : -1);

/**
 * Counts it, where it is further than what was counted of this draft before: for the report of the month. Answers what is counted
 * then. Whether it arrives does not matter to whoever writes.
 */
export function count(neighbourhood: string, counted: FormStep | undefined, step: FormStep | undefined): FormStep | undefined {
  if (!step || place(step) <= place(counted)) return counted;
  void act(CountFormStepDocument, { input: { neighbourhood, after: counted ?? null, furthest: step } }).catch(() => {});
  return step;
}
