//! Fills a board the way residents would: invited, signed up by mail, signed in, publishing. On a clock of its own, so
//! that what is loaded has a past.

mod moderating;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use contract::common::Picture;
use contract::identity::{
    AuthenticateRequest, ConfirmEmailRequest, CreateInviteRequest, FollowAreaRequest,
    SignInRequest, SignUpRequest, SignedIn, Viewer, create_invite_reply, follow_area_reply,
    sign_in_reply, sign_up_reply,
};
use contract::media::{DescribeRequest, UploadPiece};
use contract::posts::{
    AddCommentRequest, Post, PostRequest, PublishRequest, Rsvp, SetRsvpRequest, add_comment_reply,
    publish_reply, set_rsvp_reply,
};
use contract::{Caller, Fault, Locale, NeighbourhoodId, PostId, ResidentId, SessionId};
use geo::Place;
use runtime::{Clock, Entropy};
use tempfile::TempDir;

use crate::config::Config;
use crate::wiring::{House, Roles, Surroundings, open, prepare};

/// Larger pieces are not taken.
const PIECE_BYTES: usize = 60 * 1024;

/// Somebody to settle.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name the neighbours know.
    pub pseudonym: String,
    /// An address; mails to it are read here and go nowhere.
    pub email: String,
    /// At sign-in.
    pub password: String,
    /// Chosen language.
    pub locale: Locale,
    /// The home tile.
    pub home: Place,
    /// Joins by a founders' invite.
    pub founder: bool,
}

/// Whether a board has no neighbourhood yet. Looks beside whatever serves it.
///
/// # Errors
/// The setting that cannot be used.
pub async fn is_empty(config: &Config) -> anyhow::Result<bool> {
    prepare(&config.data, "data")?;
    let accounts = open(config, identity::MIGRATIONS).await?;
    let settled = identity::has_accounts(&accounts).await?;
    accounts.close().await;
    if settled {
        return Ok(false);
    }
    let house = House::build(config, Surroundings::beside(config)).await?;
    let request = Caller::Operator.request(contract::common::Empty {});
    let mut identity = house.clients.identity.clone();
    let listed = identity.list_neighbourhoods(request).await;
    house.stop().await;
    let listed = listed.map_err(Fault::from)?.into_inner();
    Ok(listed.neighbourhoods.is_empty())
}

/// A house being filled.
pub struct Settler {
    /// The house; nothing runs in its background.
    pub house: House,
    clock: Clock,
    entropy: Entropy,
    mails: TempDir,
    password_of: BTreeMap<String, Person>,
    session_of: BTreeMap<String, String>,
}

impl Settler {
    /// A house on the stores of `config`, at a time in the past.
    ///
    /// # Errors
    /// The setting that cannot be used.
    pub async fn enter(config: &Config, start_ms: i64, entropy: Entropy) -> anyhow::Result<Self> {
        let mails = tempfile::tempdir()?;
        let clock = Clock::manual(start_ms);
        let mut config = config.clone();
        config.mail.to = Some(format!("folder:{}", mails.path().display()));
        // It plays every role itself, and hears what it tells before it ends.
        config.bus = None;
        config.posts.posts_a_day = u32::MAX;
        config.posts.comments_a_day = u32::MAX;
        config.posts.rsvps_a_day = u32::MAX;
        let surroundings = Surroundings {
            roles: Roles::all(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            demo: true,
            serves: true,
        };
        Ok(Self {
            house: House::build(&config, surroundings).await?,
            clock,
            entropy,
            mails,
            password_of: BTreeMap::new(),
            session_of: BTreeMap::new(),
        })
    }

    /// Lets time pass until then; time never goes back.
    pub fn wait_until(&self, at_ms: i64) {
        let by_ms = at_ms.saturating_sub(self.clock.now_ms()).max(0);
        self.clock
            .advance(Duration::from_millis(by_ms.unsigned_abs()));
    }

    /// Makes somebody a member: invite, sign-up, the mail, its link. Who already has an account signs in instead.
    ///
    /// # Errors
    /// When any step is refused.
    pub async fn settle(
        &mut self,
        person: &Person,
        neighbourhood: NeighbourhoodId,
    ) -> anyhow::Result<()> {
        self.password_of
            .insert(person.pseudonym.clone(), person.clone());
        if self.sign_in(person).await.is_ok() {
            return Ok(());
        }
        let code = self.invite(neighbourhood, person.founder).await?;
        let request = self.visitor(person.locale).request(SignUpRequest {
            email: person.email.clone(),
            password: person.password.clone(),
            code: Some(code),
            pseudonym: person.pseudonym.clone(),
            home_place: Some(person.home.to_i64()),
        });
        let reply = self
            .house
            .clients
            .identity
            .clone()
            .sign_up(request)
            .await
            .map_err(Fault::from)?;
        match reply.into_inner().outcome {
            Some(sign_up_reply::Outcome::Mailed(_)) => {}
            other => bail!("{} could not sign up: {other:?}", person.pseudonym),
        }
        self.house.deliver_mail().await?;
        let request = self.visitor(person.locale).request(ConfirmEmailRequest {
            token: newest_token(self.mails.path())?,
            device: "Palier".to_owned(),
        });
        let reply = self
            .house
            .clients
            .identity
            .clone()
            .confirm_email(request)
            .await
            .map_err(Fault::from)?;
        let Some(sign_in_reply::Outcome::SignedIn(signed_in)) = reply.into_inner().outcome else {
            bail!("{} could not confirm the address", person.pseudonym);
        };
        self.remember(&person.pseudonym, signed_in);
        Ok(())
    }

    /// Follows an area as somebody.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn follow(&mut self, who: &str, request: FollowAreaRequest) -> anyhow::Result<()> {
        let name = request.name.clone();
        let request = self.caller(who).await?.request(request);
        let reply = self
            .house
            .clients
            .identity
            .clone()
            .follow_area(request)
            .await
            .map_err(Fault::from)?;
        match reply.into_inner().outcome {
            Some(follow_area_reply::Outcome::Followed(_)) => Ok(()),
            other => bail!("{who} cannot follow “{name}”: {other:?}"),
        }
    }

