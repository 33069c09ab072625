//! How the list of messages is declared, and what stands in their variables.

/// The value of a variable in a message.
#[derive(Clone, PartialEq, Eq)]
pub enum Argument {
    /// Text that is the same in every language: a number, a code, a time.
    Text(String),
    /// A count, which chooses the plural form.
    Count(u32),
    /// Another message, said in the same language.
    Message(Box<super::Message>),
}

/// Turns a typed argument into an [`Argument`] and gives a sample of its type.
pub(super) trait Typed {
    fn argument(&self) -> Argument;
    fn sample() -> Self;
}

impl Typed for String {
    fn argument(&self) -> Argument {
        Argument::Text(self.clone())
    }
    fn sample() -> Self {
        "+33 1 99 00 12 34".to_owned()
    }
}

impl Typed for u32 {
    fn argument(&self) -> Argument {
        Argument::Count(*self)
    }
    fn sample() -> Self {
        3
    }
}

impl Typed for Box<super::Message> {
    fn argument(&self) -> Argument {
        Argument::Message(self.clone())
    }
    fn sample() -> Self {
        Self::new(super::Message::AreaRiviera)
    }
}

redacted!(Argument);

/// Declares the closed list.
macro_rules! messages {
    ($($name:ident $({ $($arg:ident: $type:ty),+ })? = $key:literal),+ $(,)?) => {
        /// Something Relais can say.
        #[derive(Clone, PartialEq, Eq)]
        pub enum Message {
            $(
                #[doc = concat!("The message `", $key, "`.")]
                $name $({ $(#[doc = concat!("The variable `", stringify!($arg), "`.")] $arg: $type),+ })?
            ),+
        }

        impl Message {
            /// Returns the key under which locales hold the text.
            #[must_use]
            pub const fn key(&self) -> &'static str {
                match self { $(Self::$name { .. } => $key),+ }
            }

            /// Returns the variables with their values.
            #[must_use]
            pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
                match self {
                    $(Self::$name $({ $($arg),+ })? => vec![$($((stringify!($arg), Typed::argument($arg))),+)?]),+
                }
            }

            /// Returns one sample of every message, to try each locale with.
            #[must_use]
            pub fn samples() -> Vec<Self> {
                vec![$(Self::$name $({ $($arg: Typed::sample()),+ })?),+]
            }
        }
    };
}
