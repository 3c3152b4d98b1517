//! Keys, commands and the words of the workstation, as files of the repository say them.

mod commands;
mod cut;
mod locales;
mod manual;
