/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What somebody did. Being there, walking, waiting, looking or ringing a bell is not among it. */
export type Act =
  /** Did something else. */
  | 'DID_ELSE'
  /** Followed, threatened or insulted somebody. */
  | 'FOLLOWED_OR_THREATENED'
  /** Passed themselves off as an official or a tradesperson. */
  | 'PRETENDED'
  /** Took or damaged a thing. */
  | 'TOOK_OR_DAMAGED'
  /** Tried to open a door, a garage or a car. */
  | 'TRIED_TO_OPEN'
  /** Went in uninvited. */
  | 'WENT_IN';

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

/** Whether police may read. */
export type AnswerPoliceReadingInput = {
  /** Where a neighbourhood lets police read at all. */
  mayRead: boolean;
  /** One incident; absent: all that come, and a no takes back every yes there is. */
  post?: string | null | undefined;
};

/** What is wrong with a decision. */
export type AppealDecisionInput = {
  /** The statement that tells of it. */
  statement: string;
  /** Why, in 1 to 2,000 characters. */
  text: string;
};

/** What came of an appeal. */
export type AppealOutcome =
  /** It does not stay. */
  | 'REVERSED'
  /** What had been decided stays. */
  | 'UPHELD';

/** Asks for a postcard. */
export type AskForPostcardInput = {
  /**
   * The address as on an envelope: 1 to 4 lines of at most 60 characters. Moderators of the neighbourhood read it to write the
   * postcard; it is erased when that is posted, or after two weeks.
   */
  lines: Array<string>;
  /** Where one lives. */
  neighbourhood: string;
};

/** Asks neighbours to vouch. */
export type AskForVouchesInput = {
  /** Home, as coarse as the map; absent: the whole neighbourhood, until one chooses. */
  homeCell?: string | null | undefined;
  /** Where one lives. */
  neighbourhood: string;
  /** The name under what one would sign there. */
  pseudonym: string;
};

/** Who may read about an event. */
export type Audience =
  /** Members of the neighbourhood. */
  | 'NEIGHBOURHOOD'
  /** Everybody, signed out too. */
  | 'PUBLIC';

/** An authority that asks for data. */
export type Authority =
  /** An administration. */
  | 'ADMINISTRATION'
  /** A court. */
  | 'COURT'
  /** Another one. */
  | 'OTHER'
  /** Police or gendarmerie. */
  | 'POLICE'
  /** A prosecutor. */
  | 'PROSECUTOR';

/**
 * The form for notices about people, in its order; what was done in words is the notice's text, and when is `occurredAt`.
 * Nothing asks who or what somebody is.
 */
export type BehaviourInput = {
  /** What was done. */
  act: Act;
  /** Clothing, or what kind of vehicle. */
  clothing?: string | null | undefined;
  /** Which ordinary explanations were thought of; at least one. */
  considered: Array<OrdinaryExplanation>;
  /** Whether somebody is in danger now: then call 17 or 112, and write nothing. */
  dangerNow: boolean;
  /** What harm there was, or could have been. */
  harm: string;
  /** Why none of them is enough. */
  whyNot: string;
};

/** What a notice is about. */
export type Category =
  /** What somebody did that gives concern: with a form, confirmed after twenty minutes, and read by a moderator first. */
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
  /** Something that happened: a theft, a break-in, a crash. Read by a moderator first. */
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

/** What has rested, and is still wanted. */
export type ConfirmPostInput = {
  /** Which. */
  post: string;
  /** The `version` that its author has read again: where it was changed meanwhile, it has to be read again (`CONFLICT`). */
  version: number;
};

/** What moderators decide about. */
export type ContentKind =
  /** An answer below one. */
  | 'COMMENT'
  /** A notice. */
  | 'POST';

/** A part of a notice. */
export type CorrectedPart =
  /** What the form about a person said. */
  | 'FORM'
  /** Its pictures. */
  | 'PICTURES'
  /** Its text. */
  | 'TEXT'
  /** When and where an event is. */
  | 'TIME_AND_PLACE'
  /** Its title. */
  | 'TITLE';

