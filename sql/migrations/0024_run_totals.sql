-- Accounts, lines and money of a run by the companies and districts they belong to, kept by the worker with every house it
-- recomputes: the list of months tells everybody the sums of what he may see, as they are now.
create table billing_data.run_total (
    run int not null references billing_data.run on delete cascade,
    scope int not null references admin_data.scope,
    accounts bigint not null,
    lines bigint not null,
    amount numeric(16,2) not null,
    primary key (run, scope)
);
insert into billing_data.run_total (run, scope, accounts, lines, amount)
select run, scope, count(distinct account_id), count(*), sum(amount) from billing_data.line group by run, scope;
alter table billing_data.run_batch drop column lines, drop column amount;
