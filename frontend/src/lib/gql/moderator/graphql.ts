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

/** What came of an appeal. */
export type AppealOutcome =
  /** It does not stay. */
  | 'REVERSED'
  /** What had been decided stays. */
  | 'UPHELD';

/** What the second moderator says. */
export type ApproveRaiseInput = {
  /** Whether it is so. */
  approve: boolean;
  /** To which. */
  raise: string;
};

/** What the second moderator says. */
export type ApproveSevereInput = {
  /** Whether it is so. */
  approve: boolean;
  /** To which. */
  proposal: string;
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

/** What brings a case about. */
export type CaseCause =
  /** It tells of a person. */
  | 'ABOUT_PEOPLE'
  /** Its author changed what moderators asked for. */
  | 'AMENDED'
  /** Its author says that what was found in it is wrong. */
  | 'CONTESTED'
  /** Somebody is in one of its pictures, which is hidden. */
  | 'DEPICTED'
  /** Something in it was found that somebody has to read. */
  | 'FOUND'
  /** Written by a newcomer. */
  | 'NEWCOMER'
  /** Its text is shown, its pictures wait to be looked at. */
  | 'PICTURES_WAIT'
  /** Somebody reported it. */
  | 'REPORTED'
  /** It was shown at once and is read afterwards. */
  | 'SHOWN_UNREAD';

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

/** A case that one takes. */
export type ClaimCaseInput = {
  /** Which. */
  case: string;
};

/** What moderators decide about. */
export type ContentKind =
  /** An answer below one. */
  | 'COMMENT'
  /** A notice. */
  | 'POST';

/** What comes of an appeal, and why. */
export type DecideAppealInput = {
  /** Which. */
  appeal: string;
  /** Why, in 20 to 2,000 characters: who appealed reads this word for word. */
  facts: string;
  /** What comes of it. */
  outcome: AppealOutcome;
};

/** What becomes of it, and why. */
export type DecideCaseInput = {
  /** Which; the caller has claimed it. */
  case: string;
  /** What happened, in 20 to 2,000 characters: its author and who reported it read this word for word. */
  facts: string;
  /** On what it stands. */
  ground: Ground;
  /** What becomes of the notice or the answer. */
  measure: Measure;
  /** Pictures that go for good; the others are shown. */
  mediaRemoved?: Array<string>;
  /** For how many days its author may not write; at most 7, longer takes two: `proposeSevere`. */
  pauseDays?: number;
  /** Which rule. */
  rule: HouseRule;
  /** The `version` that was read: where its author changed it meanwhile, it has to be read again (`CONFLICT`). */
  version: number;
};

/** Why somebody no longer stands by a member. */
export type Doubt =
  /** The code came into other hands. */
  | 'CODE_PASSED_ON'
  /** They do not live there. */
  | 'LIVES_ELSEWHERE'
  /** They are not who they said they are. */
  | 'NOT_WHO_THEY_SAID';

/** As few as usual again. */
export type EndRaiseInput = {
  /** What was decided. */
  raise: string;
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

/** How somebody became a member. */
export type JoinedBy =
  /** A code of the first days. */
  | 'FOUNDING'
  /** A neighbour's invite. */
  | 'INVITE'
  /** A code of the operator, on a flyer or in a hall. */
  | 'OPERATOR'
  /** A postcard. */
  | 'POSTCARD'
  /** Two neighbours who vouched. */
  | 'VOUCHES';

/** A part of the queue. */
export type Lane =
  /** It is shown and nobody has read it yet. */
  | 'AFTERWARDS'
  /** What the caller has claimed. */
  | 'CLAIMED'
  /** Every case. */
  | 'EVERY'
  /** Somebody reported it. */
  | 'NOTICES'
  /** Something waits to be shown. */
  | 'WAITS';

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

/** A name for a tile. */
export type NameTileInput = {
  /** The tile. */
  cell: string;
  /** What neighbours call it; empty takes the name away. */
  name: string;
  /** Where. */
  neighbourhood: string;
};

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

/** For some days, more in a day. */
export type ProposeRaiseInput = {
  /** 4 to 10. */
  aDay: number;
  /** 1 to 14. */
  days: number;
  /** Why, in 20 to 2,000 characters: moderators alone read it. */
  facts: string;
  /** Where. */
  neighbourhood: string;
};

/** A suspension longer than 7 days. */
export type ProposeSevereInput = {
  /** A case that was decided against its author: they are who it is about. */
  case: string;
  /** 8 to 365. */
  days: number;
  /** What happened, in 20 to 2,000 characters: whom it is about reads this word for word. */
  facts: string;
  /** On what it stands. */
  ground: Ground;
  /** Which rule. */
  rule: HouseRule;
};

/** An authority asked for data. */
export type RecordLegalRequestInput = {
  /** Which authority. */
  authority: Authority;
  /** Random, minted by the client: the same again is counted once. */
  clientKey: string;
  /** What it was given. */
  given: Given;
  /** About which neighbourhood. */
  neighbourhood: string;
};

/** A case about which one does not want to decide. */
export type RecuseCaseInput = {
  /** Which. */
  case: string;
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

/** A case that one gives back. */
export type ReturnCaseInput = {
  /** Which. */
  case: string;
};

/** Whether postcards are sent. */
export type SetPostcardsInput = {
  /** Where. */
  neighbourhood: string;
  /** Whether who wants to join may ask for one. Those that were asked for before wait on. */
  offered: boolean;
};

/** What became of a postcard. */
export type SettlePostcardInput = {
  /** Where. */
  neighbourhood: string;
  /** Which. */
  postcard: string;
  /** Whether it was posted; if not, the address is none of the neighbourhood's, and its code opens nothing. */
  posted: boolean;
};

/** What one says of a membership. */
export type SettleQuestionedInput = {
  /** Whether it ends, which takes two moderators; one keeps it, against a proposal too. */
  end: boolean;
  /** Where. */
  neighbourhood: string;
  /** Which. */
  questioned: string;
};

/** What became of a membership. */
export type Settled =
  /** It is over. What they put up stays, and they may join again. */
  | 'ENDED'
  /** A second moderator has to agree. */
  | 'END_PROPOSED'
  /** It goes on. */
  | 'KEPT';

export type AppealsQueryVariables = Exact<{
  neighbourhood: string;
  first: number;
  after?: string | null | undefined;
}>;


export type AppealsQuery = { appeals: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, kind: ContentKind, category: Category | null, byReporter: boolean, deadline: string, against: { measure: Measure | null, rule: HouseRule } } }> } };

