//! `/api/v1/habilitations`: the path to an habilitation and its life.

pub mod shapes;

use std::sync::Arc;

use entity::habilitation;
use entity::ids::{CertificationId, ExpertId, HabilitationId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use time::Date;
use uuid::Uuid;

use super::super::actions::habilitation::{self as acts, Admission, Application, JuryMember, LoggedStep};
use super::super::actions::habilitation::{JuryMove, Presentation, Quality, Verdict};
use super::super::shapes::{DutyWord, HabilitationStateWord};
use super::super::{ExpertError, queries};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Content, Created, PageParams, Read, ShortText, Tag};
use crate::rules::typed_date::iso;
use shapes::{
    AdmissionIn, ApplicationIn, HabilitationFileOut, HabilitationLineOut, HabilitationPage, JuryMemberIn,
    JuryMoveIn, PresentationIn, QualityWord, ReasonIn, RenewalIn, SeniorIn, StepIn, VerdictIn, VerdictWord,
    WithdrawalAnswerIn,
};

/// The files of habilitation.
pub struct HabilitationsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of files.
#[derive(ApiResponse)]
enum Listed {
    /// The files that the caller may see.
    #[oai(status = 200)]
    Page(Json<HabilitationPage>),
}

/// The file as the transaction leaves it, committed.
async fn done(file: &habilitation::Model, tx: Tx) -> Result<Read<HabilitationFileOut>, ApiError> {
    let today = tx.app().today();
    let found = queries::habilitation(tx.conn(), tx.actor(), file.id, today).await?;
    let out = HabilitationFileOut::of(&found, today);
    tx.commit().await?;
    Ok(Read::new(out, file.version))
}

