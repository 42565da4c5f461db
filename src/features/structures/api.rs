//! `/api/v1/structures`.

use std::sync::Arc;

use entity::dated_right::RightKind;
use entity::ids::{SiteId, StructureContactId, StructureId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use time::Date;
use uuid::Uuid;

use super::queries::{self, Filter, Found};
use super::shapes::{
    CloseSiteIn, SiteChangeIn, SiteIn, SiteOut, StandingWord, StructureChangeIn, StructureContactChangeIn,
    StructureContactIn, StructureContactOut, StructureIn, StructureLine, StructureOut, StructurePage,
};
use super::{StructureError, actions, import};
use crate::app::App;
use crate::authz::Actor;
use crate::features::rights::api::{ConventionIn, RightOut, recorded};
use crate::features::rights::{self, Holder};
use crate::http::api::{
    ApiError, Caller, Created, ImportForm, Imported, PageParams, Read, ShortText, Tag, if_match,
};

/// Structures, their sites and their contacts, which share one version.
pub struct StructuresApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of structures.
#[derive(ApiResponse)]
enum Listed {
    /// The structures that the caller may see.
    #[oai(status = 200)]
    Page(Json<StructurePage>),
}

#[OpenApi(prefix_path = "/structures", tag = "Tag::Structures")]
impl StructuresApi {
    /// List structures
    ///
    /// In the alphabetical order of their names; `q` finds words of the name, the commune or the sites, a SIREN
    /// or a SIRET, whatever the accents, the case and the spaces. `state` is that of `on`, the day of today unless given.
    #[oai(path = "/", method = "get", operation_id = "structure_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// INSEE code of a region.
        region: Query<Option<ShortText>>,
        /// Where the structure stands with its agreement.
        state: Query<Option<StandingWord>>,
        /// The day looked at.
        on: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            region: region.0.map(String::from).filter(|code| !code.is_empty()),
            standing: state.0.map(Into::into),
            on: self.past(on.0),
        };
        let conn = self.app.db.read();
        let found = queries::list(conn, &caller.0, &filter, &page).await?;
        let ids: Vec<_> = found.items.iter().map(|row| row.id).collect();
        let standings = queries::standings(conn, &ids, filter.on).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items =
            found.items.iter().map(|row| StructureLine::of(row, standings.get(&row.id).copied())).collect();
        Ok(Listed::Page(Json(StructurePage { items, next_cursor })))
    }

    /// Read a structure as of a date
    ///
    /// `state` is that of `on`; the identity and the sites are those of today.
    #[oai(path = "/:id", method = "get", operation_id = "structure_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The day looked at; that of today unless given.
        on: Query<Option<Date>>,
    ) -> Result<Read<StructureOut>, ApiError> {
        self.read(&caller.0, id.0.into(), self.past(on.0)).await
    }

    /// Record a structure
    ///
    /// The SIRET is that of the seat; region and time zone follow from the postal code, or from the department
    /// when it is given. `sites` lists the other sites.
    #[oai(path = "/", method = "post", operation_id = "structure_create")]
    async fn create(
        &self,
        caller: Caller,
        body: Json<StructureIn>,
    ) -> Result<Created<StructureOut>, ApiError> {
        let new = body.0.typed().read().map_err(StructureError::Invalid)?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        let structure = actions::create(&mut tx, &new).await?;
        let out = self.after(&tx, structure.id).await?;
        tx.commit().await?;
        let path = format!("/structures/{}", structure.id);
        Ok(Created::new(out, &path, structure.version))
    }

    /// Import structures
    ///
    /// A CSV or XLSX file, one structure a line, columns in French. When a line is wrong nothing is recorded and
    /// every fault is told, unless `skip_invalid`; `dry_run` only reports.
    #[oai(path = "/import", method = "post", operation_id = "structure_import")]
    async fn import(&self, caller: Caller, form: ImportForm) -> Result<Imported, ApiError> {
        let sent = form.sent().await?;
        let report = import::import(&self.app, caller.0, &sent.bytes, &sent.name, sent.options).await?;
        Imported::of(report, sent.options)
    }

    /// Change a structure
    ///
    /// Only the fields given change; an empty text clears. `If-Match` is needed.
    #[oai(path = "/:id", method = "patch", operation_id = "structure_edit")]
    async fn edit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<StructureChangeIn>,
    ) -> Result<Read<StructureOut>, ApiError> {
        let seen = required(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        let structure = actions::edit(&mut tx, id.0.into(), Some(seen), |typed| body.0.apply(typed)).await?;
        let out = self.after(&tx, structure.id).await?;
        tx.commit().await?;
        Ok(Read::new(out, structure.version))
    }

    /// Add a site
    #[oai(path = "/:id/sites", method = "post", operation_id = "site_add")]
    async fn add_site(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<SiteIn>,
    ) -> Result<Created<SiteOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (structure, site) = actions::add_site(&mut tx, id.0.into(), None, &body.0.typed()).await?;
        tx.commit().await?;
        let path = format!("/structures/{}", structure.id);
        Ok(Created::new(SiteOut::of(&site), &path, structure.version))
    }

    /// Change a site
    ///
    /// Only the fields given change; `is_seat: true` makes it the seat in place of the other one. `If-Match` is
    /// the version of the structure.
    #[oai(path = "/:id/sites/:site_id", method = "patch", operation_id = "site_edit")]
    async fn edit_site(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        site_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SiteChangeIn>,
    ) -> Result<Read<SiteOut>, ApiError> {
        let seen = required(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (id, site): (StructureId, SiteId) = (id.0.into(), site_id.0.into());
        let (structure, site) =
            actions::edit_site(&mut tx, id, site, Some(seen), |typed| body.0.apply(typed)).await?;
        tx.commit().await?;
        Ok(Read::new(SiteOut::of(&site), structure.version))
    }

    /// Say that the new address of a site was looked at
    ///
    /// That which its structure declared while an agreement covered the site.
    #[oai(path = "/:id/sites/:site_id/review-move", method = "post", operation_id = "site_review_move")]
    async fn review_move(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        site_id: Path<Uuid>,
    ) -> Result<Read<SiteOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (id, site): (StructureId, SiteId) = (id.0.into(), site_id.0.into());
        let (structure, site) = actions::review_move(&mut tx, id, site, None).await?;
        tx.commit().await?;
        Ok(Read::new(SiteOut::of(&site), structure.version))
    }

    /// Close a site
    ///
    /// From a day on. The seat stays; a site that an agreement covers on that day stays too.
    #[oai(path = "/:id/sites/:site_id/close", method = "post", operation_id = "site_close")]
    async fn close_site(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        site_id: Path<Uuid>,
        body: Json<CloseSiteIn>,
    ) -> Result<Read<SiteOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (id, site): (StructureId, SiteId) = (id.0.into(), site_id.0.into());
        let (structure, site) = actions::close_site(&mut tx, id, site, None, body.0.closed_on).await?;
        tx.commit().await?;
        Ok(Read::new(SiteOut::of(&site), structure.version))
    }

    /// Add a contact
    ///
    /// Somebody to write to for one matter, beside the `contact` of the structure, who receives the mails. A structure
    /// has 20 at most.
    #[oai(path = "/:id/contacts", method = "post", operation_id = "structure_contact_add")]
    async fn add_contact(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<StructureContactIn>,
    ) -> Result<Created<StructureContactOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (structure, contact) = actions::add_contact(&mut tx, id.0.into(), None, &body.0.typed()).await?;
        tx.commit().await?;
        let path = format!("/structures/{}", structure.id);
        Ok(Created::new(StructureContactOut::of(&contact), &path, structure.version))
    }

    /// Change a contact
    ///
    /// Only the fields given change. `If-Match` is the version of the structure.
    #[oai(path = "/:id/contacts/:contact_id", method = "patch", operation_id = "structure_contact_edit")]
    async fn edit_contact(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        contact_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<StructureContactChangeIn>,
    ) -> Result<Read<StructureContactOut>, ApiError> {
        let seen = required(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (id, contact): (StructureId, StructureContactId) = (id.0.into(), contact_id.0.into());
        let (structure, contact) =
            actions::edit_contact(&mut tx, id, contact, Some(seen), |typed| body.0.apply(typed)).await?;
        tx.commit().await?;
        Ok(Read::new(StructureContactOut::of(&contact), structure.version))
    }

    /// Remove a contact
    #[oai(path = "/:id/contacts/:contact_id", method = "delete", operation_id = "structure_contact_remove")]
    async fn remove_contact(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        contact_id: Path<Uuid>,
    ) -> Result<Read<StructureOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let structure = actions::remove_contact(&mut tx, id.0.into(), contact_id.0.into(), None).await?;
        let out = self.after(&tx, structure.id).await?;
        tx.commit().await?;
        Ok(Read::new(out, structure.version))
    }

    /// Record the State convention of a structure
    ///
    /// Its convention as ACI, a dated right: two of one structure share no day.
    #[oai(path = "/:id/state-conventions", method = "post", operation_id = "structure_record_convention")]
    async fn record_convention(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<ConventionIn>,
    ) -> Result<Created<RightOut>, ApiError> {
        let holder = Holder::structure(id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        let typed = body.0.typed();
        let right = rights::actions::record(&mut tx, holder, RightKind::StateConvention, &typed).await?;
        tx.commit().await?;
        let (path, version) = (format!("/rights/{}", right.id), right.version);
        Ok(Created::new(recorded(&self.app, right).await?, &path, version))
    }
}

impl StructuresApi {
    /// The day asked for, when it is not today.
    fn past(&self, on: Option<Date>) -> Option<Date> {
        on.filter(|day| *day != self.app.today())
    }

    async fn read(
        &self,
        actor: &Actor,
        id: StructureId,
        on: Option<Date>,
    ) -> Result<Read<StructureOut>, ApiError> {
        let conn = self.app.db.read();
        let found = queries::get(conn, actor, id).await?;
        let standing = queries::standings(conn, &[id], on).await?.get(&id).copied();
        let version = found.structure.version;
        Ok(Read::new(StructureOut::of(&found, standing), version))
    }

    /// The structure as the transaction leaves it.
    async fn after(&self, tx: &crate::db::Tx, id: StructureId) -> Result<StructureOut, ApiError> {
        let found: Found = queries::get(tx.conn(), tx.actor(), id).await?;
        let standing = queries::standings(tx.conn(), &[id], None).await?.get(&id).copied();
        Ok(StructureOut::of(&found, standing))
    }
}

fn required(header: Option<&String>) -> Result<i32, ApiError> {
    if_match(header)?.ok_or_else(ApiError::precondition_required)
}
