//! What else happens to a house: meters replaced, accounts closed and opened again, norms, common areas, owners, sums put right by hand.

use serde_json::json;

use super::script::{Script, Step};

const ACCOUNTS: [&str; 7] = ["41001", "41002", "41003", "41005", "41006", "42001", "42002"];

impl Script {
    /// Paid on a day no history seals.
    pub(super) fn payment(&mut self) -> Step {
        let mut payment = json!({
            "account": self.one_of(&ACCOUNTS), "amount": format!("{}.{:02}", 100 + self.roll(4000), self.roll(100)),
            "paid_on": "2026-11-05", "cash_day": "2026-11-05", "source": "касса"
        });
        // Said what for: a month, its penalty.
        if self.roll(3) == 0 {
            payment["month"] = json!(format!("2026-{:02}", 3 + self.roll(4)));
        }
        if self.roll(5) == 0 {
            payment["part"] = json!("penalty");
        }
        Step::Change("finance.payment", json!({ "payments": [payment] }))
    }

    /// A meter is taken out for good.
    pub(super) fn meter_removed(&mut self) -> Step {
        self.readings += 1;
        let (day, last) = (self.day(), (1300 + self.readings).to_string());
        let meter = self.one_of(&[51, 52, 55]);
        Step::Try("meters.removal", json!({ "meter_id": meter, "day": day, "final": [last] }))
    }

    /// A meter is taken out and another begins.
    pub(super) fn meter_replaced(&mut self) -> Step {
        self.readings += 1;
        let meter = self.one_of(&[51, 52, 55]);
        let (day, last) = (self.day(), (1300 + self.readings).to_string());
        let serial = format!("Н-{}", self.readings);
        Step::Try(
            "meters.replacement",
            json!({ "meter_id": meter, "day": day, "final": [last], "serial": serial, "initial": ["0"] }),
        )
    }

    /// Closed for good or for a time, or opened again.
    pub(super) fn account_closed(&mut self) -> Step {
        let from = Self::date(&self.day());
        let mut fact = json!({ "account_id": self.one_of(&[41001, 41002, 42001]), "from": from });
        if self.roll(3) > 0 {
            fact["void"] = json!(true);
        }
        if self.roll(2) == 0 {
            fact["to"] = json!(from + chrono::Days::new(10 + u64::from(self.roll(60))));
        }
        Step::Try("cards.account_open", json!({ "facts": [fact] }))
    }

    /// What a person uses without a meter, and the heat of a m³.
    pub(super) fn norm(&mut self) -> Step {
        let (norm, part, value) = self.one_of(&[
            (42, 0, "4.33"),
            (42, 0, "5.1"),
            (42, 0, "3.87"),
            (44, 0, "3.19"),
            (44, 0, "2.9"),
            (44, 2, "0.0651"),
            (44, 2, "0.059"),
            (46, 0, "96"),
            (46, 0, "110"),
        ]);
        let fact = json!({ "norm_id": norm, "part": part, "rooms": 0, "persons": 0, "from": self.day(), "value": value });
        Step::Try("cards.norm_value", json!({ "facts": [fact] }))
    }

    /// A balance put right by hand, of this month or for an earlier one.
    pub(super) fn correction(&mut self) -> Step {
        let (account, service, contract) =
            self.one_of(&[(41001, 1, 23), (41001, 2, 21), (41003, 1, 23), (42001, 1, 24)]);
        let sign = self.one_of(&["", "-"]);
        let mut correction = json!({
            "account_id": account, "service_id": service, "contract_id": contract,
            "amount": format!("{sign}{}.{:02}", 1 + self.roll(900), self.roll(100)),
        });
        if self.roll(2) == 0 {
            correction["source_month"] = json!(format!("2026-{:02}", 3 + self.roll(4)));
        }
        Step::Try("billing.correction", correction)
    }

    /// A service is not given to an account for a time.
    pub(super) fn off(&mut self) -> Step {
        let from = Self::date(&self.day());
        let fact = json!({
            "account_id": self.one_of(&[41001, 41003, 41005, 42002]), "service_id": self.one_of(&[1, 2, 3, 4]), "from": from,
            "to": from + chrono::Days::new(5 + u64::from(self.roll(60))), "is_off": true,
        });
        Step::Try("cards.account_plan", json!({ "facts": [fact] }))
    }

    pub(super) fn common_area(&mut self) -> Step {
        let fact = json!({
            "house_id": self.one_of(&[101, 102]), "from": self.day(), "area_common": (40 + self.roll(60)).to_string(),
        });
        Step::Try("cards.house_area", json!({ "facts": [fact] }))
    }

    /// Owners count where nobody lives.
    pub(super) fn owner(&mut self) -> Step {
        let (premises, person) = self.one_of(&[(1022, 70), (1022, 69), (1012, 63), (1016, 68)]);
        let mut fact =
            json!({ "premises_id": premises, "owner_no": self.one_of(&[1, 2]), "from": self.day() });
        if self.roll(3) == 0 {
            fact["void"] = json!(true);
        } else {
            fact["person_id"] = json!(person);
            fact["share_numerator"] = json!(1);
            fact["share_denominator"] = json!(2);
        }
        Step::Try("passport.ownership", json!({ "facts": [fact] }))
    }

    /// What the carrier of waste said itself.
    pub(super) fn ready_amount(&mut self) -> Step {
        let fact = json!({
            "account_id": 42001, "service_id": 8, "from": format!("2026-{:02}-01", 3 + self.roll(5)),
            "amount": format!("{}.{:02}", self.roll(700), self.roll(100)),
        });
        Step::Try("cards.ready_amount", json!({ "facts": [fact] }))
    }

    /// The charge of a month in up to twelve parts.
    pub(super) fn instalment(&mut self) -> Step {
        let (account, service, contract) = self.one_of(&[(41003, 1, 23), (41001, 2, 21), (42001, 1, 24)]);
        // The bill of the last month that is out is the one that offers it.
        let month = self.months.iter().rfind(|(_, state)| *state == "released" || *state == "sealed");
        let month = month.map_or_else(|| "2026-03".to_owned(), |(month, _)| month.clone());
        Step::Try(
            "billing.instalment",
            json!({
                "account_id": account, "service_id": service, "contract_id": contract, "month": month,
                "parts": 2 + self.roll(11), "percent": self.roll(18).to_string(), "agreed_on": "2026-04-02", "document": "соглашение",
            }),
        )
    }

    /// An act says that no meter can be had.
    pub(super) fn exemption(&mut self) -> Step {
        let fact = json!({ "premises_id": self.one_of(&[1013, 1022]), "service_id": 2, "from": self.day(), "act": "акт" });
        Step::Try("meters.exemption", json!({ "facts": [fact] }))
    }
}