export type AppealQueryVariables = Exact<{
  id: string;
}>;


export type AppealQuery = { appeal: { id: string, kind: ContentKind, category: Category | null, byReporter: boolean, deadline: string, text: string, against: { measure: Measure | null, mediaRemoved: Array<string>, pausedUntil: string | null, aboutPeoplePausedUntil: string | null, rule: HouseRule, ground: Ground, facts: string, automated: boolean }, frozen: { post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, mediaHeld: boolean, ruling: Measure | null, lapsesAt: string | null, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } | null, comment: { id: string, body: string, signedBy: string, byAuthor: boolean, removed: boolean, publishedAt: string } | null, findings: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> } | null, content: { post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, mediaHeld: boolean, ruling: Measure | null, lapsesAt: string | null, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } | null, comment: { id: string, body: string, signedBy: string, byAuthor: boolean, removed: boolean, publishedAt: string } | null, findings: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> } | null } };

export type DecideAppealMutationVariables = Exact<{
  input: DecideAppealInput;
}>;


export type DecideAppealMutation = { decideAppeal: { id: string } };

export type CountedFragment = { exactly: number | null, few: boolean };

export type AuditQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type AuditQuery = { audit: Array<{ month: string, form: Array<{ step: FormStep, number: { exactly: number | null, few: boolean } }>, aboutPeople: Array<{ category: Category, measure: Measure | null, number: { exactly: number | null, few: boolean } }>, appeals: { exactly: number | null, few: boolean }, reversals: { exactly: number | null, few: boolean } }> };

export type RecordLegalRequestMutationVariables = Exact<{
  input: RecordLegalRequestInput;
}>;


export type RecordLegalRequestMutation = { recordLegalRequest: { id: string } };

