//! The name of every operation.

/// Declares the permissions with their stable name and what is checked to know whether the thing may be seen.
macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, seen by $view:ident;)+) => {
        /// One operation that somebody may or may not do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Permission {
            $($(#[$doc])* $name,)+
        }

        impl Permission {
            /// Every permission, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name, `agreement_request:decide`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $wire,)+ }
            }

            /// The permission to see the thing: without it, a refusal says "not found".
            #[must_use]
            pub fn view(self) -> Self {
                match self { $(Self::$name => Self::$view,)+ }
            }
        }
    };
}

permissions! {
    /// See one's own account.
    AccountSelf = "account:self", seen by AccountSelf;
    /// See the accounts of other people.
    AccountView = "account:view", seen by AccountView;
    /// Create accounts, give and take roles, disable.
    AccountManage = "account:manage", seen by AccountView;
    /// Invite or remove a colleague of a structure.
    ColleagueManage = "colleague:manage", seen by ColleagueView;
    /// See the colleagues of a structure.
    ColleagueView = "colleague:view", seen by ColleagueView;

    /// Ask for the account of a structure that is not known yet, and confirm the address: the program, for whoever does.
    AccessAsk = "access_request:ask", seen by AccessAsk;
    /// See the requests of structures that ask for an account.
    AccessView = "access_request:view", seen by AccessView;
    /// Accept or refuse such a request.
    AccessSettle = "access_request:settle", seen by AccessView;

    /// See a structure.
    StructureView = "structure:view", seen by StructureView;
    /// Create a structure.
    StructureCreate = "structure:create", seen by StructureCreate;
    /// Change a structure or its sites.
    StructureEdit = "structure:edit", seen by StructureView;
    /// Add, change or remove the other contacts of a structure.
    StructureContacts = "structure:contacts", seen by StructureView;
    /// Import structures from a file.
    StructureImport = "structure:import", seen by StructureView;

    /// See the certifications.
    CertificationView = "certification:view", seen by CertificationView;
    /// Change the certifications.
    CertificationEdit = "certification:edit", seen by CertificationView;
    /// Read and change the draft of a referential.
    ReferentialEdit = "referential:edit", seen by CertificationView;
    /// Publish a referential, which freezes it.
    ReferentialPublish = "referential:publish", seen by CertificationView;

    /// See an expert.
    ExpertView = "expert:view", seen by ExpertView;
    /// See the network of experts: loads, rights that end, conditions at risk.
    NetworkView = "network:view", seen by NetworkView;
    /// Create or change an expert and their habilitations.
    ExpertEdit = "expert:edit", seen by ExpertView;
    /// Import experts from a file.
    ExpertImport = "expert:import", seen by ExpertView;
    /// See declared interests, which are confidential.
    InterestView = "interest:view", seen by InterestView;
    /// Record a declared interest.
    InterestEdit = "interest:edit", seen by InterestView;

    /// Apply for an habilitation.
    HabilitationApply = "habilitation:apply", seen by ExpertView;
    /// Admit, reject, present, decide, suspend, reinstate, renew.
    HabilitationManage = "habilitation:manage", seen by ExpertView;
    /// Log a step of a training that one accompanies.
    HabilitationLog = "habilitation:log_step", seen by ExpertView;
    /// Sign the charter.
    HabilitationSign = "habilitation:sign_charter", seen by ExpertView;
    /// Ask for a withdrawal, or confirm the one that someone else asked for.
    HabilitationWithdraw = "habilitation:withdraw", seen by ExpertView;
    /// Give up one's habilitation.
    HabilitationResign = "habilitation:resign", seen by ExpertView;
    /// Answer the withdrawal of one's habilitation that is asked for.
    HabilitationAnswer = "habilitation:answer_withdrawal", seen by ExpertView;
    /// What time does by itself.
    HabilitationExpire = "habilitation:expire", seen by ExpertView;
    /// Record a piece of an expert.
    ExpertPieceAdd = "expert:add_piece", seen by ExpertView;

    /// See the ties between people and structures, without the words of declarations.
    TieView = "tie:view", seen by TieView;
    /// Record employers of people and groups of structures.
    TieEdit = "tie:edit", seen by TieView;
    /// Keep a duty in spite of a tie learnt later.
    TieOverride = "tie:override", seen by TieView;
    /// What the program does by itself about ties: alerts, reminders of declarations.
    TieWatch = "tie:watch", seen by TieView;

    /// See dated rights and their ends.
    RightView = "right:view", seen by RightView;
    /// What time does by itself: alerts and ends.
    RightDeadline = "right:deadline", seen by RightView;
    /// Record, cut short or take back what the certifying body holds.
    CertifierRightManage = "certifier_right:manage", seen by RightView;
    /// Record, cut short or take back the State convention of a structure.
    ConventionManage = "state_convention:manage", seen by StructureView;
    /// See the half-days of an expert.
    AvailabilityView = "availability:view", seen by AvailabilityView;
    /// Declare half-days, habits and absences of an expert.
    AvailabilityEdit = "availability:edit", seen by AvailabilityView;
    /// Ask an expert to declare their time.
    AvailabilityAsk = "availability:ask", seen by AvailabilityView;
    /// See why an expert is absent, which is confidential, and say it.
    AbsenceReasonView = "absence_reason:view", seen by AvailabilityView;
    /// See the school holidays of every zone.
    SchoolCalendarView = "school_calendar:view", seen by SchoolCalendarView;
    /// Import school holidays.
    SchoolCalendarEdit = "school_calendar:edit", seen by SchoolCalendarView;

    /// See a meeting.
    MeetingView = "meeting:view", seen by MeetingView;
    /// Plan a meeting, invite, record attendance, publish minutes.
    MeetingManage = "meeting:manage", seen by MeetingView;
    /// Answer an invitation to a meeting.
    MeetingAnswer = "meeting:answer", seen by MeetingView;

    /// See a request.
    RequestView = "agreement_request:view", seen by RequestView;
    /// Open a draft.
    RequestCreate = "agreement_request:create", seen by RequestCreate;
    /// Change a draft or an incomplete request, and its pieces.
    RequestEdit = "agreement_request:edit", seen by RequestView;
    /// Take a piece back.
    RequestRemovePiece = "agreement_request:remove_piece", seen by RequestView;
    /// Submit a request.
    RequestSubmit = "agreement_request:submit", seen by RequestView;
    /// Withdraw a request.
    RequestWithdraw = "agreement_request:withdraw", seen by RequestView;
    /// Accept or reject a piece.
    RequestReview = "agreement_request:review", seen by RequestView;
    /// Return a request as incomplete.
    RequestReturn = "agreement_request:return", seen by RequestView;
    /// Declare a request complete.
    RequestComplete = "agreement_request:complete", seen by RequestView;
    /// Choose the contrôleur.
    RequestAssign = "agreement_request:assign", seen by RequestView;
    /// Decline the visit one was given.
    RequestDecline = "agreement_request:decline", seen by RequestView;
    /// Take the visit back from the contrôleur in charge, or drop out of it.
    RequestRelease = "agreement_request:release", seen by RequestView;
    /// Fix the date of the visit.
    RequestSchedule = "agreement_request:schedule", seen by RequestView;
    /// Move the visit.
    RequestPostpone = "agreement_request:postpone", seen by RequestView;
    /// Fill in the grid and record the visit.
    RequestVisit = "agreement_request:visit", seen by RequestView;
    /// Send the provisional report.
    RequestReport = "agreement_request:report", seen by RequestView;
    /// Comment the provisional report.
    RequestComment = "agreement_request:comment", seen by RequestView;
    /// Give the final opinion.
    RequestFinalise = "agreement_request:finalise", seen by RequestView;
    /// Do without the visit.
    RequestWaive = "agreement_request:waive", seen by RequestView;
    /// Put on the agenda of a committee.
    RequestAgenda = "agreement_request:agenda", seen by RequestView;
    /// Decide.
    RequestDecide = "agreement_request:decide", seen by RequestView;
    /// Record the registered letter of a refusal.
    RequestLetter = "agreement_request:record_letter", seen by RequestView;
    /// Resume after an adjournment.
    RequestResume = "agreement_request:resume", seen by RequestView;
    /// Appeal against a refusal.
    RequestAppeal = "agreement_request:appeal", seen by RequestView;
    /// Settle an appeal.
    RequestSettle = "agreement_request:settle", seen by RequestView;
    /// What the deadlines do by themselves.
    RequestDeadline = "agreement_request:deadline", seen by RequestView;

    /// See the committees.
    CommitteeView = "committee:view", seen by CommitteeView;
    /// Plan a committee.
    CommitteeManage = "committee:manage", seen by CommitteeView;

    /// See an agreement.
    AgreementView = "agreement:view", seen by AgreementView;
    /// Sign the convention for the structure.
    AgreementSignStructure = "agreement:sign_structure", seen by AgreementView;
    /// Sign the convention for the certifier.
    AgreementSignCertifier = "agreement:sign_certifier", seen by AgreementView;
    /// Bring what proves that a reserve is done.
    AgreementProve = "agreement:prove_reserve", seen by AgreementView;
    /// Close a reserve or lift them all.
    AgreementLift = "agreement:lift_reserves", seen by AgreementView;
    /// What the deadlines do by themselves.
    AgreementDeadline = "agreement:deadline", seen by AgreementView;
    /// See and acknowledge the due updates of the partner list.
    PartnerUpdate = "partner_update:acknowledge", seen by PartnerUpdate;

    /// See a mission.
    MissionView = "mission:view", seen by MissionView;
    /// Propose a mission, offer it to someone else, move it, withdraw or cancel it.
    MissionManage = "mission:manage", seen by MissionView;
    /// Record missions of the past from a file.
    MissionImport = "mission:import", seen by MissionView;
    /// Accept or decline a mission; the program does it for whoever holds the link.
    MissionAnswer = "mission:answer", seen by MissionView;
    /// Say that one cannot come any more.
    MissionDropOut = "mission:drop_out", seen by MissionView;
    /// Say that it begins, that it took place, and file the report.
    MissionCarry = "mission:carry_out", seen by MissionView;
    /// Claim the fee and the expenses of one's own mission.
    MissionClaim = "mission:claim", seen by MissionView;
    /// Say that the service of someone else was done, or send the claim back.
    MissionCertify = "mission:certify", seen by MissionView;
    /// Keep how satisfied those for whom the mission of someone else was done were.
    MissionRate = "mission:rate", seen by MissionView;
    /// Read what is to be paid, settle the mission of someone else, and put right what was paid.
    MissionSettle = "mission:settle", seen by MissionView;
    /// Say that the mission of someone else did not take place after all, while nothing is to be paid.
    MissionReopen = "mission:reopen", seen by MissionView;
    /// Open and close the address under which calendars read one's own agenda.
    AgendaFeed = "agenda:feed", seen by AgendaFeed;
    /// What the deadlines do by themselves.
    MissionDeadline = "mission:deadline", seen by MissionView;

    /// See the file of a candidate.
    CandidateView = "candidate:view", seen by CandidateView;
    /// Enrol somebody for a version of a certification.
    CandidateEnrol = "candidate:enrol", seen by CandidateView;
    /// Correct the civil status and the contact of a candidate, add and take back pieces.
    CandidateEdit = "candidate:edit", seen by CandidateView;
    /// Record what the positioning found.
    CandidatePosition = "candidate:position", seen by CandidateView;
    /// Say that the path begins.
    CandidateStart = "candidate:start_path", seen by CandidateView;
    /// Hand the file in.
    CandidateSubmit = "candidate:submit_file", seen by CandidateView;
    /// Ask for what lacks in a file, or admit the candidate to sit.
    CandidateExamine = "candidate:examine", seen by CandidateView;
    /// Record that a candidate gives up before the jury.
    CandidateWithdraw = "candidate:withdraw", seen by CandidateView;
    /// Put a candidate out for fraud.
    CandidateExclude = "candidate:exclude", seen by CandidateView;
    /// Say that what a candidate was told no longer stands, once their certificate is revoked.
    CandidateCancel = "candidate:cancel_certificate", seen by CandidateView;
    /// Have another structure follow a candidate, who keeps the file.
    CandidateTransfer = "candidate:transfer", seen by CandidateView;
    /// Write in the livret of a candidate: observations, immersions.
    CandidateLivret = "candidate:livret", seen by CandidateView;
    /// Read the measures agreed for a candidate, agree on one or end it.
    CandidateAdaptation = "candidate:adaptation", seen by CandidateView;
    /// See and declare what ties a candidate with an expert.
    CandidateTie = "candidate:tie", seen by CandidateView;
    /// Take back a tie that was declared by mistake.
    CandidateTieVoid = "candidate:void_tie", seen by CandidateView;
    /// Enrol people from a file; each line is held to the right to enrol.
    CandidateImport = "candidate:import", seen by CandidateView;

    /// See a certificate.
    CertificateView = "certificate:view", seen by CertificateView;
    /// Deliver the certificates of a session.
    CertificateIssue = "certificate:issue", seen by CertificateView;
    /// Suspend a certificate, and reinstate it.
    CertificateSuspend = "certificate:suspend", seen by CertificateView;
    /// Ask for a revocation, or confirm the one that someone else asked for.
    CertificateRevoke = "certificate:revoke", seen by CertificateView;
    /// Replace a certificate by another one, or have a duplicate made.
    CertificateReplace = "certificate:replace", seen by CertificateView;
    /// Show or hide the public page of a certificate; the program does it for whoever holds the link.
    CertificatePublish = "certificate:publish", seen by CertificateView;
    /// Make the badge of a certificate; the program does it for whoever holds the link.
    CertificateBadge = "certificate:badge", seen by CertificateView;
    /// Record the certificates of the past from a file.
    CertificateImport = "certificate:import", seen by CertificateView;
    /// See a session of a jury.
    JuryView = "jury:view", seen by JuryView;
    /// Ask for a jury.
    JuryRequest = "jury:request", seen by JuryView;
    /// Take back the jury that one's structure asked for.
    JuryWithdraw = "jury:withdraw", seen by JuryView;
    /// Reject, plan, confirm, postpone or cancel a session.
    JuryManage = "jury:manage", seen by JuryView;
    /// Choose the candidates of a session.
    JuryCandidates = "jury:candidates", seen by JuryView;
    /// Call the candidates of a session; the program does it in time.
    JuryConvoke = "jury:convoke", seen by JuryView;
    /// What the deadlines do by themselves.
    JuryDeadline = "jury:deadline", seen by JuryView;
    /// See what happens on the day of a session: presences, results, decisions.
    JuryDayView = "jury_day:view", seen by JuryView;
    /// Sit: declare one's impartiality, stay apart from a candidate.
    JurySit = "jury:sit", seen by JuryView;
    /// Preside on the day: open, record, deliberate, close.
    JuryRun = "jury:run", seen by JuryView;

    /// Read the minutes of a jury.
    MinutesView = "minutes:view", seen by MinutesView;
    /// Close the deliberation over which one presides, or correct its minutes; the program writes those of a jury without
    /// quorum.
    MinutesClose = "minutes:close", seen by MinutesView;
    /// Sign the minutes of a jury in which one sat.
    MinutesSign = "minutes:sign", seen by MinutesView;
    /// Check minutes against the list, by somebody who did not sit.
    MinutesCheck = "minutes:check", seen by MinutesView;
    /// Validate the decisions of a jury, or take this back.
    MinutesValidate = "minutes:validate", seen by MinutesView;
    /// Tell the decisions of a jury and deliver its certificates.
    MinutesPublish = "minutes:publish", seen by MinutesView;
    /// Lodge the appeal of a candidate against the decision of a jury.
    AppealLodge = "appeal:lodge", seen by CandidateView;
    /// Say to a candidate that their appeal arrived.
    AppealAcknowledge = "appeal:acknowledge", seen by CandidateView;
    /// Answer the appeal of a candidate.
    AppealSettle = "appeal:settle", seen by CandidateView;

    /// See who sits in a jury, and who could.
    JuryPanelView = "jury_panel:view", seen by JuryPanelView;
    /// Designate the president of a jury, add and remove its members.
    JuryPanelManage = "jury_panel:manage", seen by JuryPanelView;
    /// Record that somebody sits for a college in juries, and until when.
    CollegeSeatManage = "college_seat:manage", seen by ExpertView;

    /// See a training session.
    TrainingView = "training_session:view", seen by TrainingView;
    /// Create a training session, change it, confirm it, postpone it, cancel it.
    TrainingManage = "training_session:manage", seen by TrainingView;
    /// Start and end a training session; the program does it in time.
    TrainingAdvance = "training_session:advance", seen by TrainingView;
    /// Take the list of training sessions as a file.
    TrainingExport = "training_session:export", seen by TrainingView;
    /// See the rooms of training sessions.
    TrainingRoomView = "training_room:view", seen by TrainingRoomView;
    /// Record the rooms of training sessions.
    TrainingRoomManage = "training_room:manage", seen by TrainingRoomView;
    /// See the programmes of training, their sheets and their results.
    ProgrammeView = "programme:view", seen by ProgrammeView;
    /// Record a programme, change it and the draft of its sheet.
    ProgrammeEdit = "programme:edit", seen by ProgrammeView;
    /// Publish a sheet, take a programme out of the catalogue or prepare it again, add what everybody is given.
    ProgrammePublish = "programme:publish", seen by ProgrammeView;
    /// Import programmes from a file.
    ProgrammeImport = "programme:import", seen by ProgrammeView;

    /// See an enrolment in a training session.
    EnrolmentView = "enrolment:view", seen by EnrolmentView;
    /// Take the list of enrolments as a file.
    EnrolmentExport = "enrolment:export", seen by EnrolmentView;
    /// Enrol, confirm, answer an offer or cancel without an account: the program, for whoever fills the form or holds the link.
    EnrolmentAsk = "enrolment:ask", seen by EnrolmentAsk;
    /// Enrol people in a session.
    EnrolmentCreate = "enrolment:create", seen by EnrolmentView;
    /// Cancel an enrolment for whoever enrolled.
    EnrolmentCancel = "enrolment:cancel", seen by EnrolmentView;
    /// Cancel an enrolment for the certifier, and what else only the team does.
    EnrolmentManage = "enrolment:manage", seen by EnrolmentView;
    /// Offer the free seats of a session to those who wait.
    EnrolmentOffer = "enrolment:offer", seen by EnrolmentView;
    /// Read the measures agreed for a trainee, agree on one or end it.
    EnrolmentAdaptation = "enrolment:adaptation", seen by EnrolmentView;
    /// What the deadlines do by themselves.
    EnrolmentDeadline = "enrolment:deadline", seen by EnrolmentView;

    /// See a paper of a training session.
    PaperView = "paper:view", seen by PaperView;
    /// Issue papers, call people, take a paper back.
    PaperIssue = "paper:issue", seen by PaperView;
    /// Sign a paper for the certifier.
    PaperSign = "paper:sign", seen by PaperView;
    /// Sign a paper, or refuse to, for whoever buys, learns or delivers; without an account, the program does it for
    /// whoever holds the link.
    PaperAnswer = "paper:answer", seen by PaperView;
    /// What the deadlines of papers do by themselves.
    PaperDeadline = "paper:deadline", seen by PaperView;
    /// See who funds an enrolment.
    FundingView = "funding:view", seen by FundingView;
    /// Record who funds an enrolment, what the funder answers and the pieces sent to it.
    FundingManage = "funding:manage", seen by FundingView;
    /// See the inputs of the « bilan pédagogique et financier » and whom they count, and take them as a file.
    BpfView = "bpf:view", seen by BpfView;
    /// See who was there on the half-days of a session.
    AttendanceView = "attendance:view", seen by AttendanceView;
    /// Sign a half-day without an account: the program, for whoever holds the link or is in the room.
    AttendanceSign = "attendance:sign", seen by AttendanceSign;
    /// Open the signing of a half-day, say who was there, keep its sheet and the proofs of a sequence.
    AttendanceRecord = "attendance:record", seen by AttendanceView;
    /// Countersign a half-day that one taught.
    AttendanceCountersign = "attendance:countersign", seen by AttendanceView;
    /// Correct a presence, with a reason.
    AttendanceCorrect = "attendance:correct", seen by AttendanceView;
    /// What the deadlines do by themselves.
    AttendanceDeadline = "attendance:deadline", seen by AttendanceView;

    /// See the surveys and what people answered, where enough of them did.
    SurveyView = "survey:view", seen by SurveyView;
    /// Ask funders and companies, remind and close before time.
    SurveyManage = "survey:manage", seen by SurveyView;
    /// Answer without an account, or ask not to be asked: the program, for whoever holds the link.
    SurveyAnswer = "survey:answer", seen by SurveyAnswer;

    /// See an invoice or a credit note.
    InvoiceView = "invoice:view", seen by InvoiceView;
    /// Prepare, correct, issue invoices, give a draft up, record what is paid.
    InvoiceManage = "invoice:manage", seen by InvoiceView;
    /// Take an invoice back by a credit note.
    InvoiceCredit = "invoice:credit", seen by InvoiceView;
    /// Take the accounting entries of a period as a file.
    InvoiceExport = "invoice:export", seen by InvoiceView;
    /// What the dates due of invoices do by themselves.
    InvoiceDeadline = "invoice:deadline", seen by InvoiceView;

    /// Keep a document produced by the program.
    DocumentIssue = "document:issue", seen by DocumentIssue;
    /// Have a document made again that could not be typeset.
    DocumentRedo = "document:redo", seen by DocumentRedo;
    /// Take a task of the team, hand it over, postpone it.
    TaskFollow = "task:follow", seen by TaskFollow;
    /// See the messages.
    MailView = "mail:view", seen by MailView;
    /// Send again a message that failed.
    MailRetry = "mail:retry", seen by MailView;
    /// Gather what waits for a person in one message.
    NoticeDigest = "notice:digest", seen by NoticeDigest;
    /// Turn off a kind of messages from the signed link of one of them.
    NoticeUnsubscribe = "notice:unsubscribe", seen by NoticeUnsubscribe;
    /// Read the journal.
    JournalView = "journal:view", seen by JournalView;
    /// Export the journal.
    JournalExport = "journal:export", seen by JournalView;
    /// Seal the journal and change the key that signs it.
    JournalSeal = "journal:seal", seen by JournalView;
    /// Erase personal values kept beside the journal.
    JournalErase = "journal:erase", seen by JournalView;
    /// Copy the whole installation.
    InstallationCopy = "installation:copy", seen by InstallationCopy;
    /// See the figures of activity.
    ActivityView = "activity:view", seen by ActivityView;
    /// Import past figures.
    ActivityImport = "activity:import", seen by ActivityView;
    /// See the settings.
    SettingView = "setting:view", seen by SettingView;
    /// Change the settings.
    SettingEdit = "setting:edit", seen by SettingView;
    /// Sign in, sign out, ask for a link.
    SignIn = "session:sign_in", seen by SignIn;
}
