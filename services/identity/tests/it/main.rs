//! What identity promises, through its contract, on both databases.

#[cfg(test)]
mod areas;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod invites;
#[cfg(test)]
mod joining;
#[cfg(test)]
mod mailing;
#[cfg(test)]
mod members;
#[cfg(test)]
mod neighbourhoods;
#[cfg(test)]
mod own_data;
#[cfg(test)]
mod pauses;
#[cfg(test)]
mod postcards;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod questioned;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod signing_up;
#[cfg(test)]
mod sweeping;
#[cfg(test)]
mod telling;
#[cfg(test)]
mod ties;
