// The steps of the form, in words: above the form, and in the report of a month.
import type { FormStep } from '#lib/gql/graphql';
import { m } from '#lib/paraglide/messages';

const NAMES: Record<FormStep, () => string> = {
  ACT: m.step_done,
  WHEN: m.step_when,
  HARM: m.step_harm,
  DANGER: m.step_danger,
  ORDINARY: m.step_ordinary,
  SENT: m.log_step_sent,
  CONFIRMED: m.log_step_confirmed
};

/** The schema may grow: what has no name here is called by its own. */
export const stepName = (step: FormStep): string => NAMES[step]?.() ?? step;
