//! File formats in and out: bytes to typed rows and back, one file per format. Pure.
//!
//! What an old billing program leaves behind is read in three steps: [`encoding`] makes text of bytes,
//! [`delimited`] and [`dbf`] make a [`table`] of either kind of file, and [`legacy`] turns tables into typed rows
//! as a [`profile`] written by the centre's administrator says. What banks and metering companies send is read by [`brought`].

pub mod brought;
pub mod dbf;
pub mod delimited;
pub mod encoding;
pub mod legacy;
pub mod profile;
pub mod table;

pub mod case;
