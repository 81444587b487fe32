/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** An answer below a notice. */
export type AddCommentInput = {
  /** Its text. */
  body: string;
  /** Random, minted by the client, as for publishing. */
  clientKey: string;
  /** Below which notice. */
  post: string;
  /** How it is signed; absent: with the pseudonym. */
  signedAs?: Signature | null | undefined;
};

/** Who may read about an event. */
export type Audience =
  /** Members of the neighbourhood. */
  | 'NEIGHBOURHOOD'
  /** Everybody, signed out too. */
  | 'PUBLIC';

/** What a notice is about. */
export type Category =
  /** What somebody did that gives concern. Not yet. */
  | 'CONCERNING_BEHAVIOUR'
  /** A party, a market, a meeting. */
  | 'EVENT'
  /** Something broken in the street. */
  | 'FAULT'
  /** A thing given away or lent. */
  | 'GIVE_LEND'
  /** Something dangerous: ice, a fallen tree, a broken light. */
  | 'HAZARD'
  /** A hand wanted or offered. */
  | 'HELP'
  /** Something that happened: a theft, a break-in, a crash. Not yet. */
  | 'INCIDENT'
  /** Something or an animal lost or found. */
  | 'LOST_FOUND'
  /** A question to the neighbours. */
  | 'QUESTION';

/** Another home tile. */
export type ChangeHomeCellInput = {
  /** The tile, or `X` for the whole neighbourhood. */
  cell: string;
  /** Where. */
  neighbourhood: string;
};

/** Another language. */
export type ChangeLocaleInput = {
  /** The language of mails and sentences. */
  locale: Locale;
};

/** A new password for an old one. */
export type ChangePasswordInput = {
  /** The password there is. */
  current: string;
  /** At least 10 characters, not easily guessed. */
  password: string;
};

/** Another name. */
export type ChangePseudonymInput = {
  /** Where. */
  neighbourhood: string;
  /** The name under what one signs there. */
  pseudonym: string;
};

/** The link in the mail. */
export type ConfirmEmailInput = {
  /** What the link carries. */
  token: string;
};

/** A code for neighbours. */
export type CreateInviteInput = {
  /** Days until it ends, 1 to 30. */
  days?: number;
  /** Where it lets in. */
  neighbourhood: string;
  /** How many may join with it, 1 to 10. */
  uses?: number;
};

/** What changes of a notice; what is absent stays. */
export type EditPostInput = {
  /** Its text. */
  body?: string | null | undefined;
  /** Random, minted by the client, as for publishing. */
  clientKey: string;
  /** For an event: when and where. */
  event?: EventInput | null | undefined;
  /** When it comes down. */
  expiresAt?: string | null | undefined;
  /** Its pictures, those that stay too, at most 4; an empty list takes them all away. */
  media?: Array<string> | null | undefined;
  /** What each picture shows, in the same order. */
  mediaAlt?: Array<string> | null | undefined;
  /** Which notice. */
  post: string;
  /** Its title. */
  title?: string | null | undefined;
};

/** The end of an account. */
export type EraseAccountInput = {
  /** The password once more. */
  password: string;
};

/** When and where an event is. */
export type EventInput = {
  /** Who may read about it. */
  audience?: Audience;
  /** How many can come; absent: no limit. */
  capacity?: number | null | undefined;
  /** When it ends. */
  endsAt: string;
  /** The venue, in words. */
  placeName?: string;
  /** When it begins. */
  startsAt: string;
};

/** Joins a further neighbourhood. */
export type JoinInput = {
  /** The invite code. */
  code: string;
  /** Home, as coarse as the map; absent: the whole neighbourhood, until one chooses. */
  homeCell?: string | null | undefined;
  /** The name under what one signs there. */
  pseudonym: string;
};

/** A language that Palier speaks. */
export type Locale =
  /** English. */
  | 'EN'
  /** French. */
  | 'FR';

/** A name for a tile. */
export type NameTileInput = {
  /** The tile. */
  cell: string;
  /** What neighbours call it; empty takes the name away. */
  name: string;
  /** Where. */
  neighbourhood: string;
};

