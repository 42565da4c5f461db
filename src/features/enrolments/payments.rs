//! When something may be paid for an enrolment: nothing before an individual has signed, nor while they may withdraw (labour
//! code, L. 6353-6). Pure.

use entity::enrolment;
use entity::training_buyer::BuyerKind;
use time::Date;

use super::error::EnrolmentError;
use super::labels::{self, faults};
use crate::error::Fault;
use crate::rules::training::withdrawal::{first_payment_on, may_pay};

/// Refuses a payment that may not be received on a day, told with the first day on which it may be.
///
/// # Errors
/// The fault, at `/paid_on`.
pub fn check(row: &enrolment::Model, buyer: BuyerKind, paid_on: Date) -> Result<(), EnrolmentError> {
    if buyer == BuyerKind::Employer {
        return Ok(());
    }
    let fault = |code: &'static str, message: String| -> Result<(), EnrolmentError> {
        Err(vec![Fault::new("/paid_on", code, message)].into())
    };
    match row.withdrawal_until {
        None => fault("no-contract", faults::NO_CONTRACT.to_owned()),
        Some(until) if !may_pay(paid_on, Some(until)) => {
            fault("within-withdrawal", labels::pay_from(first_payment_on(until)))
        }
        Some(_) => Ok(()),
    }
}
