//! The machine's clock is set right while neighbours read and write.

use std::time::Duration;

use crate::harness::Board;

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_shuts_nobody_out() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        ann.up("Before").await;
        board.drain().await;
        assert_eq!(ben.titles().await, ["Before"]);
        board.clock.set_back(Duration::from_hours(1));
        assert_eq!(ben.titles().await, ["Before"]);
        ann.up("After").await;
        board.drain().await;
        let mut titles = ben.titles().await;
        titles.sort();
        assert_eq!(titles, ["After", "Before"], "none is lost");
        board.close().await;
    }
}
