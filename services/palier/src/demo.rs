//! `--demo`: a neighbourhood on real streets, with residents under pen names and forty lively notices. Its content is
//! data, in the folder `demo` of this crate; see the README there.

mod content;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use contract::identity::{
    AppointRequest, CreateNeighbourhoodRequest, FollowAreaRequest, GetNeighbourhoodRequest,
    Neighbourhood, TileName, get_neighbourhood_request::By,
};
use contract::posts::{AddCommentRequest, PublishRequest, State};
use contract::{Caller, Fault, Locale, NeighbourhoodId, PostId};
use geo::Place;
use runtime::{Clock, DAY_MS, Entropy, HOUR_MS, MINUTE_MS, SettingFault};

use crate::cli::CommandFault;
use crate::commands::neighbourhood::density;
use crate::config::Config;
use crate::settle::{self, Person, Settler};
use content::{Content, Notice, Resident};

/// Says that this folder holds the demo, whole; lies in the data folder.
const LOADED: &str = "demo-loaded";

/// Loads the demo unless it is there, and answers what to print about it. It is loaded beside the data folder and takes its
/// place once it is whole: whatever stops it, starting again begins anew.
///
/// # Errors
/// When there is another board already, a setting cannot be used or a step fails.
pub async fn load(config: &Config) -> Result<String, CommandFault> {
    let content = Content::embedded()?;
    if config.data.join(LOADED).exists() {
        return Ok(accounts(&content));
    }
    let mut name = config.data.clone().into_os_string();
    name.push(".loading");
    let loading = Config {
        data: name.into(),
        ..config.clone()
    };
    if loading.data.exists() {
        std::fs::remove_dir_all(&loading.data).context("forgetting a demo half loaded")?;
    }
    if holds_something(&config.data) || !settle::is_empty(&loading).await? {
        return Err(SettingFault::new(
            "--demo",
            "there is a board already, and the demo's accounts do not belong on it",
            "name an empty folder with --data",
        )
        .into());
    }
    fill(&loading, &content).await?;
    Content::write_tiles(&loading.tiles()).context("the demo's basemap")?;
    put_in_place(&loading.data, &config.data).context("putting the demo into its folder")?;
    Ok(accounts(&content))
}

