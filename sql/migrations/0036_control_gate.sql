-- One finding of a control accepted by itself, where the rest of its kind is not. It goes with the finding: a newer control asks again.

create table billing_data.control_finding_acceptance (
    control_id uuid not null,
    kind text not null,
    number bigint not null,
    operation uuid not null references admin_data.operation,
    primary key (control_id, kind, number),
    foreign key (control_id, kind, number) references billing_data.control_finding on delete cascade
);