export type QueueQueryVariables = Exact<{
  neighbourhood: string;
  lane: Lane;
  first: number;
  after?: string | null | undefined;
}>;


export type QueueQuery = { queue: { pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { id: string, kind: ContentKind, category: Category | null, causes: Array<CaseCause>, deadline: string, claimedUntil: string | null, claimedByMe: boolean } }> } };

export type CaseQueryVariables = Exact<{
  id: string;
}>;


export type CaseQuery = { case: { id: string, kind: ContentKind, category: Category | null, causes: Array<CaseCause>, openedAt: string, deadline: string, claimedUntil: string | null, claimedByMe: boolean, version: number, mediaHidden: Array<string>, reportsMore: number, reports: Array<{ reason: ReportReason, explanation: string | null, media: string | null, byVisitor: boolean, reportedAt: string }>, content: { post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, mediaHeld: boolean, ruling: Measure | null, lapsesAt: string | null, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } | null, comment: { id: string, body: string, signedBy: string, byAuthor: boolean, removed: boolean, publishedAt: string } | null, findings: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> } | null } };

export type ClaimCaseMutationVariables = Exact<{
  input: ClaimCaseInput;
}>;


export type ClaimCaseMutation = { claimCase: { case: { id: string, kind: ContentKind, category: Category | null, causes: Array<CaseCause>, openedAt: string, deadline: string, claimedUntil: string | null, claimedByMe: boolean, version: number, mediaHidden: Array<string>, reportsMore: number, reports: Array<{ reason: ReportReason, explanation: string | null, media: string | null, byVisitor: boolean, reportedAt: string }>, content: { post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, mediaHeld: boolean, ruling: Measure | null, lapsesAt: string | null, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } | null, comment: { id: string, body: string, signedBy: string, byAuthor: boolean, removed: boolean, publishedAt: string } | null, findings: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> } | null } } };

export type ReturnCaseMutationVariables = Exact<{
  input: ReturnCaseInput;
}>;


export type ReturnCaseMutation = { returnCase: { id: string } };

export type RecuseCaseMutationVariables = Exact<{
  input: RecuseCaseInput;
}>;


export type RecuseCaseMutation = { recuseCase: { id: string } };

export type DecideCaseMutationVariables = Exact<{
  input: DecideCaseInput;
}>;


export type DecideCaseMutation = { decideCase: { id: string, decision: { measure: Measure | null, mediaRemoved: Array<string>, pausedUntil: string | null, aboutPeoplePausedUntil: string | null, rule: HouseRule, ground: Ground, facts: string, automated: boolean } } };

export type FindingFragment = { code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null };

export type CasePictureFragment = { id: string, alt: string, blurhash: string, width: number, height: number, large: string };

export type ContentFragment = { post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, mediaHeld: boolean, ruling: Measure | null, lapsesAt: string | null, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } | null, comment: { id: string, body: string, signedBy: string, byAuthor: boolean, removed: boolean, publishedAt: string } | null, findings: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> };

export type DecisionFragment = { measure: Measure | null, mediaRemoved: Array<string>, pausedUntil: string | null, aboutPeoplePausedUntil: string | null, rule: HouseRule, ground: Ground, facts: string, automated: boolean };

export type InQueueFragment = { id: string, kind: ContentKind, category: Category | null, causes: Array<CaseCause>, deadline: string, claimedUntil: string | null, claimedByMe: boolean };

export type OpenFragment = { id: string, kind: ContentKind, category: Category | null, causes: Array<CaseCause>, openedAt: string, deadline: string, claimedUntil: string | null, claimedByMe: boolean, version: number, mediaHidden: Array<string>, reportsMore: number, reports: Array<{ reason: ReportReason, explanation: string | null, media: string | null, byVisitor: boolean, reportedAt: string }>, content: { post: { id: string, category: Category, state: PostState, title: string, body: string, signedBy: string, publishedAt: string, occurredAt: string | null, expiresAt: string, edited: boolean, mediaHeld: boolean, ruling: Measure | null, lapsesAt: string | null, tile: { token: string, name: string }, media: Array<{ id: string, alt: string, blurhash: string, width: number, height: number, large: string }>, event: { startsAt: string, endsAt: string, placeName: string, capacity: number | null, audience: Audience } | null, behaviour: { act: Act, harm: string, considered: Array<OrdinaryExplanation>, whyNot: string, clothing: string | null } | null } | null, comment: { id: string, body: string, signedBy: string, byAuthor: boolean, removed: boolean, publishedAt: string } | null, findings: Array<{ code: RefusalCode, message: string, field: string | null, range: { start: number, end: number } | null }> } | null };

