//! Export and Erase: feeds holds nothing by resident.

use contract::common::ResidentRequest;
use contract::feeds::feeds_server::Feeds as _;
use contract::{Caller, Fault, FaultKind};

use crate::support::*;

#[tokio::test]
async fn there_is_nothing_of_a_resident_to_export_or_to_erase() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        let request = || ResidentRequest {
            resident: resident(3).to_bytes(),
        };
        for caller in [Caller::Role, Caller::Operator, board.member(3, here())] {
            let exported = board.feeds.export(caller.request(request())).await.unwrap();
            assert!(exported.into_inner().parts.is_empty());
            board.feeds.erase(caller.request(request())).await.unwrap();
        }
        assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 1);
        // The author is told with every post, for media; no row keeps it.
        let rows = board.read(reading(&[], 10)).await;
        let bytes = format!("{rows:?}");
        assert!(!bytes.contains(&resident(3).to_string()));
    }
}

#[tokio::test]
async fn nobody_asks_about_another_resident() {
    let [board, _] = Board::each().await;
    let request = ResidentRequest {
        resident: resident(3).to_bytes(),
    };
    let other = board.member(4, here());
    let fault = Fault::from(
        board
            .feeds
            .export(other.request(request))
            .await
            .unwrap_err(),
    );
    assert_eq!(fault.kind, FaultKind::NotFound);
}
