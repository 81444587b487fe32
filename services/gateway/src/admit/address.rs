//! Where a request comes from, as far as rate limits need to know.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use http::HeaderMap;
use runtime::Key;

/// The address that counts: the peer's, or, behind that many proxies of the operator's own, the one that the outermost of
/// them saw. What is left of that in `X-Forwarded-For` anybody may have written.
pub(crate) fn client_address(
    peer: Option<SocketAddr>,
    headers: &HeaderMap,
    trusted_proxies: u8,
) -> Option<IpAddr> {
    let peer = peer.map(|peer| peer.ip());
    let Some(skipped) = usize::from(trusted_proxies).checked_sub(1) else {
        return peer;
    };
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    forwarded
        .iter()
        .rev()
        .nth(skipped)
        .and_then(|address| read(address))
        .or(peer)
}

/// An address as proxies write it: bare, in brackets, with or without a port.
fn read(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(text);
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare.parse().ok().or_else(with_port)
}

/// What stands for an address in memory and in calls: a keyed hash of the address and the day, so that it cannot be turned
/// back, and tomorrow's does not match today's. Of IPv6 the network counts, the first 64 bits: a household has that many
/// addresses.
pub(crate) fn origin_hash(key: &Key, address: Option<IpAddr>, today: i64) -> [u8; 16] {
    let network = match address {
        None => Ipv6Addr::UNSPECIFIED,
        Some(IpAddr::V4(address)) => address.to_ipv6_mapped(),
        Some(IpAddr::V6(address)) if address.to_ipv4_mapped().is_some() => address,
        Some(IpAddr::V6(address)) => {
            let bits = u128::from(address) & !u128::from(u64::MAX);
            Ipv6Addr::from(bits)
        }
    };
    let mut value = today.to_le_bytes().to_vec();
    value.extend_from_slice(&network.octets());
    let mut hash = [0; 16];
    hash.copy_from_slice(&key.hash(&value)[..16]);
    hash
}

#[cfg(test)]
mod tests {
    use runtime::KeyRing;

    use super::*;

    const PEER: &str = "10.0.0.1:1234";

    fn from(forwarded: &[&'static str], trusted_proxies: u8) -> Option<IpAddr> {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        client_address(PEER.parse().ok(), &headers, trusted_proxies)
    }

    #[test]
    fn without_trusted_proxies_the_header_is_not_looked_at() {
        assert_eq!(from(&["1.2.3.4"], 0), Some("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn only_what_trusted_proxies_wrote_counts() {
        let forged = &["6.6.6.6, 1.2.3.4", "10.0.0.9"][..];
        assert_eq!(from(forged, 1), Some("10.0.0.9".parse().unwrap()));
        assert_eq!(from(forged, 2), Some("1.2.3.4".parse().unwrap()));
        assert_eq!(from(&["6.6.6.6"], 2), Some("10.0.0.1".parse().unwrap()));
        assert_eq!(from(&["nonsense"], 1), Some("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn an_address_is_read_as_proxies_write_it() {
        for text in ["1.2.3.4", "1.2.3.4:5678"] {
            assert_eq!(from(&[text], 1), Some("1.2.3.4".parse().unwrap()), "{text}");
        }
        for text in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:5678"] {
            assert_eq!(
                from(&[text], 1),
                Some("2001:db8::1".parse().unwrap()),
                "{text}"
            );
        }
    }

    #[test]
    fn the_hash_is_of_the_day_and_of_the_network() {
        let ring = KeyRing::of([("k", [3; 32])]);
        let hash = |text: &str, day| origin_hash(ring.newest(), Some(text.parse().unwrap()), day);
        assert_eq!(hash("1.2.3.4", 5), hash("1.2.3.4", 5));
        assert_eq!(hash("1.2.3.4", 5), hash("::ffff:1.2.3.4", 5));
        assert_ne!(hash("1.2.3.4", 5), hash("1.2.3.4", 6));
        assert_ne!(hash("1.2.3.4", 5), hash("1.2.3.5", 5));
        assert_eq!(hash("2001:db8:1:2::1", 5), hash("2001:db8:1:2:ffff::9", 5));
        assert_ne!(hash("2001:db8:1:2::1", 5), hash("2001:db8:1:3::1", 5));
    }
}
