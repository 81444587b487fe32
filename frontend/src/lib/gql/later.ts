/* eslint-disable */
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import type {
  AccountQuery,
  AccountQueryVariables,
  ChangeHomeCellMutation,
  ChangeHomeCellMutationVariables,
  FollowAreaMutation,
  FollowAreaMutationVariables,
  ChangePseudonymMutation,
  ChangePseudonymMutationVariables,
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
  NameTileMutation,
  NameTileMutationVariables,
  NoticeQuery,
  NoticeQueryVariables,
  PostChangesSubscription,
  PostChangesSubscriptionVariables,
  MyPostsQuery,
  MyPostsQueryVariables,
  HeldPostsQuery,
  HeldPostsQueryVariables,
  PublicEventsQuery,
  PublicEventsQueryVariables,
  OpenEverywhereQuery,
  OpenEverywhereQueryVariables,
  InvitationQuery,
  InvitationQueryVariables,
  SignUpMutation,
  SignUpMutationVariables,
  ConfirmEmailMutation,
  ConfirmEmailMutationVariables,
  SignInMutation,
  SignInMutationVariables,
  RequestRecoveryMutation,
  RequestRecoveryMutationVariables,
  RecoverPasswordMutation,
  RecoverPasswordMutationVariables,
  JoinNeighbourhoodMutation,
  JoinNeighbourhoodMutationVariables,
  AboutPeopleQuery,
  AboutPeopleQueryVariables,
  ConfirmPostMutation,
  ConfirmPostMutationVariables,
  AnswerPoliceReadingMutation,
  AnswerPoliceReadingMutationVariables,
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
  ReviewPostMutation,
  ReviewPostMutationVariables
} from './graphql';