/** How far somebody got. */
export type CountFormStepInput = {
  /** The last step that was counted before of the same notice; null: none was. */
  after?: FormStep | null | undefined;
  /** The last step that was done: up to `SENT`; what comes after it is counted by the board. */
  furthest: FormStep;
  /** Where. */
  neighbourhood: string;
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

/** Why somebody no longer stands by a member. */
export type Doubt =
  /** The code came into other hands. */
  | 'CODE_PASSED_ON'
  /** They do not live there. */
  | 'LIVES_ELSEWHERE'
  /** They are not who they said they are. */
  | 'NOT_WHO_THEY_SAID';

/** What changes of a notice; what is absent stays. */
export type EditPostInput = {
  /** For `CONCERNING_BEHAVIOUR`: the form as a whole. */
  behaviour?: BehaviourInput | null | undefined;
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

/** A part of the neighbourhood to read besides home. */
export type FollowAreaInput = {
  /** Its tiles, 32 at most; a coarser cell stands for all tiles in it. None: it is no longer followed. */
  cells: Array<string>;
  /** What to call it, 1 to 40 characters; nobody else reads it. */
  name: string;
  /** Where. */
  neighbourhood: string;
  /** Which of the five, 1 to 5; one that is followed already is changed. */
  number: number;
};

/** A step of the form for what somebody did, in their order. */
export type FormStep =
  /** What was done. */
  | 'ACT'
  /** Confirmed after it rested: it waits for a reader. */
  | 'CONFIRMED'
  /** That nobody is in danger now. */
  | 'DANGER'
  /** What harm it did, or could have done. */
  | 'HARM'
  /** The ordinary explanations, and why none of them will do. */
  | 'ORDINARY'
  /** Written out and sent: it rests. */
  | 'SENT'
  /** When and where. */
  | 'WHEN';

/** What an authority was given. */
export type Given =
  /** Data. */
  | 'DISCLOSED'
  /** Nothing: there is nothing of the kind. */
  | 'NOTHING_HELD'
  /** Nothing: it was refused. */
  | 'REFUSED';

/** On what a decision stands. */
export type Ground =
  /** The rules of the house. */
  | 'HOUSE_RULES'
  /** The law. */
  | 'LAW';

/** The rules of the house. */
export type HouseRule =
  /** Somebody is shown in a picture who does not want to be. */
  | 'DEPICTION'
  /** There is no such danger. */
  | 'FALSE_ALARM'
  /** The law forbids it. */
  | 'ILLEGAL'
  /** Somebody is insulted. */
  | 'INSULT'
  /** None is broken: it stays as it is. */
  | 'NONE_BROKEN'
  /** It does not belong on the board. */
  | 'OFF_TOPIC'
  /** Where somebody is from, or their group, is named where it does not matter. */
  | 'ORIGIN_NAMED'
  /** Somebody was there and did nothing. */
  | 'PRESENCE'
  /** Somebody's data are given away. */
  | 'PRIVATE_DATA'
  /** Somebody is suspected for what they are. Its author pauses writing about people for 30 days. */
  | 'PROFILING'
  /** It advertises. */
  | 'SPAM'
  /** Somebody is threatened. */
  | 'THREAT';

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

/** What moderators decided about a notice or an answer. */
export type Measure =
  /** Nobody sees it until its author has changed it and it was read again. */
  | 'ASK_FOR_EDIT'
  /** It is shown, now or again. */
  | 'KEEP'
  /** It is shown, without answers. */
  | 'LIMIT'
  /** Nobody but its author sees it any more. */
  | 'REMOVE';

/** What somebody is told of. */
export type Occasion =
  /** Another moderator decided about one's appeal. */
  | 'APPEAL_DECIDED'
  /** Moderators decided about what one wrote. */
  | 'DECISION'
  /** What one wrote was not read in time. */
  | 'LAPSED'
  /** Moderators decided about what one reported. */
  | 'REPORT_DECIDED';

/** An ordinary explanation. */
export type OrdinaryExplanation =
  /** A canvasser, a collection. */
  | 'CANVASSER'
  /** A delivery, the wrong door. */
  | 'DELIVERY'
  /** A meter reading, a tradesperson. */
  | 'METER_READER'
  /** A resident who is looking for something. */
  | 'RESIDENT'
  /** A visit to somebody. */
  | 'VISITOR';

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
  /** For `CONCERNING_BEHAVIOUR`, and only then: the form. */
  behaviour?: BehaviourInput | null | undefined;
  /** Its text. For `CONCERNING_BEHAVIOUR`: what was done, in words. */
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
  /** What is found in its text is wrong: a person reads it, instead of refusing it. */
  contestFindings?: boolean;
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
  /** When what it tells happened; for `CONCERNING_BEHAVIOUR` it has to be told. */
  occurredAt?: string | null | undefined;
  /**
   * For `INCIDENT`: whether police may read it, where the neighbourhood lets them read at all; absent: as answered for all
   * of them, and without an answer no.
   */
  policeMayRead?: boolean | null | undefined;
  /** How it is signed; absent: with the pseudonym at home, as "a neighbour" elsewhere. */
  signedAs?: Signature | null | undefined;
  /** Its title. Empty for `CONCERNING_BEHAVIOUR`: the headline is made of the act. */
  title: string;
};

/** No longer stands by a member. */
export type QuestionMemberInput = {
  /** Why. */
  doubt: Doubt;
  /** Where. */
  neighbourhood: string;
  /** Under which name they sign there. */
  pseudonym: string;
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
  /** An address has 1 to 4 lines of at most 60 visible characters. */
  | 'ADDRESS_LINES'
  /** Already a member there. */
  | 'ALREADY_MEMBER'
  /** One vouches for somebody once. */
  | 'ALREADY_VOUCHED'
  /** Only a notice about a person goes by the form, and must. */
  | 'BEHAVIOUR_DETAILS'
  /** The code opens nothing. */
  | 'CODE_UNKNOWN'
  /** The text has coordinates. */
  | 'COORDINATES_FOUND'
  /** Somebody is in danger now: call the emergency services. */
  | 'DANGER_NOW'
  /** An invite is good for 1 to 30 days. */
  | 'DAYS_OUT_OF_RANGE'
  /** Why is to be chosen from the list. */
  | 'DOUBT_MISSING'
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
  /** Whoever says that the law is broken has to say that they believe so in good faith. */
  | 'GOOD_FAITH'
  /** Another notice shows one of the pictures. */
  | 'MEDIA_IN_USE'
  /** This category shows no pictures, or fewer. */
  | 'MEDIA_NOT_ALLOWED'
  /** Members vouch after thirty days. */
  | 'MEMBER_TOO_NEW'
  /** The name is empty, too long or not to be seen. */
  | 'NAME_INVALID'
  /** New members may not do this yet. */
  | 'NEWCOMER'
  /** Presence or looks are nothing that was done: not a matter for the board. */
  | 'NOT_POSTABLE'
  /** This is not known here yet. */
  | 'NOT_YET'
  /** The notice takes no comments. */
  | 'NO_COMMENTS'
  /** The notice takes no answers about coming. */
  | 'NO_RSVP'
  /** There are areas 1 to 5. */
  | 'NUMBER_OUT_OF_RANGE'
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
  /** The moderators of this neighbourhood send no postcards. */
  | 'POSTCARDS_OFF'
  /** A postcard is under way already. */
  | 'POSTCARD_OPEN'
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
  /** The name gives something away, or attacks somebody. */
  | 'PSEUDONYM_UNFIT'
  /** What is wrong has to be chosen from the list. */
  | 'REASON'
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
  /** An area has 32 tiles at most. */
  | 'TOO_MANY_TILES'
  /** No moderator has been there for two days: what is about people waits. */
  | 'UNATTENDED'
  /** An invite is good for 1 to 10 people. */
  | 'USES_OUT_OF_RANGE'
  /** This belongs into the form for posts about people. */
  | 'USE_THE_FORM'
  /** Neighbours are asked to vouch there already. */
  | 'VOUCHING_OPEN'
  /** The password is too easily guessed. */
  | 'WEAK_PASSWORD'
  /** The whole neighbourhood, or a tile that stands for it, is meant where a part of it has to be. */
  | 'WHOLE_NEIGHBOURHOOD'
  /** Address and password do not belong together. */
  | 'WRONG_CREDENTIALS'
  /** Not the account's password. */
  | 'WRONG_PASSWORD';

/** What is wrong with a notice or an answer. */
export type ReportContentInput = {
  /** Random, minted by the client, as for publishing. */
  clientKey: string;
  /** The notice or the answer. Visitors: a public event. */
  content: string;
  /** In one's own words, at most 1,000 characters; some reasons ask for it. */
  explanation?: string;
  /** That one believes in good faith that what one says is right and complete; `ILLEGAL_CONTENT` asks for it. */
  goodFaith?: boolean;
  /** What is wrong. */
  reason: ReportReason;
  /** Where a visitor wants to be told what came of it; absent: nowhere. Residents are told in their account. */
  replyTo?: string | null | undefined;
};

/** "I am in this picture." */
export type ReportDepictionInput = {
  /** Random, minted by the client, as for publishing. */
  clientKey: string;
  /** In one's own words, at most 1,000 characters; may be left out. */
  explanation?: string;
  /** The picture. */
  media: string;
  /** The notice. Visitors: a public event. */
  post: string;
  /** Where a visitor wants to be told what came of it; absent: nowhere. Residents are told in their account. */
  replyTo?: string | null | undefined;
};

/** What is wrong, as who reports it sees it. */
export type ReportReason =
  /** It tells of somebody who did nothing but be there. */
  | 'ABOUT_SOMEBODY'
  /** It advertises, or does not belong on the board. */
  | 'ADVERTISING'
  /** It brings somebody into danger, or raises a false alarm. */
  | 'DANGER'
  /** It gives away where somebody lives, a number, a plate or a name. */
  | 'GIVES_AWAY'
  /** It insults, threatens or pursues somebody. */
  | 'HARASSMENT'
  /** The law forbids it: an explanation and good faith are asked for (EU DSA, article 16). */
  | 'ILLEGAL_CONTENT'
  /** Somebody is in a picture: only by `reportDepiction`. */
  | 'IN_PICTURE'
  /** It speaks of people by where they are from, or as a group. */
  | 'ORIGIN_OR_GROUP'
  /** Anything else: an explanation is asked for. */
  | 'SOMETHING_ELSE';

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

/** Whether somebody comes to an event. */
export type Rsvp =
  /** Comes, and takes a place. */
  | 'GOING'
  /** May come; takes no place. */
  | 'MAYBE'
  /** Does not come. */
  | 'NOT_GOING';

/** Something that neighbours do not see. */
export type SeenThing =
  /** To what address a postcard goes. */
  | 'ADDRESS'
  /** How one became a member, and why that is doubted. */
  | 'MEMBERSHIP'
  /** That one is a member, and since which month. */
  | 'NAME';

/** Whether one comes to an event. */
export type SetRsvpInput = {
  /** The answer; null or absent takes back what was answered before. */
  answer?: Rsvp | null | undefined;
  /** To which event. */
  post: string;
};

/** An address and its password. */
export type SignInInput = {
  /** The address. */
  email: string;
  /** The password. */
  password: string;
};

/**
 * Joins a neighbourhood with a code and an address; or, without a code, makes an account that is a member nowhere yet and asks
 * neighbours to vouch, or for a postcard.
 */
export type SignUpInput = {
  /** The invite code; absent: an account alone. */
  code?: string | null | undefined;
  /** The address; only mail is ever sent there, and nobody else learns it. */
  email: string;
  /** Home, as coarse as the map; absent: the whole neighbourhood, until one chooses. */
  homeCell?: string | null | undefined;
  /** At least 10 characters, not easily guessed. */
  password: string;
  /** The name under what one signs there; a code asks for one. */
  pseudonym?: string | null | undefined;
};

/** How a notice or an answer is signed. */
export type Signature =
  /** "A neighbour". */
  | 'NEIGHBOUR'
  /** With the author's pseudonym. */
  | 'PSEUDONYM';

/** Takes a vouch back. */
export type TakeBackVouchInput = {
  /** Where. */
  neighbourhood: string;
  /** For whom. */
  vouching: string;
};

/** What a moderator looked at. */
export type ViewedWhat =
  /** An appeal, with what it is about. */
  | 'APPEALED'
  /** What one reported. */
  | 'REPORTED'
  /** A case about what one wrote. */
  | 'WRITTEN';

/** Vouches for who showed a code. */
export type VouchInput = {
  /** The code that one was shown. */
  code: string;
  /** Where. */
  neighbourhood: string;
};

/** An answer that comes down. */
export type WithdrawCommentInput = {
  /** Which. */
  comment: string;
};

/** Asks for nothing any more. */
export type WithdrawJoiningInput = {
  /** Where. */
  neighbourhood: string;
};

/** A notice that comes down. */
export type WithdrawPostInput = {
  /** Which. */
  post: string;
};

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { viewer: { id: string, locale: Locale, sessions: Array<{ id: string, device: string, created: string, lastSeen: string, current: boolean }>, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, invites: Array<{ id: string, usesLeft: number, expiresAt: string }>, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, aboutPeople: { againAt: string | null, policeMayRead: boolean | null } | null, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> } | null };

export type HelpedTilesQueryVariables = Exact<{ [key: string]: never; }>;


export type HelpedTilesQuery = { viewer: { helping: Array<{ neighbourhood: { id: string, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean }> | null } }> } | null };

export type ChangeHomeCellMutationVariables = Exact<{
  input: ChangeHomeCellInput;
}>;


export type ChangeHomeCellMutation = { changeHomeCell:
    | { __typename: 'HomeCellChanged', membership: { pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } } }
    | { __typename: 'HomeCellRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type FollowAreaMutationVariables = Exact<{
  input: FollowAreaInput;
}>;


export type FollowAreaMutation = { followArea:
    | { __typename: 'AreaFollowed', areas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> }
    | { __typename: 'AreaRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type ChangePseudonymMutationVariables = Exact<{
  input: ChangePseudonymInput;
}>;


export type ChangePseudonymMutation = { changePseudonym:
    | { __typename: 'PseudonymChanged', membership: { pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } } }
    | { __typename: 'PseudonymRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type ChangeLocaleMutationVariables = Exact<{
  input: ChangeLocaleInput;
}>;


export type ChangeLocaleMutation = { changeLocale: { viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> } } };

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

export type FeedQueryVariables = Exact<{
  neighbourhood: string;
  cells?: Array<string> | string | null | undefined;
  categories?: Array<Category> | Category | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type FeedQuery = { feed: { changesCursor: string, pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }> } };

export type OpeningQueryVariables = Exact<{
  slug: string;
  categories?: Array<Category> | Category | null | undefined;
  first: number;
}>;


export type OpeningQuery = { viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> } | null, neighbourhood: { id: string, feed: { changesCursor: string, pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }> } | null } | null };

