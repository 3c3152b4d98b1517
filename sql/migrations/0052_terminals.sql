-- Terminals an operator has met: the first login from one offers the test of its keys, later ones do not.
create table admin_data.terminal (
    login name not null references admin_data.operator,
    kind text not null, -- TERM
    host text not null, -- where its line comes from; empty: at the server itself
    met_at timestamptz not null default clock_timestamp(),
    primary key (login, kind, host)
);
comment on table admin_data.terminal is 'терминал оператора';
alter table admin_data.session add column kind text not null default '';