export const AccountDocument = {"__meta__":{"hash":"sha256:64d44de626ac3027fdca7934bbdc339f1029c53cfef4b79ff937ede1a07331a0"}} as unknown as DocumentNode<AccountQuery, AccountQueryVariables>;
export const ChangeHomeCellDocument = {"__meta__":{"hash":"sha256:bc735d861fbad2d1d8f64f05e4cc76d2f1da39b4b228dd2983b803a0665d4507"}} as unknown as DocumentNode<ChangeHomeCellMutation, ChangeHomeCellMutationVariables>;
export const FollowAreaDocument = {"__meta__":{"hash":"sha256:b555c2819d61cb3e111fc140e1f48b8902a40c5da25945240b24221634cff74c"}} as unknown as DocumentNode<FollowAreaMutation, FollowAreaMutationVariables>;
export const ChangePseudonymDocument = {"__meta__":{"hash":"sha256:16b5a74968a0b0de938256022c7fe38d4920fe24161cd43630a084a39ff6971f"}} as unknown as DocumentNode<ChangePseudonymMutation, ChangePseudonymMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:1ac0fc6ae67684438864ff157a717f3a2cb7866cbf19f29399e6a245c0e13b51"}} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const CreateInviteDocument = {"__meta__":{"hash":"sha256:e3ee24ee04953ddc423fdeb61aa8e7a354e25f059dadcb3e28f41b93411b3e39"}} as unknown as DocumentNode<CreateInviteMutation, CreateInviteMutationVariables>;
export const RevokeInviteDocument = {"__meta__":{"hash":"sha256:f95e0b9fdf9212c5c78f4eaed97b643867d6e472cbbfa935465b9c57bdfa01f1"}} as unknown as DocumentNode<RevokeInviteMutation, RevokeInviteMutationVariables>;
export const RevokeSessionDocument = {"__meta__":{"hash":"sha256:829f20d89bc5a4e83a0190e7a71f09a2a4b0a32761e9766e24c88d9498430038"}} as unknown as DocumentNode<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const EraseAccountDocument = {"__meta__":{"hash":"sha256:7478c98a55465500c00124282c22eb51168b84cf74a628017509af6984b61b9a"}} as unknown as DocumentNode<EraseAccountMutation, EraseAccountMutationVariables>;
export const NameTileDocument = {"__meta__":{"hash":"sha256:28d3f8214ba6b87dff7207466c39e1f9a31bfcce0ad794bf5964ca174ed95bf1"}} as unknown as DocumentNode<NameTileMutation, NameTileMutationVariables>;
export const NoticeDocument = {"__meta__":{"hash":"sha256:29900393a985319876c06f941ee913669ba1060e304eafa07c926d643881a111"}} as unknown as DocumentNode<NoticeQuery, NoticeQueryVariables>;
export const PostChangesDocument = {"__meta__":{"hash":"sha256:8498293751a11fbbafed21c092bef8bfc0d2a3b6ec3e416613eeb0548059a06a"}} as unknown as DocumentNode<PostChangesSubscription, PostChangesSubscriptionVariables>;
export const MyPostsDocument = {"__meta__":{"hash":"sha256:2cf861d3c53036d6b918a4c687ff30cc41654972f5203f3282faadc3ed8549f9"}} as unknown as DocumentNode<MyPostsQuery, MyPostsQueryVariables>;
export const HeldPostsDocument = {"__meta__":{"hash":"sha256:ea9206928d2d4cdb86849ef2e01022f005ab8093b8a21a1927d9163d23ca95d4"}} as unknown as DocumentNode<HeldPostsQuery, HeldPostsQueryVariables>;
export const PublicEventsDocument = {"__meta__":{"hash":"sha256:43bfd059a2cac6079e3ab072c56e4b25752a57908b1c1789cd3076a5057af83e"}} as unknown as DocumentNode<PublicEventsQuery, PublicEventsQueryVariables>;
export const OpenEverywhereDocument = {"__meta__":{"hash":"sha256:4f697abe46cc213d86f457b7b1cc376e89d4e1d037f90bb8b01cc5aa8b510746"}} as unknown as DocumentNode<OpenEverywhereQuery, OpenEverywhereQueryVariables>;
export const InvitationDocument = {"__meta__":{"hash":"sha256:aea226fa26b38c1663a8554442a3deab24bf9b77dac648fce7db3e26c31f8195"}} as unknown as DocumentNode<InvitationQuery, InvitationQueryVariables>;
export const SignUpDocument = {"__meta__":{"hash":"sha256:7fcb30a056f1763968c2c2c835528e17415c9191babee467c560d153f0b8cc59"}} as unknown as DocumentNode<SignUpMutation, SignUpMutationVariables>;
export const ConfirmEmailDocument = {"__meta__":{"hash":"sha256:ba3ce6ec84fdc9b50b2936fc3fb30cebe5905aa8253dd5161296e05b30ff3752"}} as unknown as DocumentNode<ConfirmEmailMutation, ConfirmEmailMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:201f2c5ab736ff2581f12482d28a98c84eb7d271565a02a8ab00af61b42b449f"}} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const RequestRecoveryDocument = {"__meta__":{"hash":"sha256:dabcb4248df2decd795b8527d87948cab214e5cb7797ca0af856d633ff387eb6"}} as unknown as DocumentNode<RequestRecoveryMutation, RequestRecoveryMutationVariables>;
export const RecoverPasswordDocument = {"__meta__":{"hash":"sha256:f820f976f5358d1cb16702c3221a7199c0eb55616d9d192cfb06c1d9eb571a54"}} as unknown as DocumentNode<RecoverPasswordMutation, RecoverPasswordMutationVariables>;
export const JoinNeighbourhoodDocument = {"__meta__":{"hash":"sha256:7acc3a942acf2e1b0386211962e2bb2b46df6808d434bc5f10703d3f8bb422e1"}} as unknown as DocumentNode<JoinNeighbourhoodMutation, JoinNeighbourhoodMutationVariables>;
export const AboutPeopleDocument = {"__meta__":{"hash":"sha256:4263176b4da2af7f7f3e4ef16710ca665f8b5482378be3c17d46ea14d1d845eb"}} as unknown as DocumentNode<AboutPeopleQuery, AboutPeopleQueryVariables>;
export const ConfirmPostDocument = {"__meta__":{"hash":"sha256:33686275eb88feed152bdebae0b78b2aa953a704ab0164aa44155cbf2978a797"}} as unknown as DocumentNode<ConfirmPostMutation, ConfirmPostMutationVariables>;
export const AnswerPoliceReadingDocument = {"__meta__":{"hash":"sha256:aaaa95f7840d4d6435059370fb2317ffea763b1e859e89a1f074e68842db287e"}} as unknown as DocumentNode<AnswerPoliceReadingMutation, AnswerPoliceReadingMutationVariables>;
export const PublishPostDocument = {"__meta__":{"hash":"sha256:c09d55924673da6ed2ac1f0cac10ce4fc0cfdd84a8bc1547edac1a85d3a9dd74"}} as unknown as DocumentNode<PublishPostMutation, PublishPostMutationVariables>;
export const EditPostDocument = {"__meta__":{"hash":"sha256:8a2093c1d814451c4f11608ddc0cf429223bf12c1a2950bc95bf87cd5ef021a8"}} as unknown as DocumentNode<EditPostMutation, EditPostMutationVariables>;
export const ResolvePostDocument = {"__meta__":{"hash":"sha256:8758e2fe80f16a460baa64375a03bf6416aa122935a864a948e5429f42a0f0b4"}} as unknown as DocumentNode<ResolvePostMutation, ResolvePostMutationVariables>;
export const WithdrawPostDocument = {"__meta__":{"hash":"sha256:5e928ca41257f3076dcf65cdb876081a82ea1523530b2835d123ac0009983674"}} as unknown as DocumentNode<WithdrawPostMutation, WithdrawPostMutationVariables>;
export const AddCommentDocument = {"__meta__":{"hash":"sha256:45bbcdebe3b58b48eb8ad1a48c6da8925d4f7fc0380bef6285b7fac7fab8a9c4"}} as unknown as DocumentNode<AddCommentMutation, AddCommentMutationVariables>;
export const WithdrawCommentDocument = {"__meta__":{"hash":"sha256:5f07494d6aea6f653c03dda5141fd29765fbcc94d21ed6293eabaedaa85b6729"}} as unknown as DocumentNode<WithdrawCommentMutation, WithdrawCommentMutationVariables>;
export const SetRsvpDocument = {"__meta__":{"hash":"sha256:b366b2ef56360d3bcb28ee358330667ecf9a6f9b8003211413cdc017acd79db4"}} as unknown as DocumentNode<SetRsvpMutation, SetRsvpMutationVariables>;
export const ReviewPostDocument = {"__meta__":{"hash":"sha256:58181080e883d6d113a2cbe90de9fdc6d66efeacbdc7af2cca98431902e69021"}} as unknown as DocumentNode<ReviewPostMutation, ReviewPostMutationVariables>;
