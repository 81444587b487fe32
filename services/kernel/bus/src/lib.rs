//! Tell: durable events at least once, lossy signals
