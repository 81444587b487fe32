//! What nobody refers to any more.

use std::fs;

use media::domain::LOOSE_MS;
use runtime::{DAY_MS, HOUR_MS};

use crate::world::{NOW_MS, World, gone, neighbour, post};

const LEFT: usize = 1_100;

#[tokio::test]
async fn a_picture_that_no_notice_took_goes_after_a_day() {
    for world in World::each().await {
        let ann = neighbour(1);
        let [loose, hanging] = [world.picture(&ann).await, world.picture(&ann).await];
        world.written_at(NOW_MS);
        world.show(post(1), 1, &ann, &[&hanging]).await;
        world.pass(LOOSE_MS - 1);
        world.media.sweep().await.unwrap();
        assert_eq!(world.files().len(), 6);
        world.pass(1);
        world.media.sweep().await.unwrap();
        assert_eq!(world.files().len(), 3);
        assert!(!world.sees(&ann, &loose).await && world.sees(&ann, &hanging).await);
        world.media.sweep().await.unwrap();
        assert_eq!(world.files().len(), 3, "sweeping twice is sweeping once");
    }
}

#[tokio::test]
async fn files_that_never_had_a_row_go_after_an_hour_and_foreign_files_stay() {
    for world in World::each().await {
        let ann = neighbour(1);
        let picture = world.picture(&ann).await;
        // More than a server lists at once.
        for n in 0..LEFT {
            let folder = world.path(&format!("pictures/{n:032x}"));
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("large.jpg"), b"left behind").unwrap();
        }
        fs::write(world.path("pictures/notes.txt"), b"the operator's").unwrap();
        world.written_at(NOW_MS);
        world.pass(HOUR_MS - 1);
        world.media.sweep().await.unwrap();
        assert_eq!(
            world.files().len(),
            3 + LEFT + 1,
            "an upload may be under way"
        );
        world.pass(HOUR_MS);
        world.media.sweep().await.unwrap();
        assert_eq!(world.files().len(), 3 + 1);
        assert!(world.sees(&ann, &picture).await);
        let emptied = world.path("pictures").join(format!("{:032x}", 5));
        // Of a folder not even that is left; how a server keeps its files is its own affair.
        assert!(!world.is_folder() || !emptied.exists());
    }
}

#[tokio::test]
async fn a_file_that_could_not_be_deleted_is_deleted_by_the_next_sweep() {
    for world in World::each().await {
        let ann = neighbour(1);
        let [stuck, other] = [world.picture(&ann).await, world.picture(&ann).await];
        world.show(post(1), 1, &ann, &[&stuck]).await;
        let [stuck_file] = files_of(&world, &stuck, &ann).await;
        // A folder where the file should be: it cannot be deleted as a file, by anyone.
        fs::remove_file(&stuck_file).unwrap();
        fs::create_dir(&stuck_file).unwrap();
        fs::write(stuck_file.join("x"), b"").unwrap();
        world.hear(&gone(post(1), 2)).await;
        assert!(!world.sees(&ann, &stuck).await, "gone for everyone at once");
        assert!(world.media.sweep().await.is_err(), "said, not swallowed");
        world.pass(LOOSE_MS);
        assert!(world.media.sweep().await.is_err());
        assert!(!world.sees(&ann, &other).await);
        assert_eq!(
            world.files().len(),
            1,
            "one that is stuck does not keep the others"
        );
        fs::remove_dir_all(&stuck_file).unwrap();
        fs::write(&stuck_file, b"").unwrap();
        world.media.sweep().await.unwrap();
        assert!(world.files().is_empty());
    }
}

/// The thumb of a picture in the folder, found by its bytes.
async fn files_of(
    world: &World,
    picture: &contract::common::Picture,
    by: &crate::world::Person,
) -> [std::path::PathBuf; 1] {
    let thumb = contract::media::Variant::Thumb;
    let bytes = world.read_as(by, picture, thumb).await.unwrap().jpeg;
    let found = world
        .files()
        .into_iter()
        .find(|file| file.ends_with("thumb.jpg") && fs::read(file).unwrap() == bytes);
    [found.unwrap()]
}

#[tokio::test]
async fn old_news_is_forgotten_and_the_sweep_needs_no_files() {
    for world in World::each().await {
        fs::remove_dir_all(world.path("pictures")).unwrap();
        world.hear(&gone(post(1), 1)).await;
        world.pass(3 * DAY_MS);
        world.media.sweep().await.unwrap();
        assert!(world.files().is_empty());
    }
}
