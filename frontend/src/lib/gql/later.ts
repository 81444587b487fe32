/* eslint-disable */
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import type {
  AccountQuery,
  AccountQueryVariables,
  HelpedTilesQuery,
  HelpedTilesQueryVariables,
  ChangeHomeCellMutation,
  ChangeHomeCellMutationVariables,
  FollowAreaMutation,
  FollowAreaMutationVariables,
  ChangePseudonymMutation,
  ChangePseudonymMutationVariables,
  ChangeLocaleMutation,
  ChangeLocaleMutationVariables,
  ChangePasswordMutation,
  ChangePasswordMutationVariables,
  CreateInviteMutation,
  CreateInviteMutationVariables,
  RevokeInviteMutation,
  RevokeInviteMutationVariables,
  RevokeSessionMutation,
  RevokeSessionMutationVariables,
  EraseAccountMutation,
  EraseAccountMutationVariables,
  TombstonesQuery,
  TombstonesQueryVariables,
  NoticeQuery,
  NoticeQueryVariables,
  PostChangesSubscription,
  PostChangesSubscriptionVariables,
  MyPostsQuery,
  MyPostsQueryVariables,
  PublicEventsQuery,
  PublicEventsQueryVariables,
  OpenEverywhereQuery,
  OpenEverywhereQueryVariables,
  TakenDownQuery,
  TakenDownQueryVariables,
  InvitationQuery,
  InvitationQueryVariables,
  SignUpMutation,
  SignUpMutationVariables,
  ConfirmEmailMutation,
  ConfirmEmailMutationVariables,
  SignInMutation,
  SignInMutationVariables,
  SignOutMutation,
  SignOutMutationVariables,
  RequestRecoveryMutation,
  RequestRecoveryMutationVariables,
  RecoverPasswordMutation,
  RecoverPasswordMutationVariables,
  JoinNeighbourhoodMutation,
  JoinNeighbourhoodMutationVariables,
  JoinPlacesQuery,
  JoinPlacesQueryVariables,
  JoiningQuery,
  JoiningQueryVariables,
  AskForVouchesMutation,
  AskForVouchesMutationVariables,
  AskForPostcardMutation,
  AskForPostcardMutationVariables,
  WithdrawJoiningMutation,
  WithdrawJoiningMutationVariables,
  VouchesQuery,
  VouchesQueryVariables,
  VouchingQuery,
  VouchingQueryVariables,
  VouchMutation,
  VouchMutationVariables,
  TakeBackVouchMutation,
  TakeBackVouchMutationVariables,
  PostcardsOfferedQuery,
  PostcardsOfferedQueryVariables,
  QuestionMemberMutation,
  QuestionMemberMutationVariables,
  PlaceQuery,
  PlaceQueryVariables,
  ReservesQuery,
  ReservesQueryVariables,
  RaisedLimitsQuery,
  RaisedLimitsQueryVariables,
  DecisionsQuery,
  DecisionsQueryVariables,
  MonthQuery,
  MonthQueryVariables,
  AboutPeopleQuery,
  AboutPeopleQueryVariables,
  ConfirmPostMutation,
  ConfirmPostMutationVariables,
  AnswerPoliceReadingMutation,
  AnswerPoliceReadingMutationVariables,
  ReportContentMutation,
  ReportContentMutationVariables,
  ReportDepictionMutation,
  ReportDepictionMutationVariables,
  StatementQuery,
  StatementQueryVariables,
  StatementsQuery,
  StatementsQueryVariables,
  AppealDecisionMutation,
  AppealDecisionMutationVariables,
  StaffViewsQuery,
  StaffViewsQueryVariables,
  PublishPostMutation,
  PublishPostMutationVariables,
  EditPostMutation,
  EditPostMutationVariables,
  ResolvePostMutation,
  ResolvePostMutationVariables,
  WithdrawPostMutation,
  WithdrawPostMutationVariables,
  AddCommentMutation,
  AddCommentMutationVariables,
  WithdrawCommentMutation,
  WithdrawCommentMutationVariables,
  SetRsvpMutation,
  SetRsvpMutationVariables,
  CountFormStepMutation,
  CountFormStepMutationVariables
} from './graphql';