export type FeedChangesSubscriptionVariables = Exact<{
  neighbourhood: string;
  cells?: Array<string> | string | null | undefined;
  categories?: Array<Category> | Category | null | undefined;
  after?: string | null | undefined;
}>;


export type FeedChangesSubscription = { feedChanges:
    | { __typename: 'FeedReload', cursor: string }
    | { __typename: 'PostAppeared', cursor: string, post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
    | { __typename: 'PostChanged', cursor: string, post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
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
    | { __typename: 'Post', mine: boolean | null, id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, confirmableFrom: string | null, lapsesAt: string | null, accepted: boolean, ruling: Measure | null, policeMayRead: boolean, coming: { placesLeft: number | null, myRsvp: Rsvp | null, answers: Array<{ pseudonym: string, answer: Rsvp }> | null } | null, neighbourhood: { id: string, slug: string, name: string }, comments: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, body: string, signature: Signature, signedBy: string, byAuthor: boolean, mine: boolean, removed: boolean, publishedAt: string } }> } | null, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null }
    | { __typename: 'Viewer' }
   | null };

export type PostChangesSubscriptionVariables = Exact<{
  id: string;
  comments: number;
  after?: string | null | undefined;
}>;


export type PostChangesSubscription = { postChanges: { mine: boolean | null, id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, confirmableFrom: string | null, lapsesAt: string | null, accepted: boolean, ruling: Measure | null, policeMayRead: boolean, coming: { placesLeft: number | null, myRsvp: Rsvp | null, answers: Array<{ pseudonym: string, answer: Rsvp }> | null } | null, neighbourhood: { id: string, slug: string, name: string }, comments: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, body: string, signature: Signature, signedBy: string, byAuthor: boolean, mine: boolean, removed: boolean, publishedAt: string } }> } | null, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } | null };

