//! More of what happens: services begun, prices above limits, law told otherwise, meters that fail, shares, fines, guests.

use serde_json::json;

use super::script::{Script, Step};

impl Script {
    /// A service of the centre for all houses or for none: by area, by persons, or what the house used beside its premises.
    pub(super) fn new_service(&mut self) -> Step {
        self.readings += 1;
        let mut service = json!({
            "code": format!("service_{}", self.readings), "name": format!("Услуга {}", self.readings), "unit": "м³", "scale": 3,
            "penalty": self.one_of(&["utilities", "none"]), "method": self.one_of(&["area_total", "persons", "common_norm", "common_fact"]),
            "provider": "power", "contract": "Э-1", "rate": (1 + self.roll(90)).to_string(), "norm": "0.7", "citation": "протокол",
            "waters": "cold_water", "from": self.day(), "houses": self.one_of(&["all", "all", "none"]),
        });
        if service["method"] == "persons" && self.roll(2) == 0 {
            service["method"] = json!("two_component");
            service["heat_rate"] = json!("2000");
            service["heat_norm"] = json!("0.06");
        }
        Step::Change("cards.service_new", service)
    }

    /// Cold water above so many m³ has a price of its own, or no limit any longer.
    pub(super) fn ranges(&mut self) -> Step {
        if self.roll(2) == 0 {
            let fact = json!({ "tariff_id": 32, "part": 20, "from": "2026-02-01", "rate": (60 + self.roll(60)).to_string() });
            return Step::Change("cards.tariff_rate", json!({ "facts": [fact] }));
        }
        let mut fact = json!({ "norm_id": 42, "part": 7, "rooms": 0, "persons": 0, "from": self.day() });
        if self.roll(4) == 0 {
            fact["void"] = json!(true);
        } else {
            fact["value"] = json!((2 + self.roll(12)).to_string());
        }
        Step::Change("cards.norm_value", json!({ "facts": [fact] }))
    }

    /// The region decides otherwise; the increasing coefficient comes and goes.
    pub(super) fn law(&mut self) -> Step {
        if self.roll(3) == 0 {
            let value = self.one_of(&["1", "1.5", "3"]);
            let fact = json!({ "norm_id": 42, "part": 3, "rooms": 0, "persons": 0, "from": self.day(), "value": value });
            return Step::Change("cards.norm_value", json!({ "facts": [fact] }));
        }
        let parameter = self.one_of(&[
            "last_day_counts",
            "coefficient_whole_month",
            "heating_evenly",
            "heating_season",
            "undersupply_allowance_mode",
            "benefit_one_ground_per_person",
        ]);
        let value = self.roll(2).to_string();
        let fact = json!({ "parameter": parameter, "from": self.day(), "value": value, "citation": "решение региона" });
        Step::Change("cards.parameter_value", json!({ "facts": [fact] }))
    }

    /// A meter fails, may not be seen, was tampered with.
    pub(super) fn outage(&mut self) -> Step {
        let meter = self.one_of(&[51, 52, 55, 56]);
        let from = Self::date(&self.day());
        let to = from + chrono::Days::new(5 + u64::from(self.roll(70)));
        let what = self.one_of(&["failure", "no_access", "tampering"]);
        let fact = json!({ "meter_id": meter, "from": from, "to": to, "kind": what, "act": "акт" });
        Step::Try("meters.outage", json!({ "facts": [fact] }))
    }

    /// Verified until a day: what comes after does not count.
    pub(super) fn verified(&mut self) -> Step {
        let fact =
            json!({ "meter_id": self.one_of(&[51, 52, 55, 56]), "from": "2024-01-20", "to": self.day() });
        Step::Try("meters.verified", json!({ "facts": [fact] }))
    }

    /// A payer has a share.
    pub(super) fn share(&mut self) -> Step {
        let account = self.one_of(&[41001, 41003, 42001]);
        let fact = json!({ "account_id": account, "from": self.day(), "numerator": 1, "denominator": 1 + self.roll(3) });
        Step::Try("cards.account_share", json!({ "facts": [fact] }))
    }

    /// The executor charged too much, and owes half of it.
    pub(super) fn overcharge(&mut self) -> Step {
        let month = 2 + self.roll(6);
        let fact = json!({
            "account_id": self.one_of(&[41001, 41003]), "service_id": self.one_of(&[1, 2]), "from": format!("2026-{month:02}-01"),
            "to": format!("2026-{:02}-01", month + 1), "excess": format!("{}.40", 1 + self.roll(900)), "citation": "акт",
        });
        Step::Try("billing.overcharge", json!({ "facts": [fact] }))
    }

    /// Somebody stays for some days.
    pub(super) fn guest(&mut self) -> Step {
        let from = Self::date(&self.day());
        let to = from + chrono::Days::new(3 + u64::from(self.roll(30)));
        let fact =
            json!({ "premises_id": 1012, "person_id": 70, "from": from, "to": to, "is_temporary": true });
        Step::Change("passport.residence", json!({ "facts": [fact] }))
    }

    /// Heating by whatever the house has.
    pub(super) fn heating_plan(&mut self) -> Step {
        let method = self.one_of(&["heating", "house_meter", "area_heated"]);
        let fact = json!({
            "house_id": self.one_of(&[101, 102]), "service_id": 5, "from": self.day(), "method": method, "contract_id": 22, "tariff_id": 35,
        });
        Step::Change("cards.house_plan", json!({ "facts": [fact] }))
    }

    /// Waste by containers or no longer, from the first of a month.
    pub(super) fn container_plan(&mut self) -> Step {
        let house = self.one_of(&[101, 102]);
        let first = 2 + self.roll(6);
        let mut fact = json!({ "house_id": house, "service_id": 8, "from": format!("2026-{first:02}-01") });
        if self.roll(4) == 0 {
            fact["void"] = json!(true);
        } else {
            // The price list of the antenna is as good as any other.
            let method = self.one_of(&["containers_persons", "containers_persons", "containers_area"]);
            self.contained = (house, first);
            fact["method"] = json!(method);
            fact["contract_id"] = json!(21);
            fact["tariff_id"] = json!(37);
        }
        Step::Change("cards.house_plan", json!({ "facts": [fact] }))
    }

    /// What stands at a house for a month or for good; refused where the house is not charged by containers.
    pub(super) fn containers(&mut self) -> Step {
        let (house, since) = self.contained;
        let first = since + self.roll(8 - since);
        let mut fact = json!({
            "house_id": house, "service_id": 8, "sort": self.one_of(&["смешанные", "пластик"]),
            "from": format!("2026-{first:02}-01"), "capacity": "8", "containers": 1 + self.roll(3), "removals": self.roll(9).to_string(),
        });
        if self.roll(2) == 0 {
            fact["to"] = json!(format!("2026-{:02}-01", first + 1));
        }
        Step::Try("cards.waste_container", json!({ "facts": [fact] }))
    }
}