export const AccountDocument = {"__meta__":{"hash":"sha256:af2cc964969794906fa705d08359e968f3a8acb5b3433d2ebbf8b18e560cc6d6"}} as unknown as DocumentNode<AccountQuery, AccountQueryVariables>;
export const HelpedTilesDocument = {"__meta__":{"hash":"sha256:e384cc8bbed22fc0acf698e5e77d5f2ce017d585ccc10b1bec5fc1a18eeb0988"}} as unknown as DocumentNode<HelpedTilesQuery, HelpedTilesQueryVariables>;
export const ChangeHomeCellDocument = {"__meta__":{"hash":"sha256:bc735d861fbad2d1d8f64f05e4cc76d2f1da39b4b228dd2983b803a0665d4507"}} as unknown as DocumentNode<ChangeHomeCellMutation, ChangeHomeCellMutationVariables>;
export const FollowAreaDocument = {"__meta__":{"hash":"sha256:b555c2819d61cb3e111fc140e1f48b8902a40c5da25945240b24221634cff74c"}} as unknown as DocumentNode<FollowAreaMutation, FollowAreaMutationVariables>;
export const ChangePseudonymDocument = {"__meta__":{"hash":"sha256:16b5a74968a0b0de938256022c7fe38d4920fe24161cd43630a084a39ff6971f"}} as unknown as DocumentNode<ChangePseudonymMutation, ChangePseudonymMutationVariables>;
export const ChangeLocaleDocument = {"__meta__":{"hash":"sha256:66d13b558a3fdaf7930c2dd5864048834cc84a670c9a202fd57dd44f661d2757"}} as unknown as DocumentNode<ChangeLocaleMutation, ChangeLocaleMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:1ac0fc6ae67684438864ff157a717f3a2cb7866cbf19f29399e6a245c0e13b51"}} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const CreateInviteDocument = {"__meta__":{"hash":"sha256:e3ee24ee04953ddc423fdeb61aa8e7a354e25f059dadcb3e28f41b93411b3e39"}} as unknown as DocumentNode<CreateInviteMutation, CreateInviteMutationVariables>;
export const RevokeInviteDocument = {"__meta__":{"hash":"sha256:f95e0b9fdf9212c5c78f4eaed97b643867d6e472cbbfa935465b9c57bdfa01f1"}} as unknown as DocumentNode<RevokeInviteMutation, RevokeInviteMutationVariables>;
export const RevokeSessionDocument = {"__meta__":{"hash":"sha256:829f20d89bc5a4e83a0190e7a71f09a2a4b0a32761e9766e24c88d9498430038"}} as unknown as DocumentNode<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const EraseAccountDocument = {"__meta__":{"hash":"sha256:7478c98a55465500c00124282c22eb51168b84cf74a628017509af6984b61b9a"}} as unknown as DocumentNode<EraseAccountMutation, EraseAccountMutationVariables>;
export const TombstonesDocument = {"__meta__":{"hash":"sha256:f01403eacd8bc9eb7d88f3187cd6c98ac7783026d3025ca033db8af5c2b2377c"}} as unknown as DocumentNode<TombstonesQuery, TombstonesQueryVariables>;
export const NoticeDocument = {"__meta__":{"hash":"sha256:d3c43c7047b7cfa3bd49c2197e317f20e05b5cd920e815b59084ebb4ac20b388"}} as unknown as DocumentNode<NoticeQuery, NoticeQueryVariables>;
export const PostChangesDocument = {"__meta__":{"hash":"sha256:a40824012ab31d20a4f718c7239247cd1f250f2d1e7784252c5127b56e39dc73"}} as unknown as DocumentNode<PostChangesSubscription, PostChangesSubscriptionVariables>;
export const MyPostsDocument = {"__meta__":{"hash":"sha256:1f5fc1004fb49b33497155fdd46ee92080b4597818f9a8c2e6e207dd9f3bdc9c"}} as unknown as DocumentNode<MyPostsQuery, MyPostsQueryVariables>;
export const PublicEventsDocument = {"__meta__":{"hash":"sha256:004358bd7e3dc156079a9a4b48a20470d14906db3faec5a1af1441a3fc58ddef"}} as unknown as DocumentNode<PublicEventsQuery, PublicEventsQueryVariables>;
export const OpenEverywhereDocument = {"__meta__":{"hash":"sha256:434e8831b64182b34a7cf14868457722b179f14f22ec942602f573b34a863da1"}} as unknown as DocumentNode<OpenEverywhereQuery, OpenEverywhereQueryVariables>;
export const TakenDownDocument = {"__meta__":{"hash":"sha256:779072354e59a6002d2722d42dbaed4a990cdce5d530af85467c4601e1eafdc4"}} as unknown as DocumentNode<TakenDownQuery, TakenDownQueryVariables>;
export const InvitationDocument = {"__meta__":{"hash":"sha256:aea226fa26b38c1663a8554442a3deab24bf9b77dac648fce7db3e26c31f8195"}} as unknown as DocumentNode<InvitationQuery, InvitationQueryVariables>;
export const SignUpDocument = {"__meta__":{"hash":"sha256:7fcb30a056f1763968c2c2c835528e17415c9191babee467c560d153f0b8cc59"}} as unknown as DocumentNode<SignUpMutation, SignUpMutationVariables>;
export const ConfirmEmailDocument = {"__meta__":{"hash":"sha256:248e123b1ac4565b0ce612913b9c681955495e5b97d27980fbbcba311d26ef92"}} as unknown as DocumentNode<ConfirmEmailMutation, ConfirmEmailMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:1a5164a696e8bc243d3012691d64d8b415818009e81bd3faa036af68cbd89f4f"}} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = {"__meta__":{"hash":"sha256:ffd093bc73cd0e180b4296d8e8b21a3311efcff70fe2ca4fd0032c4654692619"}} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const RequestRecoveryDocument = {"__meta__":{"hash":"sha256:dabcb4248df2decd795b8527d87948cab214e5cb7797ca0af856d633ff387eb6"}} as unknown as DocumentNode<RequestRecoveryMutation, RequestRecoveryMutationVariables>;
export const RecoverPasswordDocument = {"__meta__":{"hash":"sha256:f131c33f935c41924d824288828a397822eaa8453859cbbe2d35d6dea5ba9291"}} as unknown as DocumentNode<RecoverPasswordMutation, RecoverPasswordMutationVariables>;
export const JoinNeighbourhoodDocument = {"__meta__":{"hash":"sha256:7acc3a942acf2e1b0386211962e2bb2b46df6808d434bc5f10703d3f8bb422e1"}} as unknown as DocumentNode<JoinNeighbourhoodMutation, JoinNeighbourhoodMutationVariables>;
export const JoinPlacesDocument = {"__meta__":{"hash":"sha256:b08e74223c9611cc293dfdea5ea2e8eaf623c1e3e82fab536f90d45fb209f6a0"}} as unknown as DocumentNode<JoinPlacesQuery, JoinPlacesQueryVariables>;
export const JoiningDocument = {"__meta__":{"hash":"sha256:085f435e63b071df8bf2be2165c641599a5eef721d060502259d5185bf2a72be"}} as unknown as DocumentNode<JoiningQuery, JoiningQueryVariables>;
export const AskForVouchesDocument = {"__meta__":{"hash":"sha256:77d06c6520ec82238fa4205a50044bb6e03e64231887726e258fd175c09f424c"}} as unknown as DocumentNode<AskForVouchesMutation, AskForVouchesMutationVariables>;
export const AskForPostcardDocument = {"__meta__":{"hash":"sha256:c237bb5deeb3e2e3e21da46d2a34937a7353776b11a934260a8401569e16e6c5"}} as unknown as DocumentNode<AskForPostcardMutation, AskForPostcardMutationVariables>;
export const WithdrawJoiningDocument = {"__meta__":{"hash":"sha256:639526d96cc8be7d2f59c1e2f6635d08a8128f2a46de00db74de7581804dfe9c"}} as unknown as DocumentNode<WithdrawJoiningMutation, WithdrawJoiningMutationVariables>;
export const VouchesDocument = {"__meta__":{"hash":"sha256:5dc82592361e53d8bbba3652fbdd988c1eee8846bc42de8c4932b82c2d306a5f"}} as unknown as DocumentNode<VouchesQuery, VouchesQueryVariables>;
export const VouchingDocument = {"__meta__":{"hash":"sha256:3d623e5e6addcba04f7903570d562d277fcf7fa5978e43b2f87ad78fb9faa5ea"}} as unknown as DocumentNode<VouchingQuery, VouchingQueryVariables>;
export const VouchDocument = {"__meta__":{"hash":"sha256:20ceb831783b11d6fd235abffcc9c8a97d342f6df31e8960cc66f5966b715f65"}} as unknown as DocumentNode<VouchMutation, VouchMutationVariables>;
export const TakeBackVouchDocument = {"__meta__":{"hash":"sha256:0542a6384eef660fc23369a38be69173a221dc86219ab24d380732141e23fc38"}} as unknown as DocumentNode<TakeBackVouchMutation, TakeBackVouchMutationVariables>;
export const PostcardsOfferedDocument = {"__meta__":{"hash":"sha256:69c5938d0b8e43853164f051a2346fea8169ad1421bb7e384056daf88bd9223c"}} as unknown as DocumentNode<PostcardsOfferedQuery, PostcardsOfferedQueryVariables>;
export const QuestionMemberDocument = {"__meta__":{"hash":"sha256:4ac2faef261b620a04ee67e96c47feb5c9f7a15cccca3874ba5a06fc8d7d2370"}} as unknown as DocumentNode<QuestionMemberMutation, QuestionMemberMutationVariables>;
export const PlaceDocument = {"__meta__":{"hash":"sha256:d54dc9a815534ce8cf9735e8137c8cc15415c971e3d13416fd5d45cedb6007fc"}} as unknown as DocumentNode<PlaceQuery, PlaceQueryVariables>;
export const ReservesDocument = {"__meta__":{"hash":"sha256:72ffd33b67facb2db95838fbe3ccab8e3a7f41134c196bb01ede330ead6260c3"}} as unknown as DocumentNode<ReservesQuery, ReservesQueryVariables>;
export const RaisedLimitsDocument = {"__meta__":{"hash":"sha256:dc21bb6cbf120a57a7aed065995c468e784ab838e10ef072b2074c6ff61fccf9"}} as unknown as DocumentNode<RaisedLimitsQuery, RaisedLimitsQueryVariables>;
export const DecisionsDocument = {"__meta__":{"hash":"sha256:3c327df10cdcbe30e91b481c95b438f7f7f3a72a0a4f1a686e9b45abade8e1a6"}} as unknown as DocumentNode<DecisionsQuery, DecisionsQueryVariables>;
export const MonthDocument = {"__meta__":{"hash":"sha256:01dd4df6212fc527a6790b07cb5aff65efacbd3e6f707ddcd83a49789d5fe9bf"}} as unknown as DocumentNode<MonthQuery, MonthQueryVariables>;
export const AboutPeopleDocument = {"__meta__":{"hash":"sha256:4263176b4da2af7f7f3e4ef16710ca665f8b5482378be3c17d46ea14d1d845eb"}} as unknown as DocumentNode<AboutPeopleQuery, AboutPeopleQueryVariables>;
export const ConfirmPostDocument = {"__meta__":{"hash":"sha256:5138129ed7059f68b743c0d765e9c4eccc3aa0de6a89b472f438b8f75cbd10be"}} as unknown as DocumentNode<ConfirmPostMutation, ConfirmPostMutationVariables>;
export const AnswerPoliceReadingDocument = {"__meta__":{"hash":"sha256:aaaa95f7840d4d6435059370fb2317ffea763b1e859e89a1f074e68842db287e"}} as unknown as DocumentNode<AnswerPoliceReadingMutation, AnswerPoliceReadingMutationVariables>;
export const ReportContentDocument = {"__meta__":{"hash":"sha256:b935c2a290f5a5bad90a625621e0575898da61c95b9b38da3ed27e83136328a6"}} as unknown as DocumentNode<ReportContentMutation, ReportContentMutationVariables>;
export const ReportDepictionDocument = {"__meta__":{"hash":"sha256:f752b9cd64423246bbe3afdf9be6fbe5b73abf1c7a2cb837e9ed83b5447a1b2c"}} as unknown as DocumentNode<ReportDepictionMutation, ReportDepictionMutationVariables>;
export const StatementDocument = {"__meta__":{"hash":"sha256:259183eb70461ffc0efe3b634140daaf079bf0e0784834288fddedc8cc7b26e9"}} as unknown as DocumentNode<StatementQuery, StatementQueryVariables>;
export const StatementsDocument = {"__meta__":{"hash":"sha256:a47adeae31464717076175d28f567e12a8e24570d7ccd331a27a2a377d464bac"}} as unknown as DocumentNode<StatementsQuery, StatementsQueryVariables>;
export const AppealDecisionDocument = {"__meta__":{"hash":"sha256:c9dd7a069015baf40a015f49ba8fba29437c4689fc1a1c15b0ee4c362e6d8481"}} as unknown as DocumentNode<AppealDecisionMutation, AppealDecisionMutationVariables>;
export const StaffViewsDocument = {"__meta__":{"hash":"sha256:c556fbfe47effcaa7ee1e7d43c7d3b0958d51f055126c5bbca820d050f6b7de8"}} as unknown as DocumentNode<StaffViewsQuery, StaffViewsQueryVariables>;
export const PublishPostDocument = {"__meta__":{"hash":"sha256:83be2f8a4ee78db3b2e70a5220eb9fed34ee4336fd6d41a20bec8ac390a6dc7f"}} as unknown as DocumentNode<PublishPostMutation, PublishPostMutationVariables>;
export const EditPostDocument = {"__meta__":{"hash":"sha256:8184dbe13bfd84eb9a27eb0988d7bf013d8c9ae5264f6fea23befb69665eef14"}} as unknown as DocumentNode<EditPostMutation, EditPostMutationVariables>;
export const ResolvePostDocument = {"__meta__":{"hash":"sha256:3c2a93f7e29d35f6f331335370528732b341af6bb96de1eac3b435b2c19a48ff"}} as unknown as DocumentNode<ResolvePostMutation, ResolvePostMutationVariables>;
export const WithdrawPostDocument = {"__meta__":{"hash":"sha256:5e928ca41257f3076dcf65cdb876081a82ea1523530b2835d123ac0009983674"}} as unknown as DocumentNode<WithdrawPostMutation, WithdrawPostMutationVariables>;
export const AddCommentDocument = {"__meta__":{"hash":"sha256:9e709535fef2427ca1a2da6e404524fe1a970b09ceee3743dc71a8a1b964db05"}} as unknown as DocumentNode<AddCommentMutation, AddCommentMutationVariables>;
export const WithdrawCommentDocument = {"__meta__":{"hash":"sha256:5f07494d6aea6f653c03dda5141fd29765fbcc94d21ed6293eabaedaa85b6729"}} as unknown as DocumentNode<WithdrawCommentMutation, WithdrawCommentMutationVariables>;
export const SetRsvpDocument = {"__meta__":{"hash":"sha256:b366b2ef56360d3bcb28ee358330667ecf9a6f9b8003211413cdc017acd79db4"}} as unknown as DocumentNode<SetRsvpMutation, SetRsvpMutationVariables>;
export const CountFormStepDocument = {"__meta__":{"hash":"sha256:74b02ce6bb1a700e2f52d2f2c58ba196fca3139f91f4cbe27775843be72ab7eb"}} as unknown as DocumentNode<CountFormStepMutation, CountFormStepMutationVariables>;
