//! Files of an old program, through the door and out again as charges and transfers.

mod brought;
mod kremenchuk;