fn holds_something(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

fn put_in_place(loading: &Path, data: &Path) -> std::io::Result<()> {
    std::fs::write(loading.join(LOADED), "Everything of the demo is there.\n")?;
    if data.exists() {
        std::fs::remove_dir(data)?;
    }
    std::fs::rename(loading, data)
}

async fn fill(config: &Config, content: &Content) -> anyhow::Result<()> {
    let now_ms = Clock::System.now_ms();
    let founded_ms = now_ms - i64::from(content.oldest_days()) * DAY_MS - DAY_MS;
    let mut settler = Settler::enter(config, founded_ms, Entropy::System).await?;
    let neighbourhood = found(&settler, content).await?;
    let id = NeighbourhoodId::from_bytes(&neighbourhood.id)?;
    settler.house.drain().await?;

    let mut arrivals: Vec<&Resident> = content.everybody().collect();
    arrivals.sort_by_key(|resident| std::cmp::Reverse(resident.joined_days_ago));
    for resident in arrivals {
        settler.wait_until(now_ms - i64::from(resident.joined_days_ago) * DAY_MS);
        let who = person(resident, content)?;
        settler
            .settle(&who, id)
            .await
            .with_context(|| who.pseudonym.clone())?;
        for (number, area) in (1..).zip(&resident.follows) {
            let request = FollowAreaRequest {
                neighbourhood: id.to_bytes(),
                number,
                name: area.name.clone(),
                places: area.places()?,
            };
            settler.follow(&who.pseudonym, request).await?;
        }
    }
    let request = Caller::Operator.request(AppointRequest {
        neighbourhood: neighbourhood.id,
        email: content.moderator().email.clone(),
        moderator: true,
    });
    let appointed = settler
        .house
        .clients
        .identity
        .clone()
        .appoint(request)
        .await;
    appointed
        .map_err(Fault::from)
        .context("appointing the moderator")?;

    for (at_ms, deed) in deeds(content, now_ms) {
        settler.wait_until(at_ms);
        let about = deed.notice().key.clone();
        act(&mut settler, content, id, now_ms, deed)
            .await
            .with_context(|| format!("the demo stopped at {about}"))?;
    }
    // Somebody is there to read what tells of people, as long as a moderator was two days ago.
    settler
        .look_after(&content.moderator().pseudonym, id)
        .await?;
    settler.leave().await
}

/// Something a resident does.
enum Deed<'a> {
    Publish(&'a Notice),
    Come(&'a Notice, usize),
    Answer(&'a Notice, usize),
    Resolve(&'a Notice),
}

impl Deed<'_> {
    const fn notice(&self) -> &Notice {
        match self {
            Self::Publish(notice)
            | Self::Come(notice, _)
            | Self::Answer(notice, _)
            | Self::Resolve(notice) => notice,
        }
    }
}

/// Everything that happened, in the order in which it did.
fn deeds(content: &Content, now_ms: i64) -> Vec<(i64, Deed<'_>)> {
    let mut deeds = Vec::new();
    for notice in content.notices() {
        let at_ms = now_ms - i64::from(notice.published_minutes_ago) * MINUTE_MS;
        deeds.push((at_ms, Deed::Publish(notice)));
        for (index, coming) in notice.coming.iter().enumerate() {
            let then_ms = at_ms + i64::from(coming.minutes_after) * MINUTE_MS;
            deeds.push((then_ms.min(now_ms), Deed::Come(notice, index)));
        }
        let mut last_ms = at_ms;
        for (index, answer) in notice.comments.iter().enumerate() {
            last_ms = (at_ms + i64::from(answer.minutes_after) * MINUTE_MS).min(now_ms);
            deeds.push((last_ms, Deed::Answer(notice, index)));
        }
        if notice.resolved {
            deeds.push(((last_ms + MINUTE_MS).min(now_ms), Deed::Resolve(notice)));
        }
    }
    // Stable, so that a notice comes before its answers and these before its end.
    deeds.sort_by_key(|(at_ms, _)| *at_ms);
    deeds
}

async fn act(
    settler: &mut Settler,
    content: &Content,
    neighbourhood: NeighbourhoodId,
    now_ms: i64,
    deed: Deed<'_>,
) -> anyhow::Result<()> {
    match deed {
        Deed::Publish(notice) => {
            publish(settler, content, neighbourhood, notice, now_ms).await?;
        }
        Deed::Come(notice, index) => {
            let post = publish(settler, content, neighbourhood, notice, now_ms).await?;
            let coming = &notice.coming[index];
            settler.come(&coming.who, post, coming.answer()).await?;
        }
        Deed::Answer(notice, index) => {
            let post = publish(settler, content, neighbourhood, notice, now_ms).await?;
            let answer = &notice.comments[index];
            let request = AddCommentRequest {
                client_key: key("answer", &format!("{} {index}", notice.key)).into(),
                post: post.to_bytes(),
                body: answer.body.clone(),
                signed_as: 0,
            };
            settler.answer(&answer.author, request).await?;
        }
        Deed::Resolve(notice) => {
            let post = publish(settler, content, neighbourhood, notice, now_ms).await?;
            settler.resolve(&notice.author, post).await?;
        }
    }
    Ok(())
}

/// Puts a notice up, or finds it again by its key.
async fn publish(
    settler: &mut Settler,
    content: &Content,
    neighbourhood: NeighbourhoodId,
    notice: &Notice,
    now_ms: i64,
) -> anyhow::Result<PostId> {
    if let Some(post) = content.published(&notice.key) {
        return Ok(post);
    }
    let mut pictures = Vec::new();
    for photo in &notice.photos {
        let bytes = Content::photo(&photo.file)?;
        pictures.push(
            settler
                .upload(&notice.author, &bytes, photo.alt(notice.lang()))
                .await?,
        );
    }
    let request = PublishRequest {
        client_key: key("notice", &notice.key).into(),
        neighbourhood: neighbourhood.to_bytes(),
        category: notice.category().into(),
        title: notice.title.clone(),
        body: notice.body.clone(),
        place: notice.place()?.map(Place::to_i64),
        pictures,
        event: notice.event(now_ms),
        expires_at_ms: notice
            .expires_in_hours
            .map(|hours| now_ms + i64::from(hours) * HOUR_MS),
        signed_as: notice.signature().into(),
        ..PublishRequest::default()
    };
    let made = settler.publish(&notice.author, request).await?;
    let post = PostId::from_bytes(&made.id)?;
    // The first notices of those who joined by a neighbour's invite were read before they went up.
    if made.state() == State::InReview && !notice.held {
        settler
            .release(&content.moderator().pseudonym, &made)
            .await?;
    }
    content.remember(&notice.key, post);
    Ok(post)
}

async fn found(settler: &Settler, content: &Content) -> anyhow::Result<Neighbourhood> {
    let mut identity = settler.house.clients.identity.clone();
    let slug = &content.neighbourhood().slug;
    let by = By::Slug(slug.clone());
    let request = Caller::Operator.request(GetNeighbourhoodRequest { by: Some(by) });
    if let Ok(found) = identity.get_neighbourhood(request).await {
        return Ok(found.into_inner());
    }
    let density = density(
        &Content::text("area.geojson")?,
        Some(&Content::text("households.csv")?),
        0,
    )
    .map_err(|fault| anyhow::anyhow!("the demo's area: {fault:?}"))?;
    let names = content
        .tiles()
        .map(|tile| {
            Ok(TileName {
                place: Place::from_token(&tile.token)?.to_i64(),
                name: tile.name.clone(),
            })
        })
        .collect::<Result<_, geo::CellError>>()?;
    let request = Caller::Operator.request(CreateNeighbourhoodRequest {
        slug: slug.clone(),
        name: content.neighbourhood().name.clone(),
        grain: content.neighbourhood().grain,
        density: Some(density),
        names,
    });
    let made = identity
        .create_neighbourhood(request)
        .await
        .map_err(Fault::from)?;
    Ok(made.into_inner())
}

fn person(resident: &Resident, content: &Content) -> anyhow::Result<Person> {
    Ok(Person {
        pseudonym: resident.pseudonym.clone(),
        email: resident.email.clone(),
        password: content.password().to_owned(),
        locale: Locale::from_tag(&resident.locale),
        home: Place::from_token(&resident.home)?,
        // The first moderator is there from the beginning.
        founder: resident.founder || resident.email == content.moderator().email,
    })
}

/// The client key of something in the demo: the same whenever it is loaded.
fn key(kind: &str, name: &str) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    Sha256::digest(format!("palier demo {kind} {name}")).to_vec()
}

fn accounts(content: &Content) -> String {
    let mut text = format!(
        "\nThe demo neighbourhood is {}. Sign in as anyone with the password: {}\n",
        content.neighbourhood().slug,
        content.password()
    );
    for resident in content.everybody() {
        let role = match resident {
            resident if resident.email == content.moderator().email => "moderator",
            Resident { newcomer: true, .. } => "newcomer",
            Resident { founder: true, .. } => "founder",
            _ => "resident",
        };
        let _ = writeln!(
            text,
            "  {:<34} {:<10} {}",
            resident.email, role, resident.pseudonym
        );
    }
    text
}
