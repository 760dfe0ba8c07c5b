//! The program as a person meets it: words in, exit code, sentences and figures out.

mod contract;
mod desk;
mod disks;
mod files;
mod journey;
mod page;
mod refusals;
mod reports;
mod sample;
mod serve;
