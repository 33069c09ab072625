//! `Debug` for what a person said, or what would tell who they are: the name of the type, and nothing in it.

/// Gives each of these types a `Debug` that shows its name alone.
///
/// # Privacy
/// A type that holds a place, an answer or words is named here instead of deriving `Debug`, so that no log, panic
/// or failed comparison can show them.
macro_rules! redacted {
    ($($name:ident),+ $(,)?) => {
        $(impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })+
    };
}
