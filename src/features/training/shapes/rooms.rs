//! The JSON shapes of rooms.

use entity::ids::{SiteId, StructureId};
use entity::training_room;
use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use crate::features::training::input::TypedRoom;
use crate::http::api::{LongText, ShortText};

/// A room, all that is said of it.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingRoomIn", deny_unknown_fields)]
pub struct RoomIn {
    /// The structure whose it is.
    pub structure_id: Option<Uuid>,
    /// The site of that structure.
    pub site_id: Option<Uuid>,
    /// Name.
    pub name: ShortText,
    /// Address.
    pub address: ShortText,
    /// Postal code.
    pub postal_code: ShortText,
    /// Commune.
    pub commune: ShortText,
    /// Department, when the postal code is of another.
    pub department: Option<ShortText>,
    /// How many people.
    pub capacity: i32,
    /// How to get there.
    pub access: Option<LongText>,
    /// Whether everybody gets in.
    pub accessibility: Option<LongText>,
    /// What is there.
    pub equipment: Option<LongText>,
}

impl RoomIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedRoom {
        let long = |given: Option<&LongText>| given.map(|text| text.0.clone()).unwrap_or_default();
        TypedRoom {
            structure: self.structure_id.map(StructureId),
            site: self.site_id.map(SiteId),
            name: self.name.0.clone(),
            address: self.address.0.clone(),
            postal_code: self.postal_code.0.clone(),
            commune: self.commune.0.clone(),
            department: self.department.as_ref().map(|text| text.0.clone()).unwrap_or_default(),
            capacity: self.capacity.to_string(),
            access: long(self.access.as_ref()),
            accessibility: long(self.accessibility.as_ref()),
            equipment: long(self.equipment.as_ref()),
        }
    }
}

/// A room.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingRoomOut")]
pub struct RoomOut {
    /// Key.
    pub id: Uuid,
    /// The structure whose it is.
    pub structure_id: Option<Uuid>,
    /// The site of that structure.
    pub site_id: Option<Uuid>,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Postal code.
    pub postal_code: String,
    /// Commune.
    pub commune: String,
    /// INSEE department.
    pub department: String,
    /// INSEE region; empty where there is none.
    pub region: String,
    /// IANA zone.
    pub zone: String,
    /// How many people.
    pub capacity: i32,
    /// How to get there.
    pub access: String,
    /// Whether everybody gets in.
    pub accessibility: String,
    /// What is there.
    pub equipment: String,
    /// Since when no session is planned there.
    pub retired_on: Option<Date>,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl From<&training_room::Model> for RoomOut {
    fn from(row: &training_room::Model) -> Self {
        Self {
            id: row.id.0,
            structure_id: row.structure_id.map(|id| id.0),
            site_id: row.site_id.map(|id| id.0),
            name: row.name.clone(),
            address: row.address.clone(),
            postal_code: row.postal_code.clone(),
            commune: row.commune.clone(),
            department: row.department.clone(),
            region: row.region.clone(),
            zone: row.zone.clone(),
            capacity: row.capacity,
            access: row.access.clone(),
            accessibility: row.accessibility.clone(),
            equipment: row.equipment.clone(),
            retired_on: row.retired_on,
            version: row.version,
        }
    }
}

/// A page of rooms.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingRoomPage")]
pub struct RoomPage {
    /// The rooms, in alphabetical order.
    pub items: Vec<RoomOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}