/** Where a notice stands in its life. */
export type PostState =
  /** Waits until its author may confirm it. */
  | 'COOLING_DOWN'
  /** Written, not confirmed. */
  | 'DRAFT'
  /** Its time is over. */
  | 'EXPIRED'
  /** Waits until a moderator has read it. */
  | 'IN_REVIEW'
  /** Nobody read it in time; it never was on the board. */
  | 'LAPSED'
  /** On the board. */
  | 'PUBLISHED'
  /** Taken down by a moderator. */
  | 'REMOVED'
  /** On the board, the matter settled. */
  | 'RESOLVED'
  /** Taken down by its author. */
  | 'WITHDRAWN';

/** A notice to put up. */
export type PublishPostInput = {
  /** Its text. */
  body: string;
  /** What about. */
  category: Category;
  /** The tile it is about; absent: home. */
  cell?: string | null | undefined;
  /**
   * Random, minted by the client: the same key and input give the same answer for 48 hours, so a retry is harmless.
   * 16 to 64 characters of A-Z a-z 0-9 - _, such as a UUID. Never the public id.
   */
  clientKey: string;
  /** For an event: when and where. */
  event?: EventInput | null | undefined;
  /** When it comes down; absent: as its category says. */
  expiresAt?: string | null | undefined;
  /** Pictures sent before, at most 4. */
  media?: Array<string> | null | undefined;
  /** What each picture shows, in the same order, for those who do not see it. */
  mediaAlt?: Array<string> | null | undefined;
  /** Where. */
  neighbourhood: string;
  /** When what it tells happened. */
  occurredAt?: string | null | undefined;
  /** How it is signed; absent: with the pseudonym at home, as "a neighbour" elsewhere. */
  signedAs?: Signature | null | undefined;
  /** Its title. */
  title: string;
};

/** A new password, by a mailed link. */
export type RecoverPasswordInput = {
  /** At least 10 characters, not easily guessed. */
  password: string;
  /** What the link carries. */
  token: string;
};

/** Why something was not done. New codes may be added: show the message of one you do not know. */
export type RefusalCode =
  /** The text has a street address. */
  | 'ADDRESS_FOUND'
  /** Already a member there. */
  | 'ALREADY_MEMBER'
  /** The code opens nothing. */
  | 'CODE_UNKNOWN'
  /** The text has coordinates. */
  | 'COORDINATES_FOUND'
  /** An invite is good for 1 to 30 days. */
  | 'DAYS_OUT_OF_RANGE'
  /** The text has an e-mail address. */
  | 'EMAIL_FOUND'
  /** Not an address that mail can be sent to. */
  | 'EMAIL_INVALID'
  /** Nothing is written there. */
  | 'EMPTY'
  /** Only an event has a time and a venue, and an event must have them. */
  | 'EVENT_DETAILS'
  /** Every place of the event is taken. */
  | 'EVENT_FULL'
  /** The end is too near or too far. */
  | 'EXPIRY_OUT_OF_RANGE'
  /** A character that hides, reverses or breaks text. */
  | 'FORBIDDEN_CHARACTER'
  /** Gatherings are no subject of such a post. */
  | 'GATHERING'
  /** Another notice shows one of the pictures. */
  | 'MEDIA_IN_USE'
  /** This category shows no pictures, or fewer. */
  | 'MEDIA_NOT_ALLOWED'
  /** New members may not do this yet. */
  | 'NEWCOMER'
  /** Presence or looks are nothing that was done: not a matter for the board. */
  | 'NOT_POSTABLE'
  /** This comes later. */
  | 'NOT_YET'
  /** The notice takes no comments. */
  | 'NO_COMMENTS'
  /** The notice takes no answers about coming. */
  | 'NO_RSVP'
  /** The text names where somebody comes from or what they believe. */
  | 'ORIGIN_NAMED'
  /** A reason that has no name here yet; the message says it. */
  | 'OTHER'
  /** The tile is not in this neighbourhood. */
  | 'OUTSIDE_NEIGHBOURHOOD'
  /** The password is too long. */
  | 'PASSWORD_TOO_LONG'
  /** The text has a phone number. */
  | 'PHONE_FOUND'
  /** The text has a number plate. */
  | 'PLATE_FOUND'
  /** The text says only that somebody was there. */
  | 'PRESENCE_ALONE'
  /** A character that a pseudonym may not have. */
  | 'PSEUDONYM_CHARACTERS'
  /** A pseudonym has 2 to 32 characters. */
  | 'PSEUDONYM_LENGTH'
  /** The pseudonym speaks for others. */
  | 'PSEUDONYM_RESERVED'
  /** The pseudonym is taken, or looks like one that is. */
  | 'PSEUDONYM_TAKEN'
  /** May not take part for now. */
  | 'SUSPENDED'
  /** A time that cannot be. */
  | 'TIME_OUT_OF_RANGE'
  /** The link was used or is too old. */
  | 'TOKEN_UNKNOWN'
  /** Too much is written there. */
  | 'TOO_LONG'
  /** Two invites are open already. */
  | 'TOO_MANY_INVITES'
  /** A resident is a member of at most so many neighbourhoods. */
  | 'TOO_MANY_NEIGHBOURHOODS'
  /** An invite is good for 1 to 10 people. */
  | 'USES_OUT_OF_RANGE'
  /** This belongs into the form for posts about people. */
  | 'USE_THE_FORM'
  /** The password is too easily guessed. */
  | 'WEAK_PASSWORD'
  /** Address and password do not belong together. */
  | 'WRONG_CREDENTIALS'
  /** Not the account's password. */
  | 'WRONG_PASSWORD';

