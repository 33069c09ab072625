//! The départements: names, areas, chief towns and who borders whom, from `data/departments.csv`.

use std::sync::LazyLock;

use super::Point;
use crate::ids::Department;
use crate::terms::Area;

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    include_str!("../../data/departments.csv").lines().skip(1).filter_map(Row::parse).collect()
});

/// Where in the table each département stands, by its number.
static BY_NUMBER: LazyLock<Vec<Option<u8>>> = LazyLock::new(|| {
    let mut places = vec![None; NUMBERS];
    for (place, row) in (0..).zip(TABLE.iter()) {
        if let Some(slot) = places.get_mut(usize::from(row.code.number())) {
            *slot = Some(place);
        }
    }
    places
});

/// The numbers of départements lie below this.
const NUMBERS: usize = 1_000;

/// What is known of a département.
pub(super) struct Row {
    pub(super) code: Department,
    pub(super) name: &'static str,
    pub(super) area: Area,
    /// Where its chief town is.
    pub(super) point: Point,
    neighbours: Vec<Department>,
}

impl Row {
    /// Reads a line of the table; a test counts that every line can be read.
    fn parse(line: &'static str) -> Option<Self> {
        let mut fields = line.split(',');
        let mut field = || fields.next();
        Some(Self {
            code: field()?.parse().ok()?,
            name: field()?,
            area: field()?.parse().ok()?,
            point: {
                let (_region, _chief_town) = (field()?, field()?);
                Point { lat: field()?.parse().ok()?, lon: field()?.parse().ok()? }
            },
            neighbours: field()?.split_ascii_whitespace().filter_map(|code| code.parse().ok()).collect(),
        })
    }
}

fn row(department: Department) -> Option<&'static Row> {
    let place = (*BY_NUMBER.get(usize::from(department.number()))?)?;
    TABLE.get(usize::from(place))
}

/// The southern lands and Clipperton: nobody lives there, so nobody is asked whether they do.
const UNINHABITED: [u16; 2] = [984, 989];

/// Returns the départements of an area where people live, in the order of their codes.
#[must_use]
pub fn departments_of(area: Area) -> Vec<Department> {
    let inhabited = |row: &&Row| row.area == area && !UNINHABITED.contains(&row.code.number());
    TABLE.iter().filter(inhabited).map(|row| row.code).collect()
}

/// Returns the area that a département lies in.
#[must_use]
pub fn area_of(department: Department) -> Option<Area> {
    row(department).map(|row| row.area)
}

/// Returns the French name of a département.
#[must_use]
pub fn name(department: Department) -> Option<&'static str> {
    row(department).map(|row| row.name)
}

/// Returns where the chief town of a département is.
#[must_use]
pub fn centroid(department: Department) -> Option<Point> {
    row(department).map(|row| row.point)
}

/// Returns the middle of the chief towns of an area; nothing for the overseas, which have no middle.
#[must_use]
pub fn area_centre(area: Area) -> Option<Point> {
    if area == Area::Overseas {
        return None;
    }
    let points = TABLE.iter().filter(|row| row.area == area).map(|row| row.point);
    let (count, lat, lon) = points
        .fold((0.0, 0.0, 0.0), |(count, lat, lon), point| (count + 1.0, lat + point.lat, lon + point.lon));
    (count > 0.0).then(|| Point { lat: lat / count, lon: lon / count })
}

/// Returns whether two départements border each other.
///
/// Derived from which communes lie side by side, then checked by hand; those that meet in one point count.
#[must_use]
pub fn are_neighbours(one: Department, other: Department) -> bool {
    row(one).is_some_and(|row| row.neighbours.contains(&other))
}
