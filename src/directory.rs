//! stub
#![allow(missing_docs, clippy::all, clippy::pedantic, reason = "stub")]
use crate::ids::*;
use crate::place::Point;
use crate::terms::*;
use chrono::*;
#[derive(Debug, PartialEq)]
pub enum Role {
    Association,
    NationalTeam,
}
#[derive(Debug)]
pub enum Coverage {
    Departments(Vec<Department>),
    Country,
    All,
}
#[derive(Debug)]
pub struct Serves {
    pub situations: Vec<Situation>,
    pub ages: Vec<Age>,
    pub genders: Vec<Gender>,
    pub children: bool,
}
#[derive(Debug)]
pub struct Hours;
impl Hours {
    pub fn is_open(&self, _: DateTime<Utc>) -> bool {
        true
    }
    pub fn next_open(&self, a: DateTime<Utc>) -> Option<DateTime<Utc>> {
        Some(a)
    }
    pub fn add_open_time(&self, a: DateTime<Utc>, _: std::time::Duration) -> DateTime<Utc> {
        a
    }
}
#[derive(Debug)]
pub struct Association {
    pub id: AssociationId,
    pub name: String,
    pub country: Country,
    pub department: Option<Department>,
    pub point: Option<Point>,
    pub coverage: Coverage,
    pub generalist: bool,
    pub serves: Serves,
    pub offers: Vec<Offer>,
    pub languages: Vec<String>,
    pub hours: Hours,
    pub role: Role,
    pub recipients: Vec<age::x25519::Recipient>,
    pub volunteers_chat: Option<ChatId>,
}
impl Association {
    pub fn public_phone(&self, _: NaiveDate) -> Option<&str> {
        None
    }
    pub fn public_name(&self) -> Option<&str> {
        None
    }
}
#[derive(Debug)]
pub struct Directory;
impl Directory {
    pub fn associations(&self) -> &[Association] {
        &[]
    }
    pub fn find(&self, _: &AssociationId) -> Option<&Association> {
        None
    }
    pub fn countries(&self) -> Vec<Country> {
        vec![]
    }
}
#[derive(Debug)]
pub struct TrustedKey;
impl TrustedKey {
    pub fn parse(_: &str) -> Result<Self, ()> {
        Ok(Self)
    }
}