    /// Puts a notice up as somebody; a notice that is already there is found again by its key.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn publish(&mut self, who: &str, request: PublishRequest) -> anyhow::Result<Post> {
        let title = request.title.clone();
        let request = self.caller(who).await?.request(request);
        let reply = self
            .house
            .clients
            .posts
            .clone()
            .publish(request)
            .await
            .map_err(Fault::from)?;
        match reply.into_inner().outcome {
            Some(
                publish_reply::Outcome::Published(post) | publish_reply::Outcome::InReview(post),
            ) => Ok(post),
            other => bail!("“{title}” by {who} did not go up: {other:?}"),
        }
    }

    /// Answers a notice as somebody.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn answer(&mut self, who: &str, request: AddCommentRequest) -> anyhow::Result<()> {
        let request = self.caller(who).await?.request(request);
        let reply = self
            .house
            .clients
            .posts
            .clone()
            .add_comment(request)
            .await
            .map_err(Fault::from)?;
        match reply.into_inner().outcome {
            Some(add_comment_reply::Outcome::Added(_)) => Ok(()),
            other => bail!("an answer by {who} was not taken: {other:?}"),
        }
    }

    /// Says for somebody whether they come to an event.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn come(&mut self, who: &str, event: PostId, answer: Rsvp) -> anyhow::Result<()> {
        let request = self.caller(who).await?.request(SetRsvpRequest {
            post: event.to_bytes(),
            answer: answer.into(),
        });
        let reply = self
            .house
            .clients
            .posts
            .clone()
            .set_rsvp(request)
            .await
            .map_err(Fault::from)?;
        match reply.into_inner().outcome {
            Some(set_rsvp_reply::Outcome::Set(_)) => Ok(()),
            other => bail!("what {who} said to an event was not taken: {other:?}"),
        }
    }

    /// Settles somebody's own notice.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn resolve(&mut self, who: &str, post: PostId) -> anyhow::Result<()> {
        let request = self.caller(who).await?.request(PostRequest {
            post: post.to_bytes(),
        });
        self.house
            .clients
            .posts
            .clone()
            .resolve(request)
            .await
            .map_err(Fault::from)?;
        Ok(())
    }

    /// Sends a picture the way everybody does.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn upload(&mut self, who: &str, bytes: &[u8], alt: &str) -> anyhow::Result<Picture> {
        let at_most_bytes = u32::try_from(bytes.len()).unwrap_or_default();
        let pieces: Vec<UploadPiece> = bytes
            .chunks(PIECE_BYTES)
            .map(|piece| UploadPiece {
                data: piece.to_vec().into(),
                at_most_bytes,
            })
            .collect();
        let caller = self.caller(who).await?;
        let request = caller.request(futures_util::stream::iter(pieces));
        let sent = self
            .house
            .clients
            .media
            .clone()
            .upload(request)
            .await
            .map_err(Fault::from)?;
        let request = caller.request(DescribeRequest {
            ids: vec![sent.into_inner().id],
            post: Vec::new().into(),
        });
        let described = self
            .house
            .clients
            .media
            .clone()
            .describe(request)
            .await
            .map_err(Fault::from)?;
        let picture = described
            .into_inner()
            .pictures
            .pop()
            .context("a picture just sent is there")?;
        Ok(Picture {
            alt: alt.to_owned(),
            ..picture
        })
    }

    /// Signs everybody out, lets every event arrive, and leaves.
    ///
    /// # Errors
    /// When an event cannot be handled.
    pub async fn leave(mut self) -> anyhow::Result<()> {
        for who in self.session_of.keys().cloned().collect::<Vec<_>>() {
            let request = self.caller(&who).await?.request(contract::common::Empty {});
            self.house
                .clients
                .identity
                .clone()
                .sign_out(request)
                .await
                .map_err(Fault::from)?;
        }
        self.house.drain().await?;
        self.house.stop().await;
        Ok(())
    }

    async fn invite(
        &self,
        neighbourhood: NeighbourhoodId,
        founder: bool,
    ) -> anyhow::Result<String> {
        let request = Caller::Operator.request(CreateInviteRequest {
            neighbourhood: neighbourhood.to_bytes(),
            uses: 1,
            days: 1,
            founder,
        });
        let reply = self
            .house
            .clients
            .identity
            .clone()
            .create_invite(request)
            .await
            .map_err(Fault::from)?;
        match reply.into_inner().outcome {
            Some(create_invite_reply::Outcome::Created(invite)) => Ok(invite.code),
            other => bail!("no invite could be made: {other:?}"),
        }
    }

    async fn sign_in(&mut self, person: &Person) -> anyhow::Result<()> {
        let request = self.visitor(person.locale).request(SignInRequest {
            email: person.email.clone(),
            password: person.password.clone(),
            device: "Palier".to_owned(),
        });
        let reply = self
            .house
            .clients
            .identity
            .clone()
            .sign_in(request)
            .await
            .map_err(Fault::from)?;
        match reply.into_inner().outcome {
            Some(sign_in_reply::Outcome::SignedIn(signed_in)) => {
                self.remember(&person.pseudonym, signed_in);
                Ok(())
            }
            other => bail!("{} could not sign in: {other:?}", person.pseudonym),
        }
    }

    fn remember(&mut self, who: &str, signed_in: SignedIn) {
        self.session_of
            .insert(who.to_owned(), signed_in.session_token);
    }

    /// Somebody calling, with standings that are fresh at this time.
    async fn caller(&mut self, who: &str) -> anyhow::Result<Caller> {
        if let Some(caller) = self.signed_in(who).await? {
            return Ok(caller);
        }
        let person = self.password_of.get(who).cloned();
        self.sign_in(&person.with_context(|| format!("{who} is not settled here"))?)
            .await?;
        self.signed_in(who)
            .await?
            .with_context(|| format!("{who} is signed out"))
    }

    async fn signed_in(&mut self, who: &str) -> anyhow::Result<Option<Caller>> {
        let Some(token) = self.session_of.get(who) else {
            return Ok(None);
        };
        let request = self.visitor(Locale::French).request(AuthenticateRequest {
            session_token: token.clone(),
        });
        let Ok(viewer) = self
            .house
            .clients
            .identity
            .clone()
            .authenticate(request)
            .await
        else {
            return Ok(None);
        };
        let viewer = viewer.into_inner();
        if !viewer.rotated_token.is_empty() {
            self.session_of
                .insert(who.to_owned(), viewer.rotated_token.clone());
        }
        Ok(Some(calling(&viewer)?))
    }

    /// Each visit comes from elsewhere, as residents' do.
    fn visitor(&self, locale: Locale) -> Caller {
        Caller::Visitor {
            locale,
            origin: self.entropy.bytes::<16>().to_vec(),
        }
    }
}

fn calling(viewer: &Viewer) -> Result<Caller, Fault> {
    Ok(Caller::Resident {
        resident: ResidentId::from_bytes(&viewer.resident)?,
        session: SessionId::from_bytes(&viewer.session)?,
        standings: viewer
            .memberships
            .iter()
            .filter_map(|member| member.standing.clone())
            .collect(),
        locale: Locale::from_tag(&viewer.locale),
    })
}

/// The token in the link of the one mail there is; the mail is read once.
fn newest_token(mails: &Path) -> anyhow::Result<String> {
    let paths: Vec<PathBuf> = std::fs::read_dir(mails)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    let mut token = None;
    for path in paths {
        let mail = std::fs::read_to_string(&path)?;
        std::fs::remove_file(&path)?;
        // Quoted-printable (RFC 2045, section 6.7) breaks long lines and spells "=" out.
        let mail = mail.replace("=\r\n", "").replace("=3D", "=");
        if let Some((_, rest)) = mail.split_once("#token=") {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
            token = Some(rest[..end.unwrap_or(rest.len())].to_owned());
        }
    }
    token.context("the mail with the link did not arrive")
}
