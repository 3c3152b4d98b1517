-- Co-owners who pay by accounts of their own (ГК ст. 249): the part of every charge of the premises an account pays.

call admin_data.make_fact(
    'cards', 'account_share', 'Доля плательщика', 'cards_data.account', 'account_id',
    '{account_id}', 'account_id bigint not null references cards_data.account',
    '{numerator,denominator}',
    'numerator int check (numerator > 0), denominator int check (denominator > 0), constraint account_share_part check (numerator <= denominator)',
    '{numerator,denominator}', 'account'
);

do $$
declare
    v_constraint record;
begin
    for v_constraint in select conname from pg_constraint where conrelid = 'cards_data.account_share'::regclass and contype in ('c', 'x') loop
        execute format('comment on constraint %I on cards_data.account_share is %L', v_constraint.conname, case
            when v_constraint.conname = 'account_share_days' then 'начало не раньше окончания'
            when v_constraint.conname = 'account_share_marks' then 'отменено раньше, чем записано'
            when v_constraint.conname = 'account_share_complete' then 'не указаны числитель или знаменатель доли'
            when v_constraint.conname = 'account_share_no_overlap' then 'на эти дни уже есть другая доля'
            when v_constraint.conname = 'account_share_part' then 'доля не может быть больше целого'
            else 'числитель и знаменатель доли — целые числа больше нуля'
        end);
    end loop;
end $$;
comment on column cards_data.account_share.numerator is 'доля, числитель';
comment on column cards_data.account_share.denominator is 'доля, знаменатель';