export type InAppealsFragment = { id: string, kind: ContentKind, category: Category | null, byReporter: boolean, deadline: string, against: { measure: Measure | null, rule: HouseRule } };

export type ProposedFragment = { id: string, days: number, rule: HouseRule | null, ground: Ground | null, facts: string, deadline: string, mine: boolean };

export type ProposedRaiseFragment = { id: string, aDay: number, days: number, facts: string, deadline: string, mine: boolean };

export type LimitsQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type LimitsQuery = { limits: { usual: number, today: number, raised: { id: string, limit: { aDay: number, until: string } } | null, proposed: { id: string, aDay: number, days: number, facts: string, deadline: string, mine: boolean } | null } };

export type ProposeRaiseMutationVariables = Exact<{
  input: ProposeRaiseInput;
}>;


export type ProposeRaiseMutation = { proposeRaise: { proposed: { id: string, aDay: number, days: number, facts: string, deadline: string, mine: boolean } } };

export type ApproveRaiseMutationVariables = Exact<{
  input: ApproveRaiseInput;
}>;


export type ApproveRaiseMutation = { approveRaise: { id: string } };

export type EndRaiseMutationVariables = Exact<{
  input: EndRaiseInput;
}>;


export type EndRaiseMutation = { endRaise: { id: string } };

export type PostcardsQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type PostcardsQuery = { postcards: Array<{ id: string, lines: Array<string>, code: string, until: string }> };

export type ToWriteFragment = { id: string, lines: Array<string>, code: string, until: string };

export type SettlePostcardMutationVariables = Exact<{
  input: SettlePostcardInput;
}>;


export type SettlePostcardMutation = { settlePostcard: { id: string } };

export type QuestionedQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type QuestionedQuery = { questioned: Array<{ id: string, pseudonym: string, joinedBy: JoinedBy, doubts: Array<Doubt>, since: string, endProposed: boolean, recused: boolean }> };

export type DoubtedFragment = { id: string, pseudonym: string, joinedBy: JoinedBy, doubts: Array<Doubt>, since: string, endProposed: boolean, recused: boolean };

export type SettleQuestionedMutationVariables = Exact<{
  input: SettleQuestionedInput;
}>;


export type SettleQuestionedMutation = { settleQuestioned: { id: string, settled: Settled } };

export type MembersQueryVariables = Exact<{
  neighbourhood: string;
  beginning: string;
}>;


export type MembersQuery = { members: { hasMore: boolean, nodes: Array<{ pseudonym: string, joinedBy: JoinedBy, sinceMonth: string, moderates: boolean, newcomer: boolean, suspendedUntil: string | null }> } };

export type NamedFragment = { pseudonym: string, joinedBy: JoinedBy, sinceMonth: string, moderates: boolean, newcomer: boolean, suspendedUntil: string | null };

export type NameTileMutationVariables = Exact<{
  input: NameTileInput;
}>;


export type NameTileMutation = { nameTile: { neighbourhood: { id: string, slug: string, name: string, mapVersion: number | null, tiles: Array<{ token: string, name: string, level: number | null, selectable: boolean, coarse: { token: string, name: string } }> | null } } };

export type SetPostcardsMutationVariables = Exact<{
  input: SetPostcardsInput;
}>;


export type SetPostcardsMutation = { setPostcards: { neighbourhood: { postcards: boolean } } };

export type SevereQueryVariables = Exact<{
  neighbourhood: string;
}>;


export type SevereQuery = { severe: Array<{ id: string, days: number, rule: HouseRule | null, ground: Ground | null, facts: string, deadline: string, mine: boolean }> };

