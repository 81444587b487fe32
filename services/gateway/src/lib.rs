//! The edge: HTTP, GraphQL, sockets, uploads
