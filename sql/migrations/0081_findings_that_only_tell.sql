-- Findings that are work to do after the month, never a reason to keep it back, however many there are.
alter table billing_data.control_kind add tells_only boolean not null default false;