/** Whose password was forgotten. */
export type RequestRecoveryInput = {
  /** The address. */
  email: string;
};

/** A notice whose matter is settled. */
export type ResolvePostInput = {
  /** Which. */
  post: string;
};

/** What was read, and what comes of it. */
export type ReviewPostInput = {
  /** Which. */
  post: string;
  /** True: neighbours see what was held. False: it is taken down, the notice or only its pictures, whichever was held. */
  release: boolean;
  /** The `version` that was read: where its author changed it meanwhile, it has to be read again (`CONFLICT`). */
  version: number;
};

/** A code that is to open nothing any more. */
export type RevokeInviteInput = {
  /** Which. */
  invite: string;
  /** Where it lets in. */
  neighbourhood: string;
};

/** A device that is to be signed out. */
export type RevokeSessionInput = {
  /** Its session. */
  session: string;
};

/** An address and its password. */
export type SignInInput = {
  /** The address. */
  email: string;
  /** The password. */
  password: string;
};

/** Joins a neighbourhood with a code and an address. */
export type SignUpInput = {
  /** The invite code. */
  code: string;
  /** The address; only mail is ever sent there, and nobody else learns it. */
  email: string;
  /** Home, as coarse as the map; absent: the whole neighbourhood, until one chooses. */
  homeCell?: string | null | undefined;
  /** At least 10 characters, not easily guessed. */
  password: string;
  /** The name under what one signs there. */
  pseudonym: string;
};

/** How a notice or an answer is signed. */
export type Signature =
  /** "A neighbour". */
  | 'NEIGHBOUR'
  /** With the author's pseudonym. */
  | 'PSEUDONYM';

/** An answer that comes down. */
export type WithdrawCommentInput = {
  /** Which. */
  comment: string;
};

/** A notice that comes down. */
export type WithdrawPostInput = {
  /** Which. */
  post: string;
};

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { viewer: { id: string, locale: Locale, sessions: Array<{ id: string, device: string, created: string, lastSeen: string, current: boolean }>, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, invites: Array<{ id: string, usesLeft: number, expiresAt: string }>, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> } | null };

export type ChangeHomeCellMutationVariables = Exact<{
  input: ChangeHomeCellInput;
}>;


export type ChangeHomeCellMutation = { changeHomeCell:
    | { __typename: 'HomeCellChanged', membership: { pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } } }
    | { __typename: 'HomeCellRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type ChangePseudonymMutationVariables = Exact<{
  input: ChangePseudonymInput;
}>;


export type ChangePseudonymMutation = { changePseudonym:
    | { __typename: 'PseudonymChanged', membership: { pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } } }
    | { __typename: 'PseudonymRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type ChangeLocaleMutationVariables = Exact<{
  input: ChangeLocaleInput;
}>;