#[OpenApi(prefix_path = "/habilitations", tag = "Tag::Experts")]
impl HabilitationsApi {
    /// List the files of habilitation
    ///
    /// Newest first: those of the experts that the caller sees, and those that the caller accompanies. `q` finds words of
    /// the name of the expert, or their number. `on` tells those that were there at the end of a day that is behind, each in
    /// the state that it had.
    #[oai(path = "/", method = "get", operation_id = "habilitation_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        state: Query<Option<HabilitationStateWord>>,
        duty: Query<Option<DutyWord>>,
        /// Of this expert.
        expert_id: Query<Option<Uuid>>,
        /// As they were at the end of this day, in Paris.
        on: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let today = self.app.today();
        let on = on.0.filter(|day| *day < today);
        let filter = queries::FileFilter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(Into::into),
            duty: duty.0.map(Into::into),
            expert: expert_id.0.map(ExpertId::from),
            on,
        };
        let found = queries::habilitations(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let day = on.unwrap_or(today);
        let items = found.items.iter().map(|file| HabilitationLineOut::of(file, day)).collect();
        Ok(Listed::Page(Json(HabilitationPage { items, next_cursor })))
    }

    /// Apply for an habilitation
    #[oai(path = "/", method = "post", operation_id = "habilitation_apply")]
    async fn apply(
        &self,
        caller: Caller,
        body: Json<ApplicationIn>,
    ) -> Result<Created<HabilitationFileOut>, ApiError> {
        let expert: ExpertId = body.0.expert_id.into();
        let typed = Application {
            duty: body.0.duty.into(),
            certification: body.0.certification_id.map(CertificationId),
            regions: body.0.regions.into_iter().map(String::from).collect(),
            motivation: body.0.motivation.0,
        };
        let mut tx = self.app.begin(caller.0).await?;
        let file = acts::apply(&mut tx, expert, &typed).await?;
        let today = self.app.today();
        let found = queries::habilitation(tx.conn(), tx.actor(), file.id, today).await?;
        let out = HabilitationFileOut::of(&found, today);
        tx.commit().await?;
        Ok(Created::new(out, &format!("/habilitations/{}", file.id), file.version))
    }

    /// Read a file of habilitation
    ///
    /// As it was at the end of a day that is behind, with `on`.
    #[oai(path = "/:id", method = "get", operation_id = "habilitation_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// As it was at the end of this day, in Paris.
        on: Query<Option<Date>>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (id, today): (HabilitationId, _) = (id.0.into(), self.app.today());
        let conn = self.app.db.read();
        let past = on.0.filter(|day| *day < today);
        let found = match past {
            Some(day) => queries::habilitation_on(conn, &caller.0, id, day).await?,
            None => queries::habilitation(conn, &caller.0, id, today).await?,
        };
        let out = HabilitationFileOut::of(&found, past.unwrap_or(today));
        Ok(Read::new(out, found.habilitation.file.version))
    }

    /// Download a document of a file of habilitation
    #[oai(path = "/:id/documents/:document_id", method = "get", operation_id = "habilitation_document")]
    async fn document(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        document_id: Path<Uuid>,
    ) -> Result<Content, ApiError> {
        let id: HabilitationId = id.0.into();
        let found = queries::habilitation(self.app.db.read(), &caller.0, id, self.app.today()).await?;
        let document = found.document(document_id.0.into())?;
        let content = self.app.storage.get(&document.sha256).await.map_err(ExpertError::from)?;
        acts::download(&self.app, &caller.0, &found, document).await?;
        Ok(Content::of(&content, &document.download_name(), &document.sha256))
    }

    /// Do not retain an application
    #[oai(path = "/:id/reject", method = "post", operation_id = "habilitation_reject")]
    async fn reject(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::reject(&mut tx, id.0.into(), seen, &body.0.reason.0).await?, tx).await
    }

    /// Admit to the training
    #[oai(path = "/:id/admit", method = "post", operation_id = "habilitation_admit")]
    async fn admit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AdmissionIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let typed = Admission {
            interview_on: iso(body.0.interview_on),
            interview: body.0.interview.0,
            senior: Some(body.0.senior_id.into()),
            action_plan: body.0.action_plan.0,
        };
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::admit(&mut tx, id.0.into(), seen, &typed).await?, tx).await
    }

    /// Log a step of the training
    ///
    /// The senior named in the file does it, or the manager. A step may rest on a mission of observation (`mission_id`) that
    /// the person did and reported; each counts once in a file.
    #[oai(path = "/:id/steps", method = "post", operation_id = "habilitation_log_step")]
    async fn log_step(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<StepIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let typed = LoggedStep {
            kind: body.0.kind.into(),
            done_on: iso(body.0.done_on),
            place: body.0.place.0,
            sheet: body.0.sheet.0,
            action_plan: body.0.action_plan.0,
            mission: body.0.mission_id.map(Into::into),
        };
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::log_step(&mut tx, id.0.into(), seen, &typed).await?, tx).await
    }

    /// Sign the charter
    #[oai(path = "/:id/sign-charter", method = "post", operation_id = "habilitation_sign_charter")]
    async fn sign_charter(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::sign_charter(&mut tx, id.0.into(), seen).await?, tx).await
    }

    /// Present to the jury
    #[oai(path = "/:id/present", method = "post", operation_id = "habilitation_present")]
    async fn present(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<PresentationIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let member = |member: JuryMemberIn| JuryMember {
            name: member.name.0,
            expert: member.expert_id.map(ExpertId),
            email: member.email.0,
            quality: match member.quality {
                QualityWord::Manager => Quality::Manager,
                QualityWord::Senior => Quality::Senior,
                QualityWord::External => Quality::External,
            },
        };
        let typed = Presentation {
            on: iso(body.0.jury_on),
            time: body.0.jury_time.0,
            place: body.0.jury_place.0,
            members: body.0.members.into_iter().map(member).collect(),
        };
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::present(&mut tx, id.0.into(), seen, &typed).await?, tx).await
    }

    /// Move the jury
    ///
    /// The same people sit. They and the person are told, and their calendars follow.
    #[oai(path = "/:id/move-jury", method = "post", operation_id = "habilitation_move_jury")]
    async fn move_jury(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<JuryMoveIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let typed = JuryMove {
            on: iso(body.0.jury_on),
            time: body.0.jury_time.0,
            place: body.0.jury_place.0,
            reason: body.0.reason.0,
        };
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::move_jury(&mut tx, id.0.into(), seen, &typed).await?, tx).await
    }

    /// Call the jury off
    ///
    /// The file goes back to its path, from which it is presented again. Those who were invited are told.
    #[oai(path = "/:id/cancel-jury", method = "post", operation_id = "habilitation_cancel_jury")]
    async fn cancel_jury(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::cancel_jury(&mut tx, id.0.into(), seen, &body.0.reason.0).await?, tx).await
    }

    /// Record what the jury decides
    #[oai(path = "/:id/decide", method = "post", operation_id = "habilitation_decide")]
    async fn decide(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<VerdictIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let verdict = match body.0.verdict {
            VerdictWord::Grant => Verdict::Grant {
                starts_on: body.0.starts_on.map(iso).unwrap_or_default(),
                ends_on: body.0.ends_on.map(iso).unwrap_or_default(),
                conditions: body.0.text.0,
            },
            VerdictWord::Defer => Verdict::Defer {
                redo: body.0.redo.into_iter().map(Into::into).collect(),
                reasons: body.0.text.0,
            },
            VerdictWord::Refuse => Verdict::Refuse { reasons: body.0.text.0 },
        };
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::decide(&mut tx, id.0.into(), seen, &verdict).await?, tx).await
    }

    /// Suspend an habilitation
    #[oai(path = "/:id/suspend", method = "post", operation_id = "habilitation_suspend")]
    async fn suspend(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::suspend(&mut tx, id.0.into(), seen, body.0.on, &body.0.reason.0).await?, tx).await
    }

    /// Reinstate an habilitation
    #[oai(path = "/:id/reinstate", method = "post", operation_id = "habilitation_reinstate")]
    async fn reinstate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::reinstate(&mut tx, id.0.into(), seen, body.0.on, &body.0.reason.0).await?, tx).await
    }

    /// Ask for the withdrawal of an habilitation
    ///
    /// It counts until someone else confirms; the person is told and may answer.
    #[oai(path = "/:id/withdraw", method = "post", operation_id = "habilitation_withdraw")]
    async fn withdraw(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::ask_withdrawal(&mut tx, id.0.into(), seen, &body.0.reason.0).await?, tx).await
    }

    /// Answer the withdrawal that is asked for
    #[oai(path = "/:id/answer-withdrawal", method = "post", operation_id = "habilitation_answer_withdrawal")]
    async fn answer_withdrawal(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<WithdrawalAnswerIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::answer_withdrawal(&mut tx, id.0.into(), seen, &body.0.answer.0).await?, tx).await
    }

    /// Give up the withdrawal that is asked for
    ///
    /// The habilitation stays as it is; the person and the managers are told why.
    #[oai(path = "/:id/drop-withdrawal", method = "post", operation_id = "habilitation_drop_withdrawal")]
    async fn drop_withdrawal(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::drop_withdrawal(&mut tx, id.0.into(), seen, &body.0.reason.0).await?, tx).await
    }

    /// Name somebody else to accompany
    #[oai(path = "/:id/senior", method = "post", operation_id = "habilitation_change_senior")]
    async fn change_senior(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SeniorIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let named = Some(ExpertId(body.0.senior_id));
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::change_senior(&mut tx, id.0.into(), seen, named, &body.0.reason.0).await?, tx).await
    }

    /// Confirm a withdrawal that someone else asked for
    ///
    /// Once the person answered, or once the delay to answer is over.
    #[oai(
        path = "/:id/confirm-withdrawal",
        method = "post",
        operation_id = "habilitation_confirm_withdrawal"
    )]
    async fn confirm_withdrawal(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::confirm_withdrawal(&mut tx, id.0.into(), seen).await?, tx).await
    }

    /// Give up an habilitation
    #[oai(path = "/:id/resign", method = "post", operation_id = "habilitation_resign")]
    async fn resign(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::resign(&mut tx, id.0.into(), seen, body.0.on, &body.0.reason.0).await?, tx).await
    }

    /// Renew an habilitation
    ///
    /// Conditions that are not met are answered, unless `waiver` says why they are set aside.
    #[oai(path = "/:id/renew", method = "post", operation_id = "habilitation_renew")]
    async fn renew(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RenewalIn>,
    ) -> Result<Read<HabilitationFileOut>, ApiError> {
        let until = body.0.ends_on.map(iso).unwrap_or_default();
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        done(&acts::renew(&mut tx, id.0.into(), seen, &until, &body.0.waiver.0).await?, tx).await
    }
}
