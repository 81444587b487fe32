import { act, ask } from '#lib/api/client';
import { AboutPeopleDocument, AnswerPoliceReadingDocument } from '#lib/gql/graphql';

/** The first answer counts for all incidents that come; each after it is about one alone. */
export async function keepFirstAnswer(mayRead: boolean | null | undefined): Promise<void> {
  if (typeof mayRead !== 'boolean') return;
  const { viewer } = await ask(AboutPeopleDocument, {});
  if (viewer?.aboutPeople?.policeMayRead === null) await act(AnswerPoliceReadingDocument, { input: { mayRead } });
}