export type ChangeLocaleMutation = { changeLocale: { viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> } } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword:
    | { __typename: 'PasswordChanged' }
    | { __typename: 'PasswordRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type CreateInviteMutationVariables = Exact<{
  input: CreateInviteInput;
}>;


export type CreateInviteMutation = { createInvite:
    | { __typename: 'InviteCreated', code: string, invite: { id: string, usesLeft: number, expiresAt: string } }
    | { __typename: 'InviteRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type RevokeInviteMutationVariables = Exact<{
  input: RevokeInviteInput;
}>;


export type RevokeInviteMutation = { revokeInvite: { id: string } };

export type RevokeSessionMutationVariables = Exact<{
  input: RevokeSessionInput;
}>;


export type RevokeSessionMutation = { revokeSession: { id: string } };

export type EraseAccountMutationVariables = Exact<{
  input: EraseAccountInput;
}>;


export type EraseAccountMutation = { eraseAccount:
    | { __typename: 'AccountErased' }
    | { __typename: 'EraseRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type NameTileMutationVariables = Exact<{
  input: NameTileInput;
}>;


export type NameTileMutation = { nameTile: { neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } } };

export type FeedQueryVariables = Exact<{
  neighbourhood: string;
  categories?: Array<Category> | Category | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type FeedQuery = { feed: { changesCursor: string, pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } }> } };

export type FeedChangesSubscriptionVariables = Exact<{
  neighbourhood: string;
  categories?: Array<Category> | Category | null | undefined;
  after?: string | null | undefined;
}>;


export type FeedChangesSubscription = { feedChanges:
    | { __typename: 'FeedReload', cursor: string }
    | { __typename: 'PostAppeared', cursor: string, post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } }
    | { __typename: 'PostChanged', cursor: string, post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } }
    | { __typename: 'PostGone', id: string, cursor: string }
   };

export type TombstonesQueryVariables = Exact<{
  neighbourhood: string;
  since: string;
}>;


export type TombstonesQuery = { tombstones: { cursor: string, hasNextPage: boolean, ids: Array<string>, reload: boolean } };

export type NoticeQueryVariables = Exact<{
  id: string;
  comments: number;
  after?: string | null | undefined;
}>;


export type NoticeQuery = { node:
    | { __typename: 'Neighbourhood' }
    | { __typename: 'Post', mine: boolean | null, id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, neighbourhood: { id: string, slug: string, name: string }, comments: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, body: string, signedBy: string, byAuthor: boolean, mine: boolean, publishedAt: string } }> } | null, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null }
    | { __typename: 'Viewer' }
   | null };

export type MyPostsQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type MyPostsQuery = { myPosts: Array<{ id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null }> };

export type HeldPostsQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type HeldPostsQuery = { heldPosts: Array<{ version: number, mine: boolean | null, id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null }> };

export type EnteredFragment = { viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> } };

export type NotEnteredFragment = { reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> } | null };

export type InvitationQueryVariables = Exact<{
  code: string;
}>;


export type InvitationQuery = { invitation:
    | { __typename: 'Invitation', pseudonyms: Array<string>, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }
    | { __typename: 'InvitationRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { signUp:
    | { __typename: 'MailSent' }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'SignUpRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
   };

export type ConfirmEmailMutationVariables = Exact<{
  input: ConfirmEmailInput;
}>;


export type ConfirmEmailMutation = { confirmEmail:
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'SignInRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'SignedIn', viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> } }
   };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'SignInRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'SignedIn', viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> } }
   };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { signedOut: boolean } };

export type RequestRecoveryMutationVariables = Exact<{
  input: RequestRecoveryInput;
}>;