export type MyPostsQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type MyPostsQuery = { myPosts: Array<{ id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, confirmableFrom: string | null, lapsesAt: string | null, accepted: boolean, ruling: Measure | null, policeMayRead: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null }> };

export type PublicEventsQueryVariables = Exact<{
  slug: string;
  first: number;
  after?: string | null | undefined;
}>;


export type PublicEventsQuery = { neighbourhood: { slug: string, name: string, publicEvents: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }> } | null } | null };

export type OpenEverywhereQueryVariables = Exact<{
  first: number;
}>;


export type OpenEverywhereQuery = { neighbourhoods: Array<{ slug: string, name: string }> | null, publicEvents: { edges: Array<{ node: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, neighbourhood: { slug: string, name: string }, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }> } | null };

export type TakenDownQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type TakenDownQuery = { takenDown: Array<{ id: string, category: Category | null, day: string }> };

export type EnteredFragment = { viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> } };

export type NotEnteredFragment = { reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> } | null };

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
    | { __typename: 'SignedIn', viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> } }
   };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'SignInRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'SignedIn', viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> } }
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
    | { __typename: 'SignedIn', viewer: { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> } }
   };

export type JoinNeighbourhoodMutationVariables = Exact<{
  input: JoinInput;
}>;


export type JoinNeighbourhoodMutation = { joinNeighbourhood:
    | { __typename: 'JoinRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'Joined', membership: { pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } } }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type ReasonFragment = { code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null };

export type LimitedFragment = { limit: string, message: string, retryAfter: string };

export type TileNameFragment = { token: string, name: string };

export type TileChoiceFragment = { token: string, name: string, level: number | null, selectable: boolean };

export type MemberTileFragment = { token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } };

export type PictureFragment = { id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string };

export type CardFragment = { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null };

export type ToldFragment = { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null };

export type UnseenFragment = { version: number, confirmableFrom: string | null, lapsesAt: string | null, accepted: boolean, ruling: Measure | null, policeMayRead: boolean };

export type AboutPeopleFragment = { againAt: string | null, policeMayRead: boolean | null };

export type PageFragment = { changesCursor: string, pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }> };

