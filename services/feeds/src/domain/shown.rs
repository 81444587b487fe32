//! How times are shown.

use contract::posts::Post;
use runtime::{QUARTER_MS, WEEK_MS, rounded_by_age};

/// A post as its readers may see it at `now_ms`. Posts rounds times before it tells them; after a week only the day is
/// left, which changes while a row lies here and so is done as it is read.
#[must_use]
pub fn shown(post: Post, now_ms: i64) -> Post {
    Post {
        published_at_ms: rounded_by_age(post.published_at_ms, now_ms, QUARTER_MS),
        occurred_at_ms: rounded_by_age(post.occurred_at_ms, now_ms, QUARTER_MS),
        ..post
    }
}

/// Until when [`shown`] makes the same of a post as at `now_ms`, and the post is shown at all.
#[must_use]
pub fn shown_alike_until(post: &Post, now_ms: i64) -> i64 {
    [post.published_at_ms, post.occurred_at_ms]
        .into_iter()
        .map(|at_ms| at_ms.saturating_add(WEEK_MS))
        .chain([post.expires_at_ms])
        .filter(|until_ms| *until_ms > now_ms)
        .min()
        .unwrap_or(now_ms)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use runtime::DAY_MS;

    use super::*;

    proptest! {
        #[test]
        fn older_posts_never_come_to_stand_before_newer_ones(
            mut published in prop::collection::vec(0_i64..100 * DAY_MS, 2..20),
            now in 0_i64..200 * DAY_MS,
        ) {
            published.sort_unstable();
            let seen: Vec<i64> = published
                .into_iter()
                .map(|published_at_ms| shown(Post { published_at_ms, ..Post::default() }, now).published_at_ms)
                .collect();
            prop_assert!(seen.is_sorted());
        }

        #[test]
        fn a_post_looks_alike_until_then_and_not_longer_than_it_is_shown(
            published_at_ms in 0_i64..20 * DAY_MS,
            occurred_at_ms in 0_i64..20 * DAY_MS,
            lives_ms in 1_i64..30 * DAY_MS,
            passed in 0..1_000_i64,
            later in 0..1_000_i64,
        ) {
            let post = Post {
                published_at_ms,
                occurred_at_ms,
                expires_at_ms: published_at_ms + lives_ms,
                ..Post::default()
            };
            let now_ms = published_at_ms + lives_ms * passed / 1_000;
            let until_ms = shown_alike_until(&post, now_ms);
            prop_assert!(now_ms < until_ms && until_ms <= post.expires_at_ms);
            let meanwhile = now_ms + (until_ms - now_ms) * later / 1_000;
            prop_assert_eq!(shown(post.clone(), meanwhile), shown(post, now_ms));
        }
    }

    #[test]
    fn after_a_week_only_the_day_is_left() {
        let post = Post {
            published_at_ms: 10 * DAY_MS + 900_000,
            occurred_at_ms: 10 * DAY_MS,
            ..Post::default()
        };
        let week_on = post.published_at_ms + 7 * DAY_MS;
        assert_eq!(shown(post.clone(), week_on - 1), post);
        let old = shown(post, week_on);
        assert_eq!(old.published_at_ms, 10 * DAY_MS);
        assert_eq!(old.occurred_at_ms, 10 * DAY_MS);
        assert_eq!(shown(old.clone(), week_on), old);
    }

    #[test]
    fn a_time_that_is_not_said_stays_unsaid() {
        assert_eq!(shown(Post::default(), 30 * DAY_MS).occurred_at_ms, 0);
    }
}