export type RequestRecoveryMutation = { requestRecovery:
    | { __typename: 'MailSent' }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type RecoverPasswordMutationVariables = Exact<{
  input: RecoverPasswordInput;
}>;


export type RecoverPasswordMutation = { recoverPassword:
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'SignInRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'SignedIn', viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> } }
   };

export type JoinNeighbourhoodMutationVariables = Exact<{
  input: JoinInput;
}>;


export type JoinNeighbourhoodMutation = { joinNeighbourhood:
    | { __typename: 'JoinRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'Joined', membership: { pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } } }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type ReasonFragment = { code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null };

export type LimitedFragment = { limit: string, message: string, retryAfter: string };

export type TileNameFragment = { token: string, name: string };

export type TileChoiceFragment = { token: string, name: string, level: number | null, selectable: boolean };

export type PictureFragment = { id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string };

export type CardFragment = { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null };

export type AnswerFragment = { id: string, body: string, signedBy: string, byAuthor: boolean, mine: boolean, publishedAt: string };

export type MemberFragment = { pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } };

export type MeFragment = { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> };

export type PublishPostMutationVariables = Exact<{
  input: PublishPostInput;
}>;


export type PublishPostMutation = { publishPost:
    | { __typename: 'PostInReview', post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } }
    | { __typename: 'PostPublished', post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } }
    | { __typename: 'PostRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type EditPostMutationVariables = Exact<{
  input: EditPostInput;
}>;


export type EditPostMutation = { editPost:
    | { __typename: 'PostInReview', post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } }
    | { __typename: 'PostPublished', post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } }
    | { __typename: 'PostRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type ResolvePostMutationVariables = Exact<{
  input: ResolvePostInput;
}>;


export type ResolvePostMutation = { resolvePost: { post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } } };

export type WithdrawPostMutationVariables = Exact<{
  input: WithdrawPostInput;
}>;


export type WithdrawPostMutation = { withdrawPost: { id: string } };

export type AddCommentMutationVariables = Exact<{
  input: AddCommentInput;
}>;


export type AddCommentMutation = { addComment:
    | { __typename: 'CommentAdded', comment: { id: string, body: string, signedBy: string, byAuthor: boolean, mine: boolean, publishedAt: string } }
    | { __typename: 'CommentRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type WithdrawCommentMutationVariables = Exact<{
  input: WithdrawCommentInput;
}>;


export type WithdrawCommentMutation = { withdrawComment: { id: string } };

export type ReviewPostMutationVariables = Exact<{
  input: ReviewPostInput;
}>;


export type ReviewPostMutation = { reviewPost: { id: string, post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null } | null } };

