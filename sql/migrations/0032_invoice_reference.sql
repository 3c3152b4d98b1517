-- What an invoice says beside sums: how to reach who answers for the services, and what the payer has a right to (354 п. 69).

call admin_data.make_fact(
    'cards', 'organisation_contact', 'Как обратиться', 'cards_data.organisation', 'organisation_id',
    '{organisation_id}', 'organisation_id bigint not null references cards_data.organisation',
    '{phone,dispatch_phone,email,site,hours}', 'phone text, dispatch_phone text, email text, site text, hours text', '{phone}', 'none'
);

-- Paragraphs at the end of the sheet, in the order of their numbers; of the organisation that answers for the services, or, where it
-- has none of its own, those of the centre.
call admin_data.make_fact(
    'billing', 'invoice_note', 'Сведения в платёжном документе', 'cards_data.organisation', 'organisation_id',
    '{organisation_id,note_no}', 'organisation_id bigint not null references cards_data.organisation, note_no smallint not null default 1',
    '{text,citation}', 'text text constraint invoice_note_length check (length(text) <= 1000), citation text', '{text}', 'none'
);

do $$
declare
    v_fact admin_data.fact_kind;
    v_constraint record;
    v_title record;
begin
    for v_fact in select * from admin_data.fact_kind where name in ('organisation_contact', 'invoice_note') loop
        for v_constraint in select conname from pg_constraint where conrelid = v_fact.fact_table and contype in ('c', 'x') loop
            execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_fact.fact_table, case
                when v_constraint.conname = v_fact.name || '_days' then 'начало не раньше окончания'
                when v_constraint.conname = v_fact.name || '_marks' then 'отменено раньше, чем записано'
                when v_constraint.conname = 'organisation_contact_complete' then 'не указан телефон'
                when v_constraint.conname = 'invoice_note_complete' then 'нет текста'
                when v_constraint.conname = 'invoice_note_length' then 'текст длиннее 1000 знаков'
                else 'на эти дни уже есть другое значение'
            end);
        end loop;
        for v_title in
            select * from (values
                ('organisation_id', 'организация'), ('phone', 'телефон'), ('dispatch_phone', 'телефон аварийной службы'), ('email', 'электронная почта'),
                ('site', 'сайт'), ('hours', 'часы приёма'), ('note_no', 'абзац №'), ('text', 'текст'), ('citation', 'основание')
            ) t (name, title)
            where t.name = any (v_fact.key_columns::text[] || v_fact.value_columns::text[])
        loop
            execute format('comment on column %s.%I is %L', v_fact.fact_table, v_title.name, v_title.title);
        end loop;
    end loop;
end $$;

insert into billing_data.invoice_note (organisation_id, note_no, valid_from, text, citation, asserted, origin)
select 0, v.note_no, v.since, v.text, v.citation, o.known, o.id
from admin_data.operation o
cross join (values
    (1, date '2012-09-01', 'Правильность начислений проверяют при обращении сразу, с выдачей расчёта и документов, на которых он основан.',
        'ПП РФ 06.05.2011 № 354, п. 31 подп. «д»'),
    (2, date '2012-09-01', 'О перерыве или плохом качестве услуги сообщите в аварийную службу устно или письменно; сообщение регистрируют и называют его номер. За перерывы дольше допустимых и за нарушение качества плата снижается.',
        'ПП РФ 06.05.2011 № 354, п. 98, 105, 106'),
    (3, date '2012-09-01', 'При отсутствии более 5 полных дней подряд в жилье без прибора учёта, если поставить его технически нельзя, плату за услуги пересчитывают по заявлению.',
        'ПП РФ 06.05.2011 № 354, п. 86, 90, 91'),
    (4, date '2016-01-01', 'За просрочку платы начисляются пени: с 31-го дня одна трёхсотая, с 91-го дня одна стотридцатая ставки Банка России в день.',
        'ЖК РФ, ст. 155 ч. 14')
) v (note_no, since, text, citation)
where o.id = '00000000-0000-4000-8000-000000000000';