export type ComingFragment = { placesLeft: number | null, myRsvp: Rsvp | null, answers: Array<{ pseudonym: string, answer: Rsvp }> | null };

export type ThreadFragment = { mine: boolean | null, id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, confirmableFrom: string | null, lapsesAt: string | null, accepted: boolean, ruling: Measure | null, policeMayRead: boolean, coming: { placesLeft: number | null, myRsvp: Rsvp | null, answers: Array<{ pseudonym: string, answer: Rsvp }> | null } | null, neighbourhood: { id: string, slug: string, name: string }, comments: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, body: string, signature: Signature, signedBy: string, byAuthor: boolean, mine: boolean, removed: boolean, publishedAt: string } }> } | null, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null };

export type AnswerFragment = { id: string, body: string, signature: Signature, signedBy: string, byAuthor: boolean, mine: boolean, removed: boolean, publishedAt: string };

export type AreaFragment = { number: number, name: string, tiles: Array<{ token: string, name: string }> };

export type MemberFragment = { pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } };

export type HelpingFragment = { name: string, until: string, neighbourhood: { id: string, slug: string, name: string } };

export type MeFragment = { id: string, locale: Locale, memberships: Array<{ pseudonym: string, moderator: boolean, newcomer: boolean, suspendedUntil: string | null, homeChangeableAt: string | null, homeTile: { token: string, name: string }, followedAreas: Array<{ number: number, name: string, tiles: Array<{ token: string, name: string }> }> | null, neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } }>, helping: Array<{ name: string, until: string, neighbourhood: { id: string, slug: string, name: string } }> };

export type HoodFragment = { id: string, slug: string, name: string };

export type VouchingForFragment = { id: string, pseudonym: string, vouches: number, expiresAt: string };

export type JoinPlacesQueryVariables = Exact<{ [key: string]: never; }>;


export type JoinPlacesQuery = { neighbourhoods: Array<{ id: string, slug: string, name: string }> | null };

export type JoiningQueryVariables = Exact<{ [key: string]: never; }>;


export type JoiningQuery = { joining: { vouches: Array<{ pseudonym: string, vouches: number, expiresAt: string, neighbourhood: { id: string, slug: string, name: string } }>, postcard: { posted: boolean, expiresAt: string, neighbourhood: { id: string, slug: string, name: string } } | null } };

export type AskForVouchesMutationVariables = Exact<{
  input: AskForVouchesInput;
}>;


export type AskForVouchesMutation = { askForVouches:
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'VouchesAsked', code: string, expiresAt: string }
    | { __typename: 'VouchesRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
   };

export type AskForPostcardMutationVariables = Exact<{
  input: AskForPostcardInput;
}>;


export type AskForPostcardMutation = { askForPostcard:
    | { __typename: 'PostcardAsked', expiresAt: string }
    | { __typename: 'PostcardRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type WithdrawJoiningMutationVariables = Exact<{
  input: WithdrawJoiningInput;
}>;


export type WithdrawJoiningMutation = { withdrawJoining: { id: string } };

export type VouchesQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type VouchesQuery = { vouches: Array<{ id: string, pseudonym: string, vouches: number, expiresAt: string }> };

export type VouchingQueryVariables = Exact<{
  neighbourhood: string;
  code: string;
}>;


export type VouchingQuery = { vouching:
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'VouchRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'VouchingFor', id: string, pseudonym: string, vouches: number, expiresAt: string }
   };

export type VouchMutationVariables = Exact<{
  input: VouchInput;
}>;


export type VouchMutation = { vouch:
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'VouchRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'Vouched', vouching: { id: string, pseudonym: string, vouches: number, expiresAt: string } }
   };

export type TakeBackVouchMutationVariables = Exact<{
  input: TakeBackVouchInput;
}>;


export type TakeBackVouchMutation = { takeBackVouch: { id: string } };

export type PostcardsOfferedQueryVariables = Exact<{
  slug: string;
}>;


export type PostcardsOfferedQuery = { neighbourhood: { postcards: boolean } | null };

export type QuestionMemberMutationVariables = Exact<{
  input: QuestionMemberInput;
}>;


export type QuestionMemberMutation = { questionMember:
    | { __typename: 'MemberQuestioned' }
    | { __typename: 'QuestionRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type PlaceQueryVariables = Exact<{
  slug: string;
}>;


export type PlaceQuery = { neighbourhood: { id: string, name: string } | null };

export type ReservesQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type ReservesQuery = { reserveModerators: Array<{ name: string, since: string, until: string }> };

export type RaisedLimitsQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type RaisedLimitsQuery = { raisedLimits: Array<{ aDay: number, since: string, until: string, ended: boolean }> };

export type DecisionsQueryVariables = Exact<{
  neighbourhood: string;
  first: number;
  after?: string | null | undefined;
}>;


export type DecisionsQuery = { decisions: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ cursor: string, node: { day: string, kind: ContentKind, category: Category | null, measure: Measure | null, rule: HouseRule, paused: boolean, appealOutcome: AppealOutcome | null } }> } };

export type BandedFragment = { exactly: number | null, few: boolean };

export type MonthQueryVariables = Exact<{
  neighbourhood: string;
  month: string;
}>;