export const TileNameFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<TileNameFragment, unknown>;
export const TileChoiceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}}]} as unknown as DocumentNode<TileChoiceFragment, unknown>;
export const MemberFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Member"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"moderator"}},{"kind":"Field","name":{"kind":"Name","value":"newcomer"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"homeChangeableAt"}},{"kind":"Field","name":{"kind":"Name","value":"homeTile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mapVersion"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileChoice"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}}]} as unknown as DocumentNode<MemberFragment, unknown>;
export const MeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Me"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Viewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"memberships"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Member"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Member"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"moderator"}},{"kind":"Field","name":{"kind":"Name","value":"newcomer"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"homeChangeableAt"}},{"kind":"Field","name":{"kind":"Name","value":"homeTile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mapVersion"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileChoice"}}]}}]}}]}}]} as unknown as DocumentNode<MeFragment, unknown>;
export const EnteredFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Entered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignedIn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Me"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Member"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"moderator"}},{"kind":"Field","name":{"kind":"Name","value":"newcomer"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"homeChangeableAt"}},{"kind":"Field","name":{"kind":"Name","value":"homeTile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mapVersion"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileChoice"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Me"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Viewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"memberships"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Member"}}]}}]}}]} as unknown as DocumentNode<EnteredFragment, unknown>;
export const ReasonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reason"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RefusalReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"range"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}}]}}]}}]} as unknown as DocumentNode<ReasonFragment, unknown>;
export const NotEnteredFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NotEntered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignInRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reason"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RefusalReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"range"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}}]}}]}}]} as unknown as DocumentNode<NotEnteredFragment, unknown>;
export const LimitedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Limited"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimited"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}}]}}]} as unknown as DocumentNode<LimitedFragment, unknown>;
export const PictureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Picture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"small"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"SMALL"}}]},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}}]} as unknown as DocumentNode<PictureFragment, unknown>;
export const CardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"tile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"edited"}},{"kind":"Field","name":{"kind":"Name","value":"takesComments"}},{"kind":"Field","name":{"kind":"Name","value":"mediaHeld"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Picture"}}]}},{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"placeName"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Picture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"small"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"SMALL"}}]},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}}]} as unknown as DocumentNode<CardFragment, unknown>;
export const AnswerFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Answer"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Comment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"byAuthor"}},{"kind":"Field","name":{"kind":"Name","value":"mine"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}}]}}]} as unknown as DocumentNode<AnswerFragment, unknown>;
export const AccountDocument = {"__meta__":{"hash":"sha256:94e53b8df166f13e762d972792214e1a182c8f09b55b335e6e10e85235606eea"}} as unknown as DocumentNode<AccountQuery, AccountQueryVariables>;
export const ChangeHomeCellDocument = {"__meta__":{"hash":"sha256:a25aefd9f1d08d254d8bddd85e59bfcfce413d5740b79f6391e0e1fcc92621d1"}} as unknown as DocumentNode<ChangeHomeCellMutation, ChangeHomeCellMutationVariables>;
export const ChangePseudonymDocument = {"__meta__":{"hash":"sha256:3b8242622c41faf5a018144eb2e7cfa4a437756b09d5e732a826f9f5e5cf87d7"}} as unknown as DocumentNode<ChangePseudonymMutation, ChangePseudonymMutationVariables>;
export const ChangeLocaleDocument = {"__meta__":{"hash":"sha256:ecf5880b7098bc856f30cfa87f2e26c26b4dfeb7a2ea3bdb30aecee498485fea"}} as unknown as DocumentNode<ChangeLocaleMutation, ChangeLocaleMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:1ac0fc6ae67684438864ff157a717f3a2cb7866cbf19f29399e6a245c0e13b51"}} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const CreateInviteDocument = {"__meta__":{"hash":"sha256:e3ee24ee04953ddc423fdeb61aa8e7a354e25f059dadcb3e28f41b93411b3e39"}} as unknown as DocumentNode<CreateInviteMutation, CreateInviteMutationVariables>;
export const RevokeInviteDocument = {"__meta__":{"hash":"sha256:f95e0b9fdf9212c5c78f4eaed97b643867d6e472cbbfa935465b9c57bdfa01f1"}} as unknown as DocumentNode<RevokeInviteMutation, RevokeInviteMutationVariables>;
export const RevokeSessionDocument = {"__meta__":{"hash":"sha256:829f20d89bc5a4e83a0190e7a71f09a2a4b0a32761e9766e24c88d9498430038"}} as unknown as DocumentNode<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const EraseAccountDocument = {"__meta__":{"hash":"sha256:7478c98a55465500c00124282c22eb51168b84cf74a628017509af6984b61b9a"}} as unknown as DocumentNode<EraseAccountMutation, EraseAccountMutationVariables>;
export const NameTileDocument = {"__meta__":{"hash":"sha256:24125b41ae35a52f1bbccd807b48b32fa65a3a6c0d32756302534706eb5ffdef"}} as unknown as DocumentNode<NameTileMutation, NameTileMutationVariables>;
export const FeedDocument = {"__meta__":{"hash":"sha256:53a0b96a209baed094b25e0f441304acc98e0f35318cad5b0a9bcb610cd47aff"}} as unknown as DocumentNode<FeedQuery, FeedQueryVariables>;
export const FeedChangesDocument = {"__meta__":{"hash":"sha256:911defc699b903564f92ef620a388e4cc220400a9236b2c65f0bf104795656cc"}} as unknown as DocumentNode<FeedChangesSubscription, FeedChangesSubscriptionVariables>;
export const TombstonesDocument = {"__meta__":{"hash":"sha256:f01403eacd8bc9eb7d88f3187cd6c98ac7783026d3025ca033db8af5c2b2377c"}} as unknown as DocumentNode<TombstonesQuery, TombstonesQueryVariables>;
export const NoticeDocument = {"__meta__":{"hash":"sha256:eaa23b750a6241ce436a3edb4d0c1f5097639e643b3ec1d5554535506edf9b63"}} as unknown as DocumentNode<NoticeQuery, NoticeQueryVariables>;
export const MyPostsDocument = {"__meta__":{"hash":"sha256:895bf8941e4142d23ad451650bb4b926f6e71cc840fc75b5e315b5f89f0592a6"}} as unknown as DocumentNode<MyPostsQuery, MyPostsQueryVariables>;
export const HeldPostsDocument = {"__meta__":{"hash":"sha256:3724524d711175ee968a7497c7fe3354a55212238edf1b548c6fc11066722806"}} as unknown as DocumentNode<HeldPostsQuery, HeldPostsQueryVariables>;
export const ViewerDocument = {"__meta__":{"hash":"sha256:49b6fb24c70302085f87d8cf92bf9f517cdb9334a6a733f82eb533c948ddc3e7"}} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const InvitationDocument = {"__meta__":{"hash":"sha256:aea226fa26b38c1663a8554442a3deab24bf9b77dac648fce7db3e26c31f8195"}} as unknown as DocumentNode<InvitationQuery, InvitationQueryVariables>;
export const SignUpDocument = {"__meta__":{"hash":"sha256:7fcb30a056f1763968c2c2c835528e17415c9191babee467c560d153f0b8cc59"}} as unknown as DocumentNode<SignUpMutation, SignUpMutationVariables>;
export const ConfirmEmailDocument = {"__meta__":{"hash":"sha256:730944e113d89374344145d28a0bfcbd91be4633c5c7f38af3c7e16cef08444a"}} as unknown as DocumentNode<ConfirmEmailMutation, ConfirmEmailMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:2dd59af09f5e7a502c3723bb53a154c2cf25aa5d4ed2d41c97ae21a89c46adf6"}} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = {"__meta__":{"hash":"sha256:ffd093bc73cd0e180b4296d8e8b21a3311efcff70fe2ca4fd0032c4654692619"}} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const RequestRecoveryDocument = {"__meta__":{"hash":"sha256:dabcb4248df2decd795b8527d87948cab214e5cb7797ca0af856d633ff387eb6"}} as unknown as DocumentNode<RequestRecoveryMutation, RequestRecoveryMutationVariables>;
export const RecoverPasswordDocument = {"__meta__":{"hash":"sha256:484942644a0f4cfab04866f67d6801e87fdd7915360155a5a7a3bec45959602e"}} as unknown as DocumentNode<RecoverPasswordMutation, RecoverPasswordMutationVariables>;
export const JoinNeighbourhoodDocument = {"__meta__":{"hash":"sha256:dc37d9ca9aaf49491bf64c47536510b916769fec69f9101962db32358ef00343"}} as unknown as DocumentNode<JoinNeighbourhoodMutation, JoinNeighbourhoodMutationVariables>;
export const PublishPostDocument = {"__meta__":{"hash":"sha256:5dc41d495deb531fdc88ba3eab401c2271c3013c78af91510e24cd9ec60d3462"}} as unknown as DocumentNode<PublishPostMutation, PublishPostMutationVariables>;
export const EditPostDocument = {"__meta__":{"hash":"sha256:5bd20deb23dd57d6496daaa3644767771aa880ef65ec4667b91347519ace11a2"}} as unknown as DocumentNode<EditPostMutation, EditPostMutationVariables>;
export const ResolvePostDocument = {"__meta__":{"hash":"sha256:74a752917a2f40ecb6c10b3651a1f05cecc177c998e9ae64fdf27f59348196ac"}} as unknown as DocumentNode<ResolvePostMutation, ResolvePostMutationVariables>;
export const WithdrawPostDocument = {"__meta__":{"hash":"sha256:5e928ca41257f3076dcf65cdb876081a82ea1523530b2835d123ac0009983674"}} as unknown as DocumentNode<WithdrawPostMutation, WithdrawPostMutationVariables>;
export const AddCommentDocument = {"__meta__":{"hash":"sha256:17fe2e5976655d1823d4efb4d73560751aa9b0edf4e4cafb71411febd2eb5595"}} as unknown as DocumentNode<AddCommentMutation, AddCommentMutationVariables>;
export const WithdrawCommentDocument = {"__meta__":{"hash":"sha256:5f07494d6aea6f653c03dda5141fd29765fbcc94d21ed6293eabaedaa85b6729"}} as unknown as DocumentNode<WithdrawCommentMutation, WithdrawCommentMutationVariables>;
export const ReviewPostDocument = {"__meta__":{"hash":"sha256:f004f8262fc51133313897a901d44e08342d6b992de885d363b3331d53f8ee34"}} as unknown as DocumentNode<ReviewPostMutation, ReviewPostMutationVariables>;