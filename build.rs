//! Tells cargo what the build reads beside the sources.

fn main() {
    // `migrate!` embeds this folder, and cargo would not see a new file in it.
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=directory");
}
