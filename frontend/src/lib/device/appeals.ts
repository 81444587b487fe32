import { dropBegun, keepBegun, keptBegun } from './begun';

const keyOf = (statement: string): string => `appeal:${statement}`;

/** What somebody is writing against a decision: kept on this device only, until it is sent or taken back. */
export const keptAppeal = (statement: string): Promise<string | undefined> => keptBegun(keyOf(statement));
export const keepAppeal = (statement: string, text: string): Promise<unknown> => keepBegun(keyOf(statement), text);
export const dropAppeal = (statement: string): Promise<unknown> => dropBegun(keyOf(statement));
