"""The ways of a request from draft to where it stands, with how many of a thousand stand there and how long ago.

A step is: state after it, days since the step before, who, name, code and permission of its event, template of its mail.
"""

DRAFT = ("draft", 0, "structure", "drafted", "AGR_DRAFTED", "create", "agreement-draft-created")
SUBMIT = ("submitted", 12, "structure", "submitted", "AGR_SUBMITTED", "submit", "agreement-submitted")
RETURN = ("incomplete", 8, "officer", "returned", "AGR_INCOMPLETE", "return", "agreement-returned")
AGAIN = ("submitted", 15, "structure", "resubmitted", "AGR_RESUBMITTED", "submit", "agreement-resubmitted")
COMPLETE = ("complete", 9, "officer", "completed", "AGR_COMPLETE", "complete", "agreement-complete")
ASSIGN = ("visit_to_schedule", 4, "officer", "controller_assigned", "AGR_CTR_ASSIGNED", "assign", "controller-assigned")
SCHEDULE = ("visit_scheduled", 5, "expert", "visit_scheduled", "AGR_VISIT_SCHEDULED", "schedule", "visit-scheduled")
VISIT = ("visit_done", 24, "expert", "visit_recorded", "AGR_VISIT_DONE", "visit", "visit-done")
REPORT = ("adversarial", 7, "expert", "report_sent", "AGR_REPORT_PROV", "report", "report-provisional")
OPINION = ("opinion_given", 16, "expert", "opinion_given", "AGR_OPINION", "finalise", "opinion-rendered")
AGENDA = ("in_committee", 6, "officer", "put_on_agenda", "AGR_ON_AGENDA", "agenda", "agreement-on-agenda")
GRANT = ("granted", 20, "manager", "granted", "AGR_GRANTED", "decide", "agreement-granted")
RESERVES = ("granted_with_reserves", 20, "manager", "granted_with_reserves", "AGR_GRANTED_RES", "decide",
            "agreement-granted-with-reserves")
ADJOURN = ("adjourned", 20, "manager", "adjourned", "AGR_ADJOURNED", "decide", "agreement-adjourned")
REFUSE = ("refused", 20, "manager", "refused", "AGR_REFUSED", "decide", "agreement-refused")
APPEAL = ("appeal", 25, "structure", "appealed", "AGR_APPEAL", "appeal", "appeal-received")
UPHOLD = ("refused_final", 40, "manager", "appeal_settled", "AGR_APPEAL_SETTLED", "settle", "appeal-settled")
WITHDRAW = ("withdrawn", 20, "structure", "withdrawn", "AGR_WITHDRAWN", "withdraw", "agreement-withdrawn")
EXPIRE = ("abandoned", 90, "system", "draft_expired", "AGR_DRAFT_EXPIRED", "deadline", "agreement-draft-expired")
IDLE = ("closed_idle", 45, "system", "closed_idle", "AGR_CLOSED_IDLE", "deadline", "agreement-closed-idle")

FILED = [DRAFT, SUBMIT, COMPLETE]
RETURNED = [DRAFT, SUBMIT, RETURN, AGAIN, COMPLETE]
VISITED = [ASSIGN, SCHEDULE, VISIT, REPORT, OPINION, AGENDA]

# of a thousand, steps, days since the last one (at least, at most)
JOURNEYS = [
    (330, FILED + VISITED + [GRANT], (30, 1900)),
    (110, RETURNED + VISITED + [GRANT], (30, 1900)),
    (100, FILED + VISITED + [RESERVES], (20, 1700)),
    (45, FILED + VISITED + [REFUSE], (30, 1900)),
    (10, FILED + VISITED + [REFUSE, APPEAL, UPHOLD], (30, 1600)),
    (35, [DRAFT, SUBMIT, WITHDRAW], (30, 1900)),
    (40, [DRAFT, EXPIRE], (30, 1900)),
    (30, [DRAFT, SUBMIT, RETURN, IDLE], (30, 1900)),
    (60, [DRAFT], (1, 50)),
    (45, [DRAFT, SUBMIT], (1, 25)),
    (40, [DRAFT, SUBMIT, RETURN], (1, 20)),
    (25, FILED, (1, 15)),
    (25, RETURNED + VISITED[:1], (1, 18)),
    (35, FILED + VISITED[:2], (1, 15)),
    (20, FILED + VISITED[:3], (1, 20)),
    (15, FILED + VISITED[:4], (1, 20)),
    (20, RETURNED + VISITED[:5], (1, 20)),
    (25, FILED + VISITED[:6], (1, 15)),
    (10, FILED + VISITED + [ADJOURN], (1, 60)),
    (5, FILED + VISITED + [REFUSE, APPEAL], (1, 45)),
]