export type ProposeSevereMutationVariables = Exact<{
  input: ProposeSevereInput;
}>;


export type ProposeSevereMutation = { proposeSevere: { proposal: { id: string, days: number, rule: HouseRule | null, ground: Ground | null, facts: string, deadline: string, mine: boolean } } };

export type ApproveSevereMutationVariables = Exact<{
  input: ApproveSevereInput;
}>;


export type ApproveSevereMutation = { approveSevere: { id: string } };

export const CountedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Counted"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BandedNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exactly"}},{"kind":"Field","name":{"kind":"Name","value":"few"}}]}}]} as unknown as DocumentNode<CountedFragment, unknown>;
export const DecisionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Decision"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Decision"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"measure"}},{"kind":"Field","name":{"kind":"Name","value":"mediaRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"pausedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"aboutPeoplePausedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"ground"}},{"kind":"Field","name":{"kind":"Name","value":"facts"}},{"kind":"Field","name":{"kind":"Name","value":"automated"}}]}}]} as unknown as DocumentNode<DecisionFragment, unknown>;
export const InQueueFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InQueue"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CaseSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"causes"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"claimedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"claimedByMe"}}]}}]} as unknown as DocumentNode<InQueueFragment, unknown>;
export const CasePictureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CasePicture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}}]} as unknown as DocumentNode<CasePictureFragment, unknown>;
export const FindingFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Finding"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RefusalReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"range"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}}]}}]}}]} as unknown as DocumentNode<FindingFragment, unknown>;
export const ContentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Content"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CaseContent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"tile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"edited"}},{"kind":"Field","name":{"kind":"Name","value":"mediaHeld"}},{"kind":"Field","name":{"kind":"Name","value":"ruling"}},{"kind":"Field","name":{"kind":"Name","value":"lapsesAt"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CasePicture"}}]}},{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"placeName"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}}]}},{"kind":"Field","name":{"kind":"Name","value":"behaviour"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"act"}},{"kind":"Field","name":{"kind":"Name","value":"harm"}},{"kind":"Field","name":{"kind":"Name","value":"considered"}},{"kind":"Field","name":{"kind":"Name","value":"whyNot"}},{"kind":"Field","name":{"kind":"Name","value":"clothing"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"comment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"byAuthor"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"findings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Finding"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CasePicture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Finding"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RefusalReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"range"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}}]}}]}}]} as unknown as DocumentNode<ContentFragment, unknown>;
export const OpenFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Open"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Case"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"causes"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"claimedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"claimedByMe"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"mediaHidden"}},{"kind":"Field","name":{"kind":"Name","value":"reports"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"media"}},{"kind":"Field","name":{"kind":"Name","value":"byVisitor"}},{"kind":"Field","name":{"kind":"Name","value":"reportedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reportsMore"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Content"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CasePicture"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Media"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"blurhash"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","alias":{"kind":"Name","value":"large"},"name":{"kind":"Name","value":"url"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"variant"},"value":{"kind":"EnumValue","value":"LARGE"}}]}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Finding"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RefusalReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"range"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Content"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CaseContent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"tile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"edited"}},{"kind":"Field","name":{"kind":"Name","value":"mediaHeld"}},{"kind":"Field","name":{"kind":"Name","value":"ruling"}},{"kind":"Field","name":{"kind":"Name","value":"lapsesAt"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CasePicture"}}]}},{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"placeName"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}}]}},{"kind":"Field","name":{"kind":"Name","value":"behaviour"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"act"}},{"kind":"Field","name":{"kind":"Name","value":"harm"}},{"kind":"Field","name":{"kind":"Name","value":"considered"}},{"kind":"Field","name":{"kind":"Name","value":"whyNot"}},{"kind":"Field","name":{"kind":"Name","value":"clothing"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"comment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"byAuthor"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"findings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Finding"}}]}}]}}]} as unknown as DocumentNode<OpenFragment, unknown>;
export const InAppealsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InAppeals"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AppealSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"byReporter"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"against"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"measure"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}}]}}]}}]} as unknown as DocumentNode<InAppealsFragment, unknown>;
export const ProposedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Proposed"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Proposal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"days"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"ground"}},{"kind":"Field","name":{"kind":"Name","value":"facts"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"mine"}}]}}]} as unknown as DocumentNode<ProposedFragment, unknown>;
export const ProposedRaiseFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProposedRaise"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProposedRaise"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"aDay"}},{"kind":"Field","name":{"kind":"Name","value":"days"}},{"kind":"Field","name":{"kind":"Name","value":"facts"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"mine"}}]}}]} as unknown as DocumentNode<ProposedRaiseFragment, unknown>;
export const ToWriteFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ToWrite"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Postcard"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lines"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"until"}}]}}]} as unknown as DocumentNode<ToWriteFragment, unknown>;
export const DoubtedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Doubted"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"QuestionedMember"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"joinedBy"}},{"kind":"Field","name":{"kind":"Name","value":"doubts"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"endProposed"}},{"kind":"Field","name":{"kind":"Name","value":"recused"}}]}}]} as unknown as DocumentNode<DoubtedFragment, unknown>;
export const NamedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Named"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pseudonym"}},{"kind":"Field","name":{"kind":"Name","value":"joinedBy"}},{"kind":"Field","name":{"kind":"Name","value":"sinceMonth"}},{"kind":"Field","name":{"kind":"Name","value":"moderates"}},{"kind":"Field","name":{"kind":"Name","value":"newcomer"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedUntil"}}]}}]} as unknown as DocumentNode<NamedFragment, unknown>;
export const AppealsDocument = {"__meta__":{"hash":"sha256:78e509ba583c92a2ea211bd130b9fef9b69cc802c2e71ce8b0fee808643164f5"}} as unknown as DocumentNode<AppealsQuery, AppealsQueryVariables>;
export const AppealDocument = {"__meta__":{"hash":"sha256:1c7f962108b79810b5fc3b724613fa141c59f63bcb6b6949f5c760c0bade0403"}} as unknown as DocumentNode<AppealQuery, AppealQueryVariables>;
export const DecideAppealDocument = {"__meta__":{"hash":"sha256:921507056f4578f75b327f5a94a7e63390a236f39d1bb6fc383828e70482a6e9"}} as unknown as DocumentNode<DecideAppealMutation, DecideAppealMutationVariables>;
export const AuditDocument = {"__meta__":{"hash":"sha256:691e41443eeee0c9c00b5f2fc9b6add54c55cc5da727fd2a13c049f9d69952c1"}} as unknown as DocumentNode<AuditQuery, AuditQueryVariables>;
export const RecordLegalRequestDocument = {"__meta__":{"hash":"sha256:6e360051f215d58115f94313ee877bb1f60f122ba6e8f37e9e98492894e3cc7c"}} as unknown as DocumentNode<RecordLegalRequestMutation, RecordLegalRequestMutationVariables>;
export const QueueDocument = {"__meta__":{"hash":"sha256:e2bd97a49f840a730b8decc582aac6432265c9ad080d8527547cf5a38a7f48d4"}} as unknown as DocumentNode<QueueQuery, QueueQueryVariables>;
export const CaseDocument = {"__meta__":{"hash":"sha256:ae43148d8382169fe2ad3a3006cc495da13269ce2fc3886905a45745c8b98e0e"}} as unknown as DocumentNode<CaseQuery, CaseQueryVariables>;
export const ClaimCaseDocument = {"__meta__":{"hash":"sha256:71e7032d5b55727798d4747697990cbd8d0693d1f4bf0d98c95c848fa7534039"}} as unknown as DocumentNode<ClaimCaseMutation, ClaimCaseMutationVariables>;
export const ReturnCaseDocument = {"__meta__":{"hash":"sha256:9afb869292a9ad10642536ff9aaf6aacbceb904eb931a4ab15c9be8f9eeb5ead"}} as unknown as DocumentNode<ReturnCaseMutation, ReturnCaseMutationVariables>;
export const RecuseCaseDocument = {"__meta__":{"hash":"sha256:b889b4fd8660a5726dbeed512e8f5aafb96ff4d99abcd340f7e75377f22d9f4c"}} as unknown as DocumentNode<RecuseCaseMutation, RecuseCaseMutationVariables>;
export const DecideCaseDocument = {"__meta__":{"hash":"sha256:7e678a94096c333027b54f045cd916969d21ffe8ff0e844f621919793245a8f6"}} as unknown as DocumentNode<DecideCaseMutation, DecideCaseMutationVariables>;
export const LimitsDocument = {"__meta__":{"hash":"sha256:73273ffe414a13616103d0a045a3f484d993e29bc77e22142808787ce460aaca"}} as unknown as DocumentNode<LimitsQuery, LimitsQueryVariables>;
export const ProposeRaiseDocument = {"__meta__":{"hash":"sha256:acc1d436483848f08df128e1a3bba0186c83cb6dae9914f078d046a5b4403b93"}} as unknown as DocumentNode<ProposeRaiseMutation, ProposeRaiseMutationVariables>;
export const ApproveRaiseDocument = {"__meta__":{"hash":"sha256:a159e28f2bac37a91882c4e2da0cb462f22b90c9c921f8120e0c3d2d219e618f"}} as unknown as DocumentNode<ApproveRaiseMutation, ApproveRaiseMutationVariables>;
export const EndRaiseDocument = {"__meta__":{"hash":"sha256:408288445776bb39faf5b4f2787086a3f10e6d570286c28a7c422cb794ffcae3"}} as unknown as DocumentNode<EndRaiseMutation, EndRaiseMutationVariables>;
export const PostcardsDocument = {"__meta__":{"hash":"sha256:ab1f8edf9aed58c1537e4dc60d2d5fa594b42024f72a5017c613b35d9d4d4e48"}} as unknown as DocumentNode<PostcardsQuery, PostcardsQueryVariables>;
export const SettlePostcardDocument = {"__meta__":{"hash":"sha256:bf73f6b054b35618ace01fb2b653ca2876b8387c5aaa8a8ae5eb8f95f0da1288"}} as unknown as DocumentNode<SettlePostcardMutation, SettlePostcardMutationVariables>;
export const QuestionedDocument = {"__meta__":{"hash":"sha256:b7c6952ef2d684bfbce29972710444a1cd67afcfe8bcd2ffe670dfc4fb0415bb"}} as unknown as DocumentNode<QuestionedQuery, QuestionedQueryVariables>;
export const SettleQuestionedDocument = {"__meta__":{"hash":"sha256:e37caa14d9e82af228f6c9418510c2bf7ed3ac8d0c48c743f20b7efc004ebf7e"}} as unknown as DocumentNode<SettleQuestionedMutation, SettleQuestionedMutationVariables>;
export const MembersDocument = {"__meta__":{"hash":"sha256:56d957331ee76949bd757c8d1476a48c04a4472e1a6150f89a642d616d9afd6a"}} as unknown as DocumentNode<MembersQuery, MembersQueryVariables>;
export const NameTileDocument = {"__meta__":{"hash":"sha256:8a21eacb3084e987b92ba2a7e7e7f96359c8a669c9dbda5ed5940862bdd5ae46"}} as unknown as DocumentNode<NameTileMutation, NameTileMutationVariables>;
export const SetPostcardsDocument = {"__meta__":{"hash":"sha256:26889d4dfa64904961ca1af42025101075d9e8f73eb37fdd0e42b6160d3a3c28"}} as unknown as DocumentNode<SetPostcardsMutation, SetPostcardsMutationVariables>;
export const SevereDocument = {"__meta__":{"hash":"sha256:b9b240fe8df6cd3300d4d2ac6c3a4a3827522bcbf463c30fbc418a98a0cde3a4"}} as unknown as DocumentNode<SevereQuery, SevereQueryVariables>;
export const ProposeSevereDocument = {"__meta__":{"hash":"sha256:8a44c63dac9eb9171a53374d0e5660bdcf1ab56e15ad016187c3125777ae2995"}} as unknown as DocumentNode<ProposeSevereMutation, ProposeSevereMutationVariables>;
export const ApproveSevereDocument = {"__meta__":{"hash":"sha256:00f9702c7a7c603a29bff93ef5b4af420dce14e0b6f7054108e3e9f9533176e0"}} as unknown as DocumentNode<ApproveSevereMutation, ApproveSevereMutationVariables>;