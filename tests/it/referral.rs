//! The core of the volunteers' half: searched whole, told in stories, and walked at random.

mod book;
mod laws;
mod mutants;
mod normal;
mod random;
mod search;
mod states;
mod stories;
mod tale;
mod when;
mod world;