export type MonthQuery = { transparencyReport: { halfDecidedWithinHours: number | null, notices: Array<{ reason: ReportReason, number: { exactly: number | null, few: boolean } }>, decisions: Array<{ rule: HouseRule, measure: Measure | null, number: { exactly: number | null, few: boolean } }>, appeals: { exactly: number | null, few: boolean }, reversals: { exactly: number | null, few: boolean }, human: { exactly: number | null, few: boolean }, automated: { exactly: number | null, few: boolean }, lapses: { exactly: number | null, few: boolean }, form: Array<{ step: FormStep, number: { exactly: number | null, few: boolean } }>, aboutPeople: Array<{ category: Category, measure: Measure | null, number: { exactly: number | null, few: boolean } }>, legalRequests: Array<{ authority: Authority, given: Given, number: { exactly: number | null, few: boolean } }> } };

export type AboutPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type AboutPeopleQuery = { viewer: { aboutPeople: { againAt: string | null, policeMayRead: boolean | null } | null } | null };

export type ConfirmPostMutationVariables = Exact<{
  input: ConfirmPostInput;
}>;


export type ConfirmPostMutation = { confirmPost:
    | { __typename: 'PostInReview', post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
    | { __typename: 'PostRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type AnswerPoliceReadingMutationVariables = Exact<{
  input: AnswerPoliceReadingInput;
}>;


export type AnswerPoliceReadingMutation = { answerPoliceReading: { mayRead: boolean } };

export type ReportContentMutationVariables = Exact<{
  input: ReportContentInput;
}>;


export type ReportContentMutation = { reportContent:
    | { __typename: 'ContentReported' }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'ReportRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
   };

export type ReportDepictionMutationVariables = Exact<{
  input: ReportDepictionInput;
}>;


export type ReportDepictionMutation = { reportDepiction:
    | { __typename: 'ContentReported', hidden: boolean }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'ReportRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
   };

export type StatementFragment = { id: string, day: string, occasion: Occasion, kind: ContentKind, content: string, category: Category | null, appealOutcome: AppealOutcome | null, appealFacts: string | null, appealUntil: string | null, appealDue: string | null, neighbourhood: { slug: string, name: string }, decision: { measure: Measure | null, mediaRemoved: Array<string>, pausedUntil: string | null, aboutPeoplePausedUntil: string | null, rule: HouseRule, ground: Ground, facts: string, automated: boolean } | null };

export type StatementQueryVariables = Exact<{
  id: string;
}>;


export type StatementQuery = { statement: { id: string, day: string, occasion: Occasion, kind: ContentKind, content: string, category: Category | null, appealOutcome: AppealOutcome | null, appealFacts: string | null, appealUntil: string | null, appealDue: string | null, neighbourhood: { slug: string, name: string }, decision: { measure: Measure | null, mediaRemoved: Array<string>, pausedUntil: string | null, aboutPeoplePausedUntil: string | null, rule: HouseRule, ground: Ground, facts: string, automated: boolean } | null } | null };

export type StatementsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type StatementsQuery = { statements: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, day: string, occasion: Occasion, kind: ContentKind, content: string, category: Category | null, appealOutcome: AppealOutcome | null, appealFacts: string | null, appealUntil: string | null, appealDue: string | null, neighbourhood: { slug: string, name: string }, decision: { measure: Measure | null, mediaRemoved: Array<string>, pausedUntil: string | null, aboutPeoplePausedUntil: string | null, rule: HouseRule, ground: Ground, facts: string, automated: boolean } | null } }> } };

export type AppealDecisionMutationVariables = Exact<{
  input: AppealDecisionInput;
}>;


