// Asks what only moderators may: their schema has an address of its own.
import { ask } from '#lib/api/client';
import type { Document } from '#lib/api/document';

/** Carries an operation of the moderators' schema out; throws a fault where it was not, or nobody knows. */
export const askDesk = <Data, Variables>(document: Document<Data, Variables>, variables: Variables): Promise<Data> =>
  ask(document, variables, '/moderator/graphql');

/** The same for what changes something. */
export const actDesk = askDesk;
