//! How times are shown.

use contract::posts::Post;
use runtime::rounded_by_age;

/// A post as its readers may see it at `now_ms`. Posts rounds times before it tells them; after a week only the day is
/// left, which changes while a row lies here and so is done as it is read.
#[must_use]
pub fn shown(post: Post, now_ms: i64) -> Post {
    Post {
        published_at_ms: rounded_by_age(post.published_at_ms, now_ms),
        occurred_at_ms: rounded_by_age(post.occurred_at_ms, now_ms),
        ..post
    }
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