export type AppealDecisionMutation = { appealDecision:
    | { __typename: 'AppealMade', decidedBy: string }
    | { __typename: 'AppealRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
   };

export type StaffViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffViewsQuery = { staffViews: Array<{ what: ViewedWhat, day: string }>, joining: { seen: Array<{ what: SeenThing, day: string }> } };

export type DecisionFragment = { measure: Measure | null, mediaRemoved: Array<string>, pausedUntil: string | null, aboutPeoplePausedUntil: string | null, rule: HouseRule, ground: Ground, facts: string, automated: boolean };

export type PublishPostMutationVariables = Exact<{
  input: PublishPostInput;
}>;


export type PublishPostMutation = { publishPost:
    | { __typename: 'PostCoolingDown', post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
    | { __typename: 'PostInReview', post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
    | { __typename: 'PostPublished', post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
    | { __typename: 'PostRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type EditPostMutationVariables = Exact<{
  input: EditPostInput;
}>;


export type EditPostMutation = { editPost:
    | { __typename: 'PostCoolingDown', post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
    | { __typename: 'PostInReview', post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
    | { __typename: 'PostPublished', post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } }
    | { __typename: 'PostRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type ResolvePostMutationVariables = Exact<{
  input: ResolvePostInput;
}>;


export type ResolvePostMutation = { resolvePost: { post: { id: string, category: Category, state: PostState, title: string, body: string, signature: Signature, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, version: number, takesComments: boolean, mediaHeld: boolean, tile: { token: string, name: string }, corrections: Array<{ day: string, parts: Array<CorrectedPart> }>, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, small: string, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } } };

export type WithdrawPostMutationVariables = Exact<{
  input: WithdrawPostInput;
}>;


export type WithdrawPostMutation = { withdrawPost: { id: string } };

export type AddCommentMutationVariables = Exact<{
  input: AddCommentInput;
}>;


export type AddCommentMutation = { addComment:
    | { __typename: 'CommentAdded', comment: { id: string, body: string, signature: Signature, signedBy: string, byAuthor: boolean, mine: boolean, removed: boolean, publishedAt: string } }
    | { __typename: 'CommentRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
   };

export type WithdrawCommentMutationVariables = Exact<{
  input: WithdrawCommentInput;
}>;


export type WithdrawCommentMutation = { withdrawComment: { id: string } };

export type SetRsvpMutationVariables = Exact<{
  input: SetRsvpInput;
}>;


export type SetRsvpMutation = { setRsvp:
    | { __typename: 'RateLimited', limit: string, message: string, retryAfter: string }
    | { __typename: 'RsvpRefused', reasons: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> }
    | { __typename: 'RsvpSet', post: { coming: { placesLeft: number | null, myRsvp: Rsvp | null, answers: Array<{ pseudonym: string, answer: Rsvp }> | null } | null } }
   };

export type CountFormStepMutationVariables = Exact<{
  input: CountFormStepInput;
}>;


export type CountFormStepMutation = { countFormStep: { neighbourhood: string } };

export const TileNameFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<TileNameFragment, unknown>;
export const AreaFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Area"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FollowedArea"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<AreaFragment, unknown>;
export const TileChoiceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}}]} as unknown as DocumentNode<TileChoiceFragment, unknown>;
export const MemberTileFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileChoice"}},{"kind":"Field","alias":{"kind":"Name","value":"coarse"},"name":{"kind":"Name","value":"within"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"level"},"value":{"kind":"IntValue","value":"13"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<MemberTileFragment, unknown>;
export const MemberFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Member"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"moderator"}},{"kind":"Field","name":{"kind":"Name","value":"newcomer"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"homeChangeableAt"}},{"kind":"Field","name":{"kind":"Name","value":"homeTile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"followedAreas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Area"}}]}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mapVersion"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MemberTile"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Area"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FollowedArea"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileChoice"}},{"kind":"Field","alias":{"kind":"Name","value":"coarse"},"name":{"kind":"Name","value":"within"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"level"},"value":{"kind":"IntValue","value":"13"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}}]}}]} as unknown as DocumentNode<MemberFragment, unknown>;
export const HelpingFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Helping"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Helping"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"until"}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<HelpingFragment, unknown>;
export const MeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Me"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Viewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"memberships"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Member"}}]}},{"kind":"Field","name":{"kind":"Name","value":"helping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Helping"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Area"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FollowedArea"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileChoice"}},{"kind":"Field","alias":{"kind":"Name","value":"coarse"},"name":{"kind":"Name","value":"within"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"level"},"value":{"kind":"IntValue","value":"13"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Member"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"moderator"}},{"kind":"Field","name":{"kind":"Name","value":"newcomer"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"homeChangeableAt"}},{"kind":"Field","name":{"kind":"Name","value":"homeTile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"followedAreas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Area"}}]}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mapVersion"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MemberTile"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Helping"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Helping"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"until"}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<MeFragment, unknown>;
export const EnteredFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Entered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignedIn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Me"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Area"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FollowedArea"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"selectable"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileChoice"}},{"kind":"Field","alias":{"kind":"Name","value":"coarse"},"name":{"kind":"Name","value":"within"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"level"},"value":{"kind":"IntValue","value":"13"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Member"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Membership"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"moderator"}},{"kind":"Field","name":{"kind":"Name","value":"newcomer"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"homeChangeableAt"}},{"kind":"Field","name":{"kind":"Name","value":"homeTile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"followedAreas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Area"}}]}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mapVersion"}},{"kind":"Field","name":{"kind":"Name","value":"tiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MemberTile"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Helping"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Helping"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"until"}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Me"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Viewer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"memberships"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Member"}}]}},{"kind":"Field","name":{"kind":"Name","value":"helping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Helping"}}]}}]}}]} as unknown as DocumentNode<EnteredFragment, unknown>;
export const ReasonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reason"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RefusalReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"range"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}}]}}]}}]} as unknown as DocumentNode<ReasonFragment, unknown>;
export const NotEnteredFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NotEntered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignInRefused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reason"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RefusalReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"range"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}}]}}]}}]} as unknown as DocumentNode<NotEnteredFragment, unknown>;
export const LimitedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Limited"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimited"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}}]}}]} as unknown as DocumentNode<LimitedFragment, unknown>;
export const AboutPeopleFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AboutPeople"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AboutPeople"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"againAt"}},{"kind":"Field","name":{"kind":"Name","value":"policeMayRead"}}]}}]} as unknown as DocumentNode<AboutPeopleFragment, unknown>;
export const PictureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Picture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"small"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"SMALL"}}]},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}}]} as unknown as DocumentNode<PictureFragment, unknown>;
export const ToldFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Told"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BehaviourDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"act"}},{"kind":"Field","name":{"kind":"Name","value":"harm"}},{"kind":"Field","name":{"kind":"Name","value":"considered"}},{"kind":"Field","name":{"kind":"Name","value":"whyNot"}},{"kind":"Field","name":{"kind":"Name","value":"clothing"}}]}}]} as unknown as DocumentNode<ToldFragment, unknown>;
export const CardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"tile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signature"}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"edited"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"corrections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"parts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"takesComments"}},{"kind":"Field","name":{"kind":"Name","value":"mediaHeld"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Picture"}}]}},{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"placeName"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}}]}},{"kind":"Field","name":{"kind":"Name","value":"behaviour"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Told"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Picture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"small"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"SMALL"}}]},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Told"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BehaviourDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"act"}},{"kind":"Field","name":{"kind":"Name","value":"harm"}},{"kind":"Field","name":{"kind":"Name","value":"considered"}},{"kind":"Field","name":{"kind":"Name","value":"whyNot"}},{"kind":"Field","name":{"kind":"Name","value":"clothing"}}]}}]} as unknown as DocumentNode<CardFragment, unknown>;
export const PageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Page"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PostConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changesCursor"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Card"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Picture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"small"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"SMALL"}}]},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Told"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BehaviourDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"act"}},{"kind":"Field","name":{"kind":"Name","value":"harm"}},{"kind":"Field","name":{"kind":"Name","value":"considered"}},{"kind":"Field","name":{"kind":"Name","value":"whyNot"}},{"kind":"Field","name":{"kind":"Name","value":"clothing"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"tile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signature"}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"edited"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"corrections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"parts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"takesComments"}},{"kind":"Field","name":{"kind":"Name","value":"mediaHeld"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Picture"}}]}},{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"placeName"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}}]}},{"kind":"Field","name":{"kind":"Name","value":"behaviour"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Told"}}]}}]}}]} as unknown as DocumentNode<PageFragment, unknown>;
export const UnseenFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Unseen"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"confirmableFrom"}},{"kind":"Field","name":{"kind":"Name","value":"lapsesAt"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"ruling"}},{"kind":"Field","name":{"kind":"Name","value":"policeMayRead"}}]}}]} as unknown as DocumentNode<UnseenFragment, unknown>;
export const ComingFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Coming"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EventDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"placesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"myRsvp"}},{"kind":"Field","name":{"kind":"Name","value":"answers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}}]} as unknown as DocumentNode<ComingFragment, unknown>;
export const AnswerFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Answer"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Comment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"signature"}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"byAuthor"}},{"kind":"Field","name":{"kind":"Name","value":"mine"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}}]}}]} as unknown as DocumentNode<AnswerFragment, unknown>;
export const ThreadFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Thread"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Card"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Unseen"}},{"kind":"Field","alias":{"kind":"Name","value":"coming"},"name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Coming"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mine"}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"comments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"comments"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Answer"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TileName"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Tile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Picture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"small"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"SMALL"}}]},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Told"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BehaviourDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"act"}},{"kind":"Field","name":{"kind":"Name","value":"harm"}},{"kind":"Field","name":{"kind":"Name","value":"considered"}},{"kind":"Field","name":{"kind":"Name","value":"whyNot"}},{"kind":"Field","name":{"kind":"Name","value":"clothing"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Card"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"tile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TileName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signature"}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"edited"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"corrections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"parts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"takesComments"}},{"kind":"Field","name":{"kind":"Name","value":"mediaHeld"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Picture"}}]}},{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"placeName"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}}]}},{"kind":"Field","name":{"kind":"Name","value":"behaviour"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Told"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Unseen"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"confirmableFrom"}},{"kind":"Field","name":{"kind":"Name","value":"lapsesAt"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"ruling"}},{"kind":"Field","name":{"kind":"Name","value":"policeMayRead"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Coming"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EventDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"placesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"myRsvp"}},{"kind":"Field","name":{"kind":"Name","value":"answers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Answer"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Comment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"signature"}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"byAuthor"}},{"kind":"Field","name":{"kind":"Name","value":"mine"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}}]}}]} as unknown as DocumentNode<ThreadFragment, unknown>;
export const HoodFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Hood"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Neighbourhood"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]} as unknown as DocumentNode<HoodFragment, unknown>;
export const VouchingForFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"VouchingFor"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VouchingFor"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"vouches"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<VouchingForFragment, unknown>;
export const BandedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Banded"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BandedNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exactly"}},{"kind":"Field","name":{"kind":"Name","value":"few"}}]}}]} as unknown as DocumentNode<BandedFragment, unknown>;
export const DecisionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Decision"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Decision"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"measure"}},{"kind":"Field","name":{"kind":"Name","value":"mediaRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"pausedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"aboutPeoplePausedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"ground"}},{"kind":"Field","name":{"kind":"Name","value":"facts"}},{"kind":"Field","name":{"kind":"Name","value":"automated"}}]}}]} as unknown as DocumentNode<DecisionFragment, unknown>;
export const StatementFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Statement"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Statement"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"occasion"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"neighbourhood"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"decision"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Decision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appealOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"appealFacts"}},{"kind":"Field","name":{"kind":"Name","value":"appealUntil"}},{"kind":"Field","name":{"kind":"Name","value":"appealDue"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Decision"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Decision"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"measure"}},{"kind":"Field","name":{"kind":"Name","value":"mediaRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"pausedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"aboutPeoplePausedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"ground"}},{"kind":"Field","name":{"kind":"Name","value":"facts"}},{"kind":"Field","name":{"kind":"Name","value":"automated"}}]}}]} as unknown as DocumentNode<StatementFragment, unknown>;
export const FeedDocument = {"__meta__":{"hash":"sha256:d8d3ad5b2cd2ebbf93248f589ff21b1d07c9857909ab35d5f2fe581bcc9ee6cc"}} as unknown as DocumentNode<FeedQuery, FeedQueryVariables>;
export const OpeningDocument = {"__meta__":{"hash":"sha256:0d412d6619cb35488e7f98d9ac681eb2ab6e5cd9cee2aa43c06fb7dd223eb41f"}} as unknown as DocumentNode<OpeningQuery, OpeningQueryVariables>;
export const FeedChangesDocument = {"__meta__":{"hash":"sha256:7ed441e7f60471b6f218ab84b31fa22420853f2a5a9b636655aac4ff34b64aa4"}} as unknown as DocumentNode<FeedChangesSubscription, FeedChangesSubscriptionVariables>;
export const ViewerDocument = {"__meta__":{"hash":"sha256:3156d930a297b92eed818b43c37c2e749e0d5bd636b9aec9512bb65fd45d68cd"}} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export * from './later';
