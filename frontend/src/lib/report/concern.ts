/** What somebody has something to say about: a notice, an answer below it, or a picture that they are in. */
export type Concern = { what: 'notice' | 'answer'; content: string } | { what: 'picture'; post: string; media: string };
