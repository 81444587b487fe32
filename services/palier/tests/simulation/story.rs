//! What happened so far, and what happens next.

use std::collections::{BTreeMap, HashMap};

use contract::common::Picture;
use contract::events::ResidentErased;
use contract::events::envelope::Body;
use contract::moderation::Case;
use contract::posts::posts_server::Posts as _;
use contract::posts::{Post, PostRequest};
use contract::{Caller, Fault};
use runtime::MINUTE_MS;
use tonic::codegen::Bytes;
use tonic::{Response, Status};

use crate::faults::Lost;
use crate::house::House;
use crate::people::{ACTORS, Person};
use crate::steps::{Kind, Step};

/// What a notice said in one version.
#[derive(Clone, Debug)]
pub struct Text {
    pub word: String,
    pub written: u64,
    /// Somebody has to read it before it is shown.
    pub waits: bool,
    /// A moderator decided about it.
    pub was_read: bool,
}

#[derive(Clone, Debug)]
pub struct Notice {
    pub id: Bytes,
    pub author: Person,
    pub kind: Kind,
    pub pictures: Vec<Picture>,
    pub texts: Vec<Text>,
}

impl Notice {
    /// The words of this version were read.
    pub fn read(&mut self, version: u64) {
        let texts = self.texts.iter_mut();
        let read = texts.filter(|text| text.written <= version);
        if let Some(text) = read.max_by_key(|text| text.written) {
            text.was_read = true;
        }
    }
}

pub struct Story {
    pub house: House,
    pub people: Vec<Person>,
    pub reader: Person,
    pub notices: Vec<Notice>,
    pub erased: Vec<Person>,
    pub claimed: Vec<(Person, Case)>,
    pub appeals: Vec<(Bytes, String)>,
    pub proposals: Vec<(Bytes, String)>,
    /// Who took part in what was decided with these words.
    pub took_part: HashMap<String, Vec<Person>>,
    /// How often something came of what.
    pub happened: BTreeMap<&'static str, u32>,
}

/// How many notices there are at once of those who have an account: each is looked at after every step.
pub const NOTICES: usize = 6;

/// What must not be.
pub type Broken = String;

impl Story {
    /// Somebody looks after the neighbourhood, and that is known.
    pub async fn begins(house: House) -> Self {
        let mut story = Self::new(house);
        let claim = Step::Claim {
            who: 2,
            case: 0,
            lost: Lost::Nothing,
        };
        story.goes_on(&claim).await.unwrap();
        story.house.settle().await.unwrap();
        story
    }

    fn new(house: House) -> Self {
        let people = (0..ACTORS)
            .map(|place| Person::new(&house, place))
            .collect();
        Self {
            reader: Person::reader(&house),
            people,
            house,
            notices: Vec::new(),
            erased: Vec::new(),
            claimed: Vec::new(),
            appeals: Vec::new(),
            proposals: Vec::new(),
            took_part: HashMap::new(),
            happened: BTreeMap::new(),
        }
    }

    pub fn caller(&self, person: &Person) -> Caller {
        person.caller(&self.house)
    }

    pub fn key(&self) -> Bytes {
        self.house.entropy.bytes::<16>().to_vec().into()
    }

    /// Whether somebody still has an account.
    pub fn lives(&self, person: &Person) -> bool {
        self.erased.iter().all(|erased| erased.id != person.id)
    }

    /// Does one thing; nothing where there is nothing to do it with.
    ///
    /// # Errors
    /// What must not be.
    pub async fn goes_on(&mut self, step: &Step) -> Result<(), Broken> {
        match step {
            Step::Publish { who, kind, lost } => Box::pin(self.publish(*who, *kind, *lost)).await,
            Step::Confirm { notice, lost } => Box::pin(self.confirm(*notice, *lost)).await,
            Step::Edit { notice, lost } => Box::pin(self.edit(*notice, *lost)).await,
            Step::Withdraw { notice, lost } => Box::pin(self.withdraw(*notice, *lost)).await,
            Step::Report { who, notice, lost } => Box::pin(self.report(*who, *notice, *lost)).await,
            Step::Depicted { who, notice, lost } => {
                Box::pin(self.depicted(*who, *notice, *lost)).await
            }
            Step::Claim { who, case, lost } => Box::pin(self.claim(*who, *case, *lost)).await,
            Step::Decide { .. } => Box::pin(self.decide(step)).await,
            Step::Appeal {
                who,
                statement,
                lost,
            } => Box::pin(self.appeal(*who, *statement, *lost)).await,
            Step::DecideAppeal {
                who,
                appeal,
                reverse,
                lost,
            } => Box::pin(self.decide_appeal(*who, *appeal, *reverse, *lost)).await,
            Step::Propose { claimed, lost } => Box::pin(self.propose(*claimed, *lost)).await,
            Step::Approve {
                who,
                proposal,
                lost,
            } => Box::pin(self.approve(*who, *proposal, *lost)).await,
            Step::Deliver { way, lost } => self.house.deliver(*way, *lost).await.map(drop),
            Step::DeliverAll { way, lost } => self.house.deliver_all(*way, *lost).await,
            Step::Settle => self.house.settle().await,
            Step::Sweep { role, lost } => self.house.sweep(*role, *lost).await,
            Step::Pass { minutes } => {
                self.house.pass(minutes * MINUTE_MS);
                Ok(())
            }
            Step::Erase { who } => {
                let gone = self.people[*who].clone();
                let erased = Body::ResidentErased(ResidentErased {});
                self.house.tell(gone.id.to_bytes(), erased);
                self.people[*who] = Person::new(&self.house, *who);
                self.erased.push(gone);
                *self.happened.entry("erase").or_default() += 1;
                Ok(())
            }
        }
    }

    /// One of the notices whose author still has an account.
    pub fn notice(&self, index: usize) -> Option<usize> {
        let living = |notice: &Notice| self.lives(&notice.author);
        let living: Vec<_> = (0..self.notices.len())
            .filter(|index| living(&self.notices[*index]))
            .collect();
        (!living.is_empty()).then(|| living[index % living.len()])
    }

    /// What was answered; none where it was refused for a reason that there is.
    pub fn answer<T>(
        &mut self,
        (reply, broken): (Result<Response<T>, Status>, bool),
        what: &'static str,
    ) -> Result<Option<T>, Broken> {
        let answered = answered((reply, broken), what)?;
        if answered.is_some() {
            *self.happened.entry(what).or_default() += 1;
        }
        Ok(answered)
    }

    /// A notice as somebody sees it; none where it is not there for them.
    pub async fn get(&self, person: &Person, id: &Bytes) -> Result<Option<Post>, Broken> {
        let request = PostRequest { post: id.clone() };
        let request = self.caller(person).request(request);
        answered((self.house.posts.get(request).await, false), "get")
    }
}

/// What was answered; none where it was refused for a reason that there is.
pub fn answered<T>(
    (reply, broken): (Result<Response<T>, Status>, bool),
    what: &'static str,
) -> Result<Option<T>, Broken> {
    match reply {
        Ok(reply) => Ok(Some(reply.into_inner())),
        Err(status) => {
            let fault = Fault::from(status);
            if broken || fault.code == "INTERNAL" || fault.code == "UNAVAILABLE" {
                return Err(format!("{what}, asked once more: {fault:?}"));
            }
            Ok(None)
        }
    }
}
